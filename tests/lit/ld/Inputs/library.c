#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

__attribute__((constructor)) static void construct(void) {
  printf("constructed\n");
}

int main(void) {
  int values[] = {5, 2, 9, 1};
  qsort(values, 4, sizeof values[0], compare);
  for (int i = 0; i < 4; i++)
    printf("%d ", values[i]);
  char *text = malloc(100);
  strcpy(text, "heap");
  errno = 3;
  printf("%s %f %d\n", text, sin(1.0), errno);
  double infinite = strtod("1e400", 0);
  printf("%g %d\n", infinite, errno == ERANGE);
  return 7;
}
