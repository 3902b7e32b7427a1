#include "linker/inputs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Maps a regular file, for as long as the process lives: unmapping thousands one by one takes longer than to
// end. False for everything else, and for what cannot be opened.
static bool map_one(const char *path, LinkerInput *input) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return false;
  struct stat status;
  void *data = MAP_FAILED;
  if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
    data = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  close(descriptor);
  if (data == MAP_FAILED)
    return false;
  *input = (LinkerInput){path, data, (size_t)status.st_size};
  return true;
}

bool inputs_load(Inputs *inputs, const char *path, LinkerInput *input, Diagnostics *diagnostics) {
  FileData file;
  if (strcmp(path, "-") != 0 && map_one(path, input))
    return true;
  if (!file_read(&file, path, diagnostics))
    return false;
  VEC_PUSH(&inputs->files, file);
  *input = (LinkerInput){file.name, file.data, file.size};
  return true;
}

// Threads that map files. Opening thousands takes as long as the rest of a link's reading.
typedef struct Mapping {
  const char *const *paths;
  LinkerInput *list; // data NULL: not mapped
  size_t count;
  atomic_size_t next;
} Mapping;

// Reads a byte where pages would come in one by one, so that they come in here.
static void touch(const LinkerInput *input) {
  enum { PAGES_TOGETHER = 64 * 1024 }; // what Linux maps around a page that is read
  for (size_t at = 0; at < input->size; at += PAGES_TOGETHER)
    (void)((const volatile char *)input->data)[at];
}

static void *map_some(void *context) {
  enum { FILES_AT_ONCE = 32 };
  Mapping *mapping = context;
  for (;;) {
    size_t first = atomic_fetch_add(&mapping->next, FILES_AT_ONCE);
    if (first >= mapping->count)
      return NULL;
    size_t end = mapping->count - first > FILES_AT_ONCE ? first + FILES_AT_ONCE : mapping->count;
    for (size_t i = first; i < end; i++)
      if (strcmp(mapping->paths[i], "-") != 0 && map_one(mapping->paths[i], &mapping->list[i]))
        touch(&mapping->list[i]);
  }
}

static void map_all(Mapping *mapping, unsigned threads) {
  enum { MOST_THREADS = 8, WORTH_A_THREAD = 256 };
  pthread_t helpers[MOST_THREADS];
  unsigned started = 0;
  while (started + 1 < threads && started < MOST_THREADS &&
         mapping->count > (size_t)WORTH_A_THREAD * (started + 1) &&
         pthread_create(&helpers[started], NULL, map_some, mapping) == 0)
    started++;
  map_some(mapping);
  for (unsigned i = 0; i < started; i++)
    pthread_join(helpers[i], NULL);
}

bool inputs_read(Inputs *inputs, const char *const *paths, size_t count, unsigned threads,
                 Diagnostics *diagnostics) {
  VEC_RESERVE(&inputs->list, count);
  inputs->list.count = count;
  for (size_t i = 0; i < count; i++)
    inputs->list.data[i] = (LinkerInput){paths[i], NULL, 0};
  Mapping mapping = {.paths = paths, .list = inputs->list.data, .count = count};
  map_all(&mapping, threads);
  bool good = true;
  for (size_t i = 0; i < count; i++)
    if (!inputs->list.data[i].data)
      good = inputs_load(inputs, paths[i], &inputs->list.data[i], diagnostics) && good;
  return good;
}

void inputs_free(Inputs *inputs) {
  for (size_t i = 0; i < inputs->files.count; i++)
    file_free(&inputs->files.data[i]);
  VEC_FREE(&inputs->files);
  VEC_FREE(&inputs->list);
}
