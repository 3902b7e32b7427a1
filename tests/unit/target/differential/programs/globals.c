int printf(const char *, ...);
typedef struct Node {
  const char *name;
  struct Node *next;
  int values[3];
} Node;
static Node third = {"third", 0, {7, 8, 9}};
static Node second = {"second", &third, {4, 5, 6}};
Node first = {"first", &second, {1, 2, 3}};
int zeros[1000];
static int counter = 41;
const double constants[] = {1.5, -2.25, 1e100};
static const short shorts[2][3] = {{1, 2, 3}, {-4, -5, -6}};
static int *pointer = &zeros[17];
static char text[] = "hello\tworld\n\x01\xff";
static const char *const words[] = {"alpha", "beta", 0, "delta"};
float fs[4] = {1, 2.5f};
long big = 0x123456789abcdef0;
char *inside = text + 6;
static struct {
  char a;
  long b;
  char c;
} padded = {1, 2, 3};
int tentative;
__attribute__((aligned(64))) char aligned_bytes[10];
extern int alias_of_counter __attribute__((alias("counter2")));
int counter2 = 5;
static int next(void) {
  static int state = 100;
  return state += counter++;
}
int main(void) {
  *pointer = 5;
  for (Node *n = &first; n; n = n->next)
    printf("%s %d %d\n", n->name, n->values[0], n->values[2]);
  for (int i = 0; i < 4; i++)
    printf("%s ", words[i] ? words[i] : "(none)");
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 3; j++)
      printf("%d ", shorts[i][j]);
  printf("%g %g %g %g %lx %s %d %ld %d\n", constants[0], constants[1], constants[2], (double)fs[1], big,
         inside, padded.a, padded.b, padded.c);
  printf("%d %d %d %d %d\n", next(), next(), zeros[17], tentative, alias_of_counter);
  tentative = 3;
  zeros[999] = tentative;
  aligned_bytes[9] = 'z';
  printf("%d %d %d\n", zeros[999], (int)((unsigned long)aligned_bytes % 64), aligned_bytes[9]);
  return 0;
}
