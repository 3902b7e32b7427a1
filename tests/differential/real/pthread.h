// Picolibc has no threads: what headers that only name them need.
#ifdef __riscv
#include <time.h>
typedef unsigned long pthread_t;
typedef int pthread_mutex_t;
#else
#include_next <pthread.h>
#endif
