// Runs independent tasks on several threads. What they leave must not depend on who runs them or when.
#include "linker/internal.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct Team {
  atomic_size_t next;
  size_t count;
  size_t step; // tasks taken at once
  ParallelTask *task;
  void *context;
} Team;

typedef struct Member {
  Team *team;
  unsigned number;
} Member;

static void *work(void *argument) {
  const Member *member = argument;
  Team *team = member->team;
  for (;;) {
    size_t first = atomic_fetch_add(&team->next, team->step);
    if (first >= team->count)
      return NULL;
    size_t end = team->count - first > team->step ? first + team->step : team->count;
    for (size_t i = first; i < end; i++)
      team->task(team->context, i, member->number);
  }
}

// Runs task(context, 0 .. count-1, thread), `step` neighbouring tasks on one thread, and returns when all are
// done. Thread numbers are below PARALLEL_MAX. Where no thread can be had, the caller's does it all.
void link_parallel(const Linker *linker, size_t count, size_t step, ParallelTask *task, void *context) {
  Team team = {.count = count, .step = step, .task = task, .context = context};
  pthread_t threads[PARALLEL_MAX];
  Member members[PARALLEL_MAX];
  unsigned started = 0;
  unsigned wanted = linker->options->threads ? linker->options->threads : 1;
  while (started + 1 < wanted && started + 1 < PARALLEL_MAX && (started + 1) * step < count) {
    members[started] = (Member){&team, started + 1};
    if (pthread_create(&threads[started], NULL, work, &members[started]) != 0)
      break;
    started++;
  }
  Member self = {&team, 0};
  work(&self);
  for (unsigned i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
}
