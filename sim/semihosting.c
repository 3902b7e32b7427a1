// Semihosting: a0 is the operation, a1 its argument or the address of its block of 64-bit arguments, the
// result goes to a0. Source: Arm's "Semihosting for AArch32 and AArch64", which RISC-V Semihosting adopts.
#include "sim/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
  SYS_OPEN = 0x01,
  SYS_CLOSE = 0x02,
  SYS_WRITEC = 0x03,
  SYS_WRITE0 = 0x04,
  SYS_WRITE = 0x05,
  SYS_READ = 0x06,
  SYS_READC = 0x07,
  SYS_ISERROR = 0x08,
  SYS_ISTTY = 0x09,
  SYS_SEEK = 0x0a,
  SYS_FLEN = 0x0c,
  SYS_REMOVE = 0x0e,
  SYS_RENAME = 0x0f,
  SYS_CLOCK = 0x10,
  SYS_TIME = 0x11,
  SYS_ERRNO = 0x13,
  SYS_GET_CMDLINE = 0x15,
  SYS_HEAPINFO = 0x16,
  SYS_EXIT = 0x18,
  SYS_EXIT_EXTENDED = 0x20,
  SYS_ELAPSED = 0x30,
  SYS_TICKFREQ = 0x31,
};

enum { STOPPED_APPLICATION_EXIT = 0x20026 };

// What a guest handle (index + 1) stands for: a host descriptor + 1, or one of these.
enum { FILE_FREE = 0, FILE_STDIN = -1, FILE_STDOUT = -2, FILE_STDERR = -3, FILE_FEATURES = -4 };

// The contents of ":semihosting-features": the magic number, then SYS_EXIT_EXTENDED (bit 0) and standard
// error apart from standard output (bit 1).
static const uint8_t features[] = {'S', 'H', 'F', 'B', 3};

static const uint64_t FAILED = UINT64_MAX;

static uint64_t fail(Sim *sim, int error) {
  sim->semihosting_errno = error;
  return FAILED;
}

// The i-th argument of the block at a1.
static uint64_t argument(const Sim *sim, unsigned i) {
  uint64_t value = 0;
  sim_read_memory(sim, sim->hart.x[11] + (uint64_t)i * 8, &value, sizeof value);
  return value;
}

static int *file_of(Sim *sim, uint64_t handle) {
  if (handle == 0 || handle > SIM_FILES || sim->files[handle - 1] == FILE_FREE)
    return NULL;
  return &sim->files[handle - 1];
}

// A NUL-terminated copy of `size` bytes of a name; false when they are not all in memory or too many.
enum { NAME_BYTES = 4096 };
static bool read_name(const Sim *sim, uint64_t address, uint64_t size, char name[NAME_BYTES]) {
  if (size == 0 || size >= NAME_BYTES || !sim_read_memory(sim, address, name, size))
    return false;
  name[size] = 0;
  return true;
}

static uint64_t new_handle(Sim *sim, int file) {
  for (unsigned i = 0; i < SIM_FILES; i++)
    if (sim->files[i] == FILE_FREE) {
      sim->files[i] = file;
      return i + 1;
    }
  if (file > 0)
    close(file - 1);
  return fail(sim, EMFILE);
}

// Modes are fopen's r, r+, w, w+, a, a+, each with and without b.
static uint64_t open_file(Sim *sim) {
  char name[NAME_BYTES];
  uint64_t mode = argument(sim, 1);
  if (!read_name(sim, argument(sim, 0), argument(sim, 2), name) || mode > 11)
    return fail(sim, EINVAL);
  if (strcmp(name, ":tt") == 0)
    return new_handle(sim, mode < 4 ? FILE_STDIN : mode < 8 ? FILE_STDOUT : FILE_STDERR);
  if (strcmp(name, ":semihosting-features") == 0) {
    sim->features_read = 0;
    return mode < 2 ? new_handle(sim, FILE_FEATURES) : fail(sim, EACCES);
  }
  if (!sim->options->host_files)
    return fail(sim, EACCES);
  bool update = mode & 2;
  int flags = O_CLOEXEC | (update ? O_RDWR : mode < 4 ? O_RDONLY : O_WRONLY);
  if (mode >= 4)
    flags |= O_CREAT | (mode < 8 ? O_TRUNC : O_APPEND);
  int descriptor = open(name, flags, 0666);
  return descriptor < 0 ? fail(sim, errno) : new_handle(sim, descriptor + 1);
}

static uint64_t close_file(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  if (!file)
    return fail(sim, EBADF);
  if (*file > 0)
    close(*file - 1);
  *file = FILE_FREE;
  return 0;
}

// Returns how many bytes were not written.
static uint64_t write_file(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  uint64_t size = argument(sim, 2);
  const uint8_t *bytes = size ? sim_memory_at(&sim->hart.memory, argument(sim, 1), size) : NULL;
  if (size == 0)
    return 0;
  if (!file || !bytes) {
    sim->semihosting_errno = file ? EFAULT : EBADF;
    return size;
  }
  if (*file == FILE_FEATURES || *file == FILE_STDIN) {
    sim->semihosting_errno = EBADF;
    return size;
  }
  if (*file < 0) {
    sim_console_write(sim, *file == FILE_STDERR ? 2 : 1, bytes, size);
    return 0;
  }
  ssize_t written = write(*file - 1, bytes, size);
  if (written < 0)
    sim->semihosting_errno = errno;
  return size - (written > 0 ? (uint64_t)written : 0);
}

static size_t read_console(Sim *sim, void *data, size_t size) {
  const SimConsole *console = &sim->options->console;
  return console->read ? console->read(console->context, data, size) : 0;
}

static size_t read_features(Sim *sim, uint8_t *data, size_t size) {
  size_t left = sizeof features - sim->features_read;
  size_t count = size < left ? size : left;
  memcpy(data, features + sim->features_read, count);
  sim->features_read += count;
  return count;
}

// Returns how many bytes were not read.
static uint64_t read_file(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  uint64_t size = argument(sim, 2);
  uint8_t *bytes = size ? sim_memory_at(&sim->hart.memory, argument(sim, 1), size) : NULL;
  if (!file || !bytes) {
    sim->semihosting_errno = file ? EFAULT : EBADF;
    return size;
  }
  if (sim->checks)
    checks_written(sim->checks, argument(sim, 1), size);
  if (*file == FILE_FEATURES)
    return size - read_features(sim, bytes, size);
  if (*file < 0)
    return size - (*file == FILE_STDIN ? read_console(sim, bytes, size) : 0);
  ssize_t count = read(*file - 1, bytes, size);
  if (count < 0)
    sim->semihosting_errno = errno;
  return size - (count > 0 ? (uint64_t)count : 0);
}

static uint64_t seek_file(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  if (file && *file == FILE_FEATURES && argument(sim, 1) <= sizeof features) {
    sim->features_read = argument(sim, 1);
    return 0;
  }
  if (!file || *file < 0)
    return fail(sim, file ? ESPIPE : EBADF);
  return lseek(*file - 1, (off_t)argument(sim, 1), SEEK_SET) < 0 ? fail(sim, errno) : 0;
}

static uint64_t file_length(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  struct stat status;
  if (!file)
    return fail(sim, EBADF);
  if (*file < 0)
    return *file == FILE_FEATURES ? sizeof features : 0;
  return fstat(*file - 1, &status) < 0 ? fail(sim, errno) : (uint64_t)status.st_size;
}

static uint64_t is_terminal(Sim *sim) {
  int *file = file_of(sim, argument(sim, 0));
  if (!file)
    return fail(sim, EBADF);
  return *file < 0 && *file != FILE_FEATURES;
}

static uint64_t remove_file(Sim *sim) {
  char name[NAME_BYTES];
  if (!sim->options->host_files || !read_name(sim, argument(sim, 0), argument(sim, 1), name))
    return fail(sim, EACCES);
  return remove(name) < 0 ? fail(sim, errno) : 0;
}

static uint64_t rename_file(Sim *sim) {
  char from[NAME_BYTES];
  char to[NAME_BYTES];
  if (!sim->options->host_files || !read_name(sim, argument(sim, 0), argument(sim, 1), from) ||
      !read_name(sim, argument(sim, 2), argument(sim, 3), to))
    return fail(sim, EACCES);
  return rename(from, to) < 0 ? fail(sim, errno) : 0;
}

// Writes the command line to the buffer (address, size) and its length into the block.
static uint64_t command_line(Sim *sim) {
  Text line = {0};
  for (size_t i = 0; i < sim->options->argument_count; i++) {
    if (i)
      text_append_char(&line, ' ');
    text_append_string(&line, sim->options->arguments[i]);
  }
  uint64_t length = line.count;
  bool fits =
      length < argument(sim, 1) && sim_write_memory(sim, argument(sim, 0), text_string(&line), length + 1);
  if (fits)
    sim_write_memory(sim, sim->hart.x[11] + 8, &length, sizeof length);
  text_free(&line);
  return fits ? 0 : fail(sim, E2BIG);
}

static uint64_t heap_information(Sim *sim) {
  uint64_t top = sim->machine.dram_base + sim->machine.dram_size;
  uint64_t stack = sim_stack_bytes(sim);
  uint64_t base = sim->program_end ? (sim->program_end + 15) & ~UINT64_C(15) : sim->machine.dram_base;
  sim->heap_told = true;
  uint64_t words[4] = {base, sim->heap_end ? sim->heap_end : top - stack, top, top - stack};
  // The argument is the address of a pointer to the block.
  return sim_write_memory(sim, argument(sim, 0), words, sizeof words) ? 0 : fail(sim, EFAULT);
}

static uint64_t write_character(Sim *sim) {
  uint8_t c = 0;
  if (!sim_read_memory(sim, sim->hart.x[11], &c, 1))
    return fail(sim, EFAULT);
  sim_console_write(sim, 1, &c, 1);
  return 0;
}

static uint64_t write_string(Sim *sim) {
  uint8_t c = 0;
  uint64_t start = sim->hart.x[11];
  uint64_t size = 0;
  while (sim_read_memory(sim, start + size, &c, 1) && c)
    size++;
  if (size)
    sim_console_write(sim, 1, sim_memory_at(&sim->hart.memory, start, size), size);
  return 0;
}

static uint64_t read_character(Sim *sim) {
  uint8_t c = 0;
  return read_console(sim, &c, 1) ? c : FAILED;
}

// On a 64-bit target SYS_EXIT takes a block as SYS_EXIT_EXTENDED does: reason and code.
static uint64_t exit_program(Sim *sim) {
  sim->exited = true;
  sim->exit_code = argument(sim, 0) == STOPPED_APPLICATION_EXIT ? (int)(argument(sim, 1) & 0xff) : 1;
  return 0;
}

static uint64_t elapsed(Sim *sim) {
  const Hart *hart = &sim->hart;
  return sim->timing ? timing_cycles(sim->timing) : hart->started - (uint64_t)hart->budget;
}

static uint64_t write_elapsed(Sim *sim) {
  uint64_t ticks = elapsed(sim);
  return sim_write_memory(sim, sim->hart.x[11], &ticks, sizeof ticks) ? 0 : fail(sim, EFAULT);
}

static uint64_t serve(Sim *sim, uint64_t operation) {
  switch (operation) {
  case SYS_OPEN:
    return open_file(sim);
  case SYS_CLOSE:
    return close_file(sim);
  case SYS_WRITEC:
    return write_character(sim);
  case SYS_WRITE0:
    return write_string(sim);
  case SYS_WRITE:
    return write_file(sim);
  case SYS_READ:
    return read_file(sim);
  case SYS_READC:
    return read_character(sim);
  case SYS_ISERROR:
    return (int64_t)argument(sim, 0) < 0;
  case SYS_ISTTY:
    return is_terminal(sim);
  case SYS_SEEK:
    return seek_file(sim);
  case SYS_FLEN:
    return file_length(sim);
  case SYS_REMOVE:
    return remove_file(sim);
  case SYS_RENAME:
    return rename_file(sim);
  case SYS_CLOCK: // hundredths of a second of the simulated clock
    return elapsed(sim) / (sim->machine.clock_mhz * 10000);
  case SYS_TIME:
    return (uint64_t)time(NULL);
  case SYS_ERRNO:
    return (uint64_t)sim->semihosting_errno;
  case SYS_GET_CMDLINE:
    return command_line(sim);
  case SYS_HEAPINFO:
    return heap_information(sim);
  case SYS_EXIT:
  case SYS_EXIT_EXTENDED:
    return exit_program(sim);
  case SYS_ELAPSED:
    return write_elapsed(sim);
  case SYS_TICKFREQ:
    return sim->machine.clock_mhz * 1000000;
  default: // SYS_SYSTEM and SYS_TMPNAM among them
    return fail(sim, ENOSYS);
  }
}

// Calls whose effects or answers are not the simulator's alone.
static bool meets_host(const Sim *sim, uint64_t operation) {
  switch (operation) {
  case SYS_READ:
  case SYS_READC:
  case SYS_REMOVE:
  case SYS_RENAME:
  case SYS_TIME:
    return true;
  default:
    break;
  }
  for (unsigned i = 0; i < SIM_FILES; i++)
    if (sim->files[i] > 0) // a file of the host is open
      return true;
  return false;
}

void sim_semihosting(Sim *sim) {
  uint64_t operation = sim->hart.x[10];
  sim->hart.x[10] = serve(sim, operation);
  sim->met_host |= meets_host(sim, operation);
}
