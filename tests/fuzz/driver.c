// Runs a fuzz target without a fuzzing engine: first every file of the seed corpus as it is, then inputs made
// from them by seeded mutations, the same ones in every run. So a slice of fuzzing can be a test like any
// other, with any compiler and under the sanitizers. libFuzzer takes this file's place in a fuzzing build.
//
// The inputs run in a child process. When it dies or hangs, the parent says which input it was and how to run
// that one alone.
#include "tests/fuzz/fuzz.h"

#include "support/vec.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_INPUT = 1 << 20, MOST_MUTATIONS = 8, POLL_MILLISECONDS = 20 };

typedef VEC(unsigned char) Bytes;

typedef struct Seed {
  char *name;
  Bytes bytes;
} Seed;

typedef VEC(Seed) Corpus;

typedef struct Settings {
  const char *program;
  const char *corpus_folder;
  uint64_t first_seed;
  uint64_t runs;
  uint64_t limit_seconds; // for one input
  const char *save_path;  // where to write the input of the first seed, or NULL
} Settings;

// What the child is doing, seen by the parent.
typedef struct Progress {
  volatile uint64_t started; // inputs begun
  volatile uint64_t seed;
  volatile uint64_t corpus_index;
  volatile bool in_corpus;
} Progress;

// SplitMix64: every seed gives a sequence of its own.
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t limit) {
  return limit ? next_random(state) % limit : 0;
}

static void read_file(const char *path, Bytes *bytes) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(2);
  }
  for (int c; (c = getc(file)) != EOF;)
    VEC_PUSH(bytes, (unsigned char)c);
  fclose(file);
}

static int compare_names(const void *a, const void *b) {
  return strcmp(((const Seed *)a)->name, ((const Seed *)b)->name);
}

static Corpus read_corpus(const char *folder) {
  Corpus corpus = {0};
  DIR *directory = opendir(folder);
  for (struct dirent *entry; directory && (entry = readdir(directory));) {
    if (entry->d_name[0] == '.')
      continue;
    Seed seed = {strdup(entry->d_name), {0}};
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    read_file(path, &seed.bytes);
    VEC_PUSH(&corpus, seed);
  }
  if (directory)
    closedir(directory);
  if (corpus.count == 0) {
    fprintf(stderr, "%s: no seed inputs\n", folder);
    exit(2);
  }
  qsort(corpus.data, corpus.count, sizeof(Seed), compare_names);
  return corpus;
}

// Replaces `old_size` bytes at `at` by `new_size` bytes, which must not be the input's own.
static void replace(Bytes *input, size_t at, size_t old_size, const unsigned char *bytes, size_t new_size) {
  if (input->count - old_size + new_size > LARGEST_INPUT)
    return;
  VEC_RESERVE(input, new_size);
  memmove(input->data + at + new_size, input->data + at + old_size, input->count - at - old_size);
  if (new_size)
    memcpy(input->data + at, bytes, new_size);
  input->count = input->count - old_size + new_size;
}

static void copy_piece(Bytes *input, const Bytes *from, size_t at, size_t old_size, uint64_t *random) {
  size_t start = below(random, from->count + 1);
  size_t longest = from->count - start;
  size_t size = below(random, (longest < 256 || below(random, 8) == 0 ? longest : 256) + 1);
  Bytes piece = {0};
  VEC_RESERVE(&piece, size);
  if (size)
    memcpy(piece.data, from->data + start, size);
  replace(input, at, old_size, piece.data, size);
  VEC_FREE(&piece);
}

// Numbers at which size and offset fields break, written little-endian in 1, 2, 4 or 8 bytes.
static void write_telling_number(Bytes *input, size_t at, uint64_t *random) {
  const uint64_t numbers[] = {0,
                              1,
                              2,
                              7,
                              8,
                              16,
                              0x7f,
                              0x80,
                              0xff,
                              0x7fff,
                              0x8000,
                              0xffff,
                              0x7fffffff,
                              0x80000000,
                              0xfffffff0,
                              0xffffffff,
                              INT64_MAX,
                              UINT64_MAX,
                              UINT64_MAX - 15,
                              input->count,
                              input->count - 1,
                              UINT64_C(1) << 40};
  uint64_t number = numbers[below(random, sizeof numbers / sizeof numbers[0])];
  size_t size = (size_t)1 << below(random, 4);
  for (size_t i = 0; i < size && at + i < input->count; i++)
    input->data[at + i] = (unsigned char)(number >> 8 * i);
}

// Characters that mean something to readers of text.
static unsigned char telling_character(uint64_t *random) {
  static const char characters[] = "\n\t \"'\\#%()*+,-./0189:;<=>@ABZ[]_`abefnxz{|}~\x80\xff";
  return (unsigned char)characters[below(random, sizeof characters)]; // the final NUL as well
}

static void mutate_once(Bytes *input, const Corpus *corpus, uint64_t *random) {
  size_t at = below(random, input->count + 1);
  size_t left = input->count - at;
  unsigned char byte;
  switch (below(random, 10)) {
  case 0:
    if (left)
      input->data[at] ^= (unsigned char)(1U << below(random, 8));
    break;
  case 1:
    if (left)
      input->data[at] = (unsigned char)next_random(random);
    break;
  case 2:
    if (left)
      input->data[at] = telling_character(random);
    break;
  case 3:
    byte = telling_character(random);
    replace(input, at, 0, &byte, 1);
    break;
  case 4:
    replace(input, at, below(random, (left < 64 ? left : 64) + 1), NULL, 0);
    break;
  case 5:
    if (below(random, 4) == 0)
      input->count = at;
    break;
  case 6: // a piece of itself, once more
    copy_piece(input, input, at, 0, random);
    break;
  case 7: // a piece of another input, in place of its own
    copy_piece(input, &corpus->data[below(random, corpus->count)].bytes, at,
               below(random, (left < 256 ? left : 256) + 1), random);
    break;
  default: // the header fields of binary formats decide most: the start is twice as likely
    write_telling_number(
        input, below(random, 2) ? at : below(random, input->count < 128 ? input->count : 128), random);
    break;
  }
}

static Bytes make_input(const Corpus *corpus, uint64_t seed) {
  uint64_t random = seed;
  const Bytes *start = &corpus->data[below(&random, corpus->count)].bytes;
  Bytes input = {0};
  replace(&input, 0, 0, start->data, start->count);
  size_t mutations = 1 + below(&random, MOST_MUTATIONS);
  for (size_t i = 0; i < mutations; i++)
    mutate_once(&input, corpus, &random);
  return input;
}

// Hands the target a copy of exactly the input's size, so that a sanitizer sees a read past its end.
static void run_one(const Bytes *input) {
  unsigned char *copy = checked_malloc(input->count);
  if (input->count)
    memcpy(copy, input->data, input->count);
  LLVMFuzzerTestOneInput(copy, input->count);
  free(copy);
}

static void run_all(const Settings *settings, const Corpus *corpus, Progress *progress) {
  progress->in_corpus = true;
  for (size_t i = 0; i < corpus->count && settings->runs != 1; i++) {
    progress->corpus_index = i;
    progress->started++;
    run_one(&corpus->data[i].bytes);
  }
  progress->in_corpus = false;
  for (uint64_t i = 0; i < settings->runs; i++) {
    progress->seed = settings->first_seed + i;
    progress->started++;
    Bytes input = make_input(corpus, progress->seed);
    run_one(&input);
    VEC_FREE(&input);
  }
}

static void tell(const Settings *settings, const Corpus *corpus, const Progress *progress, const char *what) {
  if (progress->in_corpus)
    fprintf(stderr, "%s: %s on the seed input %s/%s\n", settings->program, what, settings->corpus_folder,
            corpus->data[progress->corpus_index].name);
  else
    fprintf(stderr, "%s: %s on seed %llu\nalone: %s --seed %llu --runs 1 [--save FILE] %s\n",
            settings->program, what, (unsigned long long)progress->seed, settings->program,
            (unsigned long long)progress->seed, settings->corpus_folder);
}

// Waits for the child, and ends it when one input takes too long. Returns whether all went well.
static bool watch(const Settings *settings, const Corpus *corpus, const Progress *progress, pid_t child) {
  uint64_t last_started = 0;
  uint64_t waited = 0;
  bool hung = false;
  int status;
  while (waitpid(child, &status, WNOHANG) == 0) {
    nanosleep(&(struct timespec){0, POLL_MILLISECONDS * 1000000L}, NULL);
    waited = progress->started == last_started ? waited + POLL_MILLISECONDS : 0;
    last_started = progress->started;
    if (waited > settings->limit_seconds * 1000 && !hung) {
      hung = true;
      kill(child, SIGKILL);
    }
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return true;
  char what[64];
  if (hung)
    snprintf(what, sizeof what, "no end after %llu s", (unsigned long long)settings->limit_seconds);
  else if (WIFSIGNALED(status))
    snprintf(what, sizeof what, "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
  else
    snprintf(what, sizeof what, "exit code %d", WEXITSTATUS(status));
  tell(settings, corpus, progress, what);
  return false;
}

static void save_input(const Settings *settings, const Corpus *corpus) {
  Bytes input = make_input(corpus, settings->first_seed);
  FILE *file = fopen(settings->save_path, "wb");
  if (!file || fwrite(input.data, 1, input.count, file) != input.count || fclose(file) != 0) {
    fprintf(stderr, "%s: %s\n", settings->save_path, strerror(errno));
    exit(2);
  }
  VEC_FREE(&input);
}

static _Noreturn void usage(const char *program) {
  fprintf(stderr, "usage: %s [--seed N] [--runs N] [--limit SECONDS] [--save FILE] CORPUS-FOLDER\n", program);
  exit(2);
}

static Settings read_arguments(int argc, char **argv) {
  Settings settings = {argv[0], NULL, 1, 1000, 20, NULL};
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : NULL;
    if (argv[i][0] != '-' && !settings.corpus_folder) {
      settings.corpus_folder = argv[i];
      continue;
    }
    if (!value)
      usage(argv[0]);
    i++;
    if (strcmp(argv[i - 1], "--seed") == 0)
      settings.first_seed = strtoull(value, NULL, 0);
    else if (strcmp(argv[i - 1], "--runs") == 0)
      settings.runs = strtoull(value, NULL, 0);
    else if (strcmp(argv[i - 1], "--limit") == 0)
      settings.limit_seconds = strtoull(value, NULL, 0);
    else if (strcmp(argv[i - 1], "--save") == 0)
      settings.save_path = value;
    else
      usage(argv[0]);
  }
  if (!settings.corpus_folder)
    usage(argv[0]);
  return settings;
}

static void free_corpus(Corpus *corpus) {
  for (size_t i = 0; i < corpus->count; i++) {
    free(corpus->data[i].name);
    VEC_FREE(&corpus->data[i].bytes);
  }
  VEC_FREE(corpus);
}

int main(int argc, char **argv) {
  Settings settings = read_arguments(argc, argv);
  Corpus corpus = read_corpus(settings.corpus_folder);
  if (settings.save_path)
    save_input(&settings, &corpus);
  Progress *progress =
      mmap(NULL, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t child = progress == MAP_FAILED ? -1 : fork();
  if (child < 0) {
    perror(argv[0]);
    return 2;
  }
  if (child == 0) {
    run_all(&settings, &corpus, progress);
    free_corpus(&corpus);
    return 0; // through exit, so that a leak checker has its say
  }
  bool good = watch(&settings, &corpus, progress, child);
  if (good)
    printf("%llu inputs, none of them fatal\n", (unsigned long long)progress->started);
  free_corpus(&corpus);
  return good ? 0 : 1;
}
