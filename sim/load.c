// Loading: ELF64 RISC-V executables into the machine's memory, their symbols, and the life of a Sim.
#include "sim/check.h"
#include "sim/profile.h"
#include "sim/regions.h"
#include "sim/trace.h"

#include "support/file.h"

#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct Image {
  const char *name;
  const uint8_t *data;
  size_t size;
  Elf64_Ehdr header;
  Diagnostics *diagnostics;
} Image;

static bool bad(const Image *image, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool bad(const Image *image, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(image->diagnostics, DIAGNOSTIC_ERROR, place_named(image->name), format, arguments);
  va_end(arguments);
  return false;
}

static bool inside(const Image *image, uint64_t offset, uint64_t size) {
  return offset <= image->size && size <= image->size - offset;
}

static bool read_header(Image *image) {
  if (image->size < sizeof image->header || memcmp(image->data, ELFMAG, SELFMAG) != 0)
    return bad(image, "not an ELF file");
  memcpy(&image->header, image->data, sizeof image->header);
  const Elf64_Ehdr *header = &image->header;
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
    return bad(image, "not a 64-bit little-endian ELF file");
  if (header->e_machine != EM_RISCV)
    return bad(image, "built for ELF machine %u, not for RISC-V (%u)", header->e_machine, EM_RISCV);
  if (header->e_type == ET_REL)
    return bad(image, "a relocatable object; link it first (kiln-ld)");
  if (header->e_type != ET_EXEC)
    return bad(image, "not an executable at fixed addresses (ELF type %u)", header->e_type);
  if (header->e_phnum && header->e_phentsize != sizeof(Elf64_Phdr))
    return bad(image, "program headers of %u bytes instead of %zu", header->e_phentsize, sizeof(Elf64_Phdr));
  if (!inside(image, header->e_phoff, (uint64_t)header->e_phnum * sizeof(Elf64_Phdr)))
    return bad(image, "the program headers lie outside the file");
  if (header->e_shnum && header->e_shentsize != sizeof(Elf64_Shdr))
    return bad(image, "section headers of %u bytes instead of %zu", header->e_shentsize, sizeof(Elf64_Shdr));
  if (!inside(image, header->e_shoff, (uint64_t)header->e_shnum * sizeof(Elf64_Shdr)))
    return bad(image, "the section headers lie outside the file");
  return true;
}

static Elf64_Phdr segment(const Image *image, unsigned i) {
  Elf64_Phdr result;
  memcpy(&result, image->data + image->header.e_phoff + i * sizeof result, sizeof result);
  return result;
}
static Elf64_Shdr section(const Image *image, unsigned i) {
  Elf64_Shdr result;
  memcpy(&result, image->data + image->header.e_shoff + i * sizeof result, sizeof result);
  return result;
}

// Copies a segment to where start-up code takes it from (p_paddr), when that is not where it runs.
static void load_at_physical(Sim *sim, const Image *image, const Elf64_Phdr *program) {
  if (program->p_filesz == 0 || program->p_paddr == program->p_vaddr)
    return;
  uint8_t *bytes = sim_memory_at(&sim->hart.memory, program->p_paddr, program->p_filesz);
  if (bytes)
    memcpy(bytes, image->data + program->p_offset, program->p_filesz);
  if (sim->checks)
    checks_written(sim->checks, program->p_paddr, program->p_filesz);
}

static bool load_segment(Sim *sim, const Image *image, unsigned i, const Elf64_Phdr *program) {
  const Machine *machine = &sim->machine;
  uint8_t *bytes = sim_memory_at(&sim->hart.memory, program->p_vaddr, program->p_memsz);
  uint64_t end = program->p_vaddr + program->p_memsz;
  if (!bytes)
    return bad(image,
               "segment %u, 0x%" PRIx64 " to 0x%" PRIx64
               ", is outside the memory of machine '%s' (DRAM 0x%" PRIx64 " + 0x%" PRIx64
               ", scratchpad 0x%" PRIx64 " + 0x%" PRIx64 ")",
               i, program->p_vaddr, end, machine->name, machine->dram_base, machine->dram_size,
               machine->spm_base, machine->spm_size);
  memcpy(bytes, image->data + program->p_offset, program->p_filesz);
  memset(bytes + program->p_filesz, 0, program->p_memsz - program->p_filesz);
  if (sim->checks)
    checks_written(sim->checks, program->p_vaddr, program->p_filesz);
  if (machine_in_dram(machine, program->p_vaddr, program->p_memsz) && end > sim->program_end)
    sim->program_end = end;
  return true;
}

static bool load_segments(Sim *sim, const Image *image) {
  unsigned found = 0;
  for (unsigned i = 0; i < image->header.e_phnum; i++) {
    Elf64_Phdr program = segment(image, i);
    if (program.p_type != PT_LOAD || program.p_memsz == 0)
      continue;
    if (program.p_filesz > program.p_memsz || !inside(image, program.p_offset, program.p_filesz))
      return bad(image, "segment %u lies outside the file", i);
    load_at_physical(sim, image, &program);
    found++;
  }
  // What runs where it is loaded comes second, so that no load image covers it.
  for (unsigned i = 0; i < image->header.e_phnum; i++) {
    Elf64_Phdr program = segment(image, i);
    if (program.p_type == PT_LOAD && program.p_memsz && !load_segment(sim, image, i, &program))
      return false;
  }
  return found ? true : bad(image, "nothing to load: the file has no segments");
}

// The program's own memory: its segments, which are its sections and the padding between them (start-up code
// clears several sections at once), and what start-up code copies them from.
static void own_segments(Sim *sim, const Image *image) {
  for (unsigned i = 0; i < image->header.e_phnum; i++) {
    Elf64_Phdr own = segment(image, i);
    if (own.p_type != PT_LOAD)
      continue;
    checks_own(sim->checks, own.p_vaddr, own.p_memsz);
    checks_own(sim->checks, own.p_paddr, own.p_filesz);
  }
}

static int compare_symbols(const void *left, const void *right) {
  const SimSymbol *a = left;
  const SimSymbol *b = right;
  if (a->address != b->address)
    return a->address < b->address ? -1 : 1;
  if (a->function != b->function)
    return a->function ? 1 : -1;
  return strcmp(a->name, b->name);
}

static bool load_symbol_table(Sim *sim, const Image *image, const Elf64_Shdr *table) {
  if (table->sh_link >= image->header.e_shnum)
    return bad(image, "the symbol table names string section %u of %u", table->sh_link,
               image->header.e_shnum);
  Elf64_Shdr strings = section(image, table->sh_link);
  if (!inside(image, table->sh_offset, table->sh_size) || !inside(image, strings.sh_offset, strings.sh_size))
    return bad(image, "the symbol table lies outside the file");
  for (uint64_t i = 0; i < table->sh_size / sizeof(Elf64_Sym); i++) {
    Elf64_Sym symbol;
    memcpy(&symbol, image->data + table->sh_offset + i * sizeof symbol, sizeof symbol);
    unsigned type = ELF64_ST_TYPE(symbol.st_info);
    if (symbol.st_shndx == SHN_UNDEF || type == STT_FILE || type == STT_SECTION || symbol.st_name == 0)
      continue;
    if (symbol.st_name >= strings.sh_size)
      return bad(image, "symbol %" PRIu64 " has its name outside the string table", i);
    const char *name = (const char *)image->data + strings.sh_offset + symbol.st_name;
    size_t length = strnlen(name, strings.sh_size - symbol.st_name);
    if (length == 0 || name[0] == '$') // mapping symbols ($x, $d) name nothing
      continue;
    SimSymbol kept = {arena_copy_text(&sim->arena, name, length), symbol.st_value, symbol.st_size,
                      type == STT_FUNC};
    VEC_PUSH(&sim->symbols, kept);
  }
  return true;
}

static bool load_symbols(Sim *sim, const Image *image) {
  for (unsigned i = 0; i < image->header.e_shnum; i++) {
    Elf64_Shdr table = section(image, i);
    if (table.sh_type == SHT_SYMTAB && !load_symbol_table(sim, image, &table))
      return false;
  }
  if (sim->symbols.count)
    qsort(sim->symbols.data, sim->symbols.count, sizeof *sim->symbols.data, compare_symbols);
  return true;
}

static bool load_nests(Sim *sim, const Image *image) {
  const Elf64_Ehdr *header = &image->header;
  if (header->e_shstrndx >= header->e_shnum)
    return true;
  Elf64_Shdr names = section(image, header->e_shstrndx);
  for (unsigned i = 0; i < header->e_shnum; i++) {
    Elf64_Shdr found = section(image, i);
    if (!inside(image, names.sh_offset, names.sh_size) || found.sh_name >= names.sh_size)
      return bad(image, "section %u has its name outside the string table", i);
    const char *name = (const char *)image->data + names.sh_offset + found.sh_name;
    if (found.sh_type != SHT_PROGBITS || strncmp(name, NEST_SECTION, names.sh_size - found.sh_name) != 0)
      continue;
    if (!inside(image, found.sh_offset, found.sh_size) ||
        !sim_nests_read(sim, image->data + found.sh_offset, found.sh_size))
      return bad(image, "section %u (%s) has no records of loop nests", i, NEST_SECTION);
  }
  return true;
}

// What the program says of its machine: the note's fingerprint and name (NULL: it does not say).
typedef struct MachineNote {
  const char *name;
  uint32_t fingerprint;
} MachineNote;

static void read_notes(const Image *image, const uint8_t *data, size_t size, MachineNote *found) {
  (void)image;
  while (size >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr note;
    memcpy(&note, data, sizeof note);
    uint64_t owner_size = ((uint64_t)note.n_namesz + 3) & ~UINT64_C(3);
    uint64_t body_size = ((uint64_t)note.n_descsz + 3) & ~UINT64_C(3);
    if (owner_size + body_size > size - sizeof note)
      return;
    const uint8_t *owner = data + sizeof note;
    const uint8_t *body = owner + owner_size;
    if (note.n_type == MACHINE_NOTE_TYPE && note.n_namesz == sizeof MACHINE_NOTE_OWNER &&
        memcmp(owner, MACHINE_NOTE_OWNER, sizeof MACHINE_NOTE_OWNER) == 0 && note.n_descsz > 5 &&
        body[note.n_descsz - 1] == 0) {
      memcpy(&found->fingerprint, body, sizeof found->fingerprint);
      found->name = (const char *)body + 4;
      return;
    }
    data = body + body_size;
    size -= sizeof note + owner_size + body_size;
  }
}

static MachineNote find_note(const Image *image) {
  MachineNote found = {0};
  for (unsigned i = 0; i < image->header.e_shnum && !found.name; i++) {
    Elf64_Shdr notes = section(image, i);
    if (notes.sh_type == SHT_NOTE && inside(image, notes.sh_offset, notes.sh_size))
      read_notes(image, image->data + notes.sh_offset, notes.sh_size, &found);
  }
  return found;
}

static bool settle_machine(Sim *sim, const Image *image) {
  MachineNote note = find_note(image);
  if (sim->options->machine) {
    sim->machine = *sim->options->machine;
  } else {
    bool builtin = false;
    for (size_t i = 0; note.name && machine_builtin_name(i); i++)
      builtin |= strcmp(machine_builtin_name(i), note.name) == 0;
    if (note.name && !builtin)
      return bad(image,
                 "built for machine '%s', which is not a built-in one; give its description (--machine=FILE)",
                 note.name);
    if (!machine_find(&sim->machine, note.name ? note.name : machine_builtin_name(0), image->diagnostics))
      return false;
  }
  if (note.name && note.fingerprint != machine_fingerprint(&sim->machine))
    return bad(image,
               "built for machine '%s' (%08" PRIx32 "), which does not fit machine '%s' (%08" PRIx32
               "): vector length, accumulators or memory map differ",
               note.name, note.fingerprint, sim->machine.name, machine_fingerprint(&sim->machine));
  return true;
}

static uint8_t *reserve(const Image *image, uint64_t size, const char *what) {
  if (size == 0)
    return NULL;
  void *memory = size > SIZE_MAX / 2 ? MAP_FAILED
                                     : mmap(NULL, size, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    bad(image, "the host has no room for 0x%" PRIx64 " bytes of %s", size, what);
    return NULL;
  }
  return memory;
}

static bool start_memory(Sim *sim, const Image *image) {
  SimMemory *memory = &sim->hart.memory;
  const Machine *machine = &sim->machine;
  memory->dram = reserve(image, machine->dram_size, "DRAM");
  memory->spm = reserve(image, machine->spm_size, "scratchpad");
  memory->dram_base = machine->dram_base;
  memory->spm_base = machine->spm_base;
  memory->dram_size = memory->dram ? machine->dram_size : 0;
  memory->spm_size = memory->spm ? machine->spm_size : 0;
  return memory->dram_size == machine->dram_size && memory->spm_size == machine->spm_size;
}

static uint64_t clock_cycles(void *context) {
  return timing_cycles(context);
}

static void start_hart(Sim *sim) {
  Hart *hart = &sim->hart;
  hart->sim = sim;
  hart->machine = &sim->machine;
  hart->trap = SIM_CAUSE_NONE;
  hart->vlenb = machine_vector_bytes(&sim->machine);
  hart->tile = machine_tile(&sim->machine);
  hart->jumps = checked_malloc(SIM_JUMPS * sizeof *hart->jumps);
  memset(hart->jumps, 0, SIM_JUMPS * sizeof *hart->jumps);
  sim_csr_reset(hart);
  sim_dma_reset(hart);
  if (sim->options->timing) {
    sim->profile = sim->options->profile ? profile_new(sim) : NULL;
    sim->trace = sim->options->trace ? trace_new(sim) : NULL;
    sim->timing = timing_new(sim);
    hart->event = &sim->event;
    hart->clock = (SimClock){sim->timing, clock_cycles, timing_transfer_done};
  }
  sim->checks = checks_new(sim, sim->options->checks);
  if (sim->checks)
    hart->event = &sim->event;
}

static bool load(Sim *sim, const Image *image) {
  if (!settle_machine(sim, image) || !start_memory(sim, image))
    return false;
  start_hart(sim);
  if (!load_segments(sim, image) || !load_symbols(sim, image))
    return false;
  if (sim->checks)
    own_segments(sim, image);
  if (sim->options->nests && !load_nests(sim, image))
    return false;
  sim->regions = sim->timing ? regions_new(sim, image->diagnostics) : NULL;
  if (sim->timing && sim->options->region_count && !sim->regions)
    return false;
  if (sim->checks || sim->profile)
    sim_lines_read(sim, image->data, image->size);
  sim->entry = image->header.e_entry;
  if (!sim_symbol(sim, "tohost", &sim->hart.tohost))
    sim->hart.tohost = UINT64_MAX;
  if (!sim_symbol(sim, "fromhost", &sim->fromhost))
    sim->fromhost = UINT64_MAX;
  return true;
}

Sim *sim_load_bytes(const char *name, const void *data, size_t size, const SimOptions *options,
                    Diagnostics *diagnostics) {
  Image image = {.name = name, .data = data, .size = size, .diagnostics = diagnostics};
  if (!read_header(&image))
    return NULL;
  Sim *sim = checked_malloc(sizeof *sim);
  memset(sim, 0, sizeof *sim);
  sim->options = options;
  sim->sentinel = UINT64_MAX;
  sim->name = arena_copy_text(&sim->arena, name, strlen(name));
  isa_decoder_start(&sim->decoder, ISA_ALL_EXTENSIONS);
  if (load(sim, &image))
    return sim;
  sim_free(sim);
  return NULL;
}

Sim *sim_load(const char *path, const SimOptions *options, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return NULL;
  Sim *sim = sim_load_bytes(file.name, file.data, file.size, options, diagnostics);
  file_free(&file);
  return sim;
}

void sim_free(Sim *sim) {
  if (!sim)
    return;
  if (sim->hart.memory.dram)
    munmap(sim->hart.memory.dram, sim->hart.memory.dram_size);
  if (sim->hart.memory.spm)
    munmap(sim->hart.memory.spm, sim->hart.memory.spm_size);
  for (unsigned i = 0; i < SIM_FILES; i++)
    if (sim->files[i] > 0)
      close(sim->files[i] - 1);
  free(sim->hart.jumps);
  timing_free(sim->timing);
  checks_free(sim->checks);
  profile_free(sim->profile);
  trace_free(sim->trace);
  regions_free(sim->regions);
  VEC_FREE(&sim->nests);
  VEC_FREE(&sim->nest_ranges);
  sim_event_free(&sim->event);
  VEC_FREE(&sim->symbols);
  VEC_FREE(&sim->lines);
  isa_decoder_free(&sim->decoder);
  arena_free(&sim->code);
  arena_free(&sim->arena);
  free(sim);
}

uint64_t sim_stack_bytes(const Sim *sim) {
  const uint64_t usual = UINT64_C(16) << 20;
  uint64_t share = sim->machine.dram_size / 8;
  return share < usual ? share & ~UINT64_C(63) : usual;
}

const Machine *sim_machine(const Sim *sim) {
  return &sim->machine;
}

bool sim_symbol(const Sim *sim, const char *name, uint64_t *address) {
  for (size_t i = 0; i < sim->symbols.count; i++)
    if (strcmp(sim->symbols.data[i].name, name) == 0) {
      *address = sim->symbols.data[i].address;
      return true;
    }
  return false;
}

enum { NESTED_SYMBOLS = 256 }; // that are looked at for one around an address

const SimSymbol *sim_symbol_at(const Sim *sim, uint64_t address) {
  size_t low = 0;
  size_t high = sim->symbols.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sim->symbols.data[middle].address <= address)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0 || !sim_memory_at(&sim->hart.memory, address, 1))
    return NULL;
  const SimSymbol *symbol = &sim->symbols.data[low - 1];
  // A sized symbol says where it ends, and may lie within another; others reach to the next one.
  const SimSymbol *nearest = symbol;
  while (symbol->size ? address - symbol->address >= symbol->size : symbol != nearest) {
    if (symbol == sim->symbols.data || nearest - symbol >= NESTED_SYMBOLS)
      return NULL;
    symbol--;
  }
  return symbol;
}

void sim_describe_address(const Sim *sim, uint64_t address, Text *out) {
  const SimSymbol *symbol = sim_symbol_at(sim, address);
  if (!symbol)
    text_format(out, "0x%" PRIx64, address);
  else if (symbol->address == address)
    text_format(out, "0x%" PRIx64 " <%s>", address, symbol->name);
  else
    text_format(out, "0x%" PRIx64 " <%s+0x%" PRIx64 ">", address, symbol->name, address - symbol->address);
}

void sim_describe_code(const Sim *sim, uint64_t pc, Text *out) {
  sim_describe_address(sim, pc, out);
  const SimLine *line = sim_line_at(sim, pc);
  if (line)
    text_format(out, " (%s:%u)", line->file, line->line);
}

bool sim_read_memory(const Sim *sim, uint64_t address, void *data, size_t size) {
  if (size == 0)
    return true;
  const uint8_t *bytes = sim_memory_at(&sim->hart.memory, address, size);
  if (bytes)
    memcpy(data, bytes, size);
  return bytes != NULL;
}

bool sim_write_memory(Sim *sim, uint64_t address, const void *data, size_t size) {
  if (size == 0)
    return true;
  uint8_t *bytes = sim_memory_at(&sim->hart.memory, address, size);
  if (bytes)
    memcpy(bytes, data, size);
  if (bytes && sim->checks)
    checks_written(sim->checks, address, size);
  return bytes != NULL;
}

uint64_t sim_integer_register(const Sim *sim, unsigned number) {
  return sim->hart.x[number % 32];
}
uint64_t sim_float_register(const Sim *sim, unsigned number) {
  return sim->hart.f[number % 32];
}
const SimCounters *sim_counters(const Sim *sim) {
  return &sim->counters;
}
