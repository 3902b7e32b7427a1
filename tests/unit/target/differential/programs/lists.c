int printf(const char *, ...);
typedef struct Tree {
  struct Tree *left, *right;
  int key;
} Tree;
static Tree pool[300];
static int used;
static Tree *insert(Tree *t, int key) {
  if (!t) {
    t = &pool[used++];
    t->key = key;
    t->left = t->right = 0;
    return t;
  }
  if (key < t->key)
    t->left = insert(t->left, key);
  else if (key > t->key)
    t->right = insert(t->right, key);
  return t;
}
static int depth(const Tree *t) {
  if (!t)
    return 0;
  int l = depth(t->left), r = depth(t->right);
  return 1 + (l > r ? l : r);
}
static void walk(const Tree *t, void (*visit)(int, void *), void *context) {
  if (t) {
    walk(t->left, visit, context);
    visit(t->key, context);
    walk(t->right, visit, context);
  }
}
static void sum(int key, void *context) {
  long *s = context;
  *s = *s * 31 + key;
}
typedef struct Cell {
  struct Cell *next;
  long value;
} Cell;
static Cell cells[64];
static Cell *reverse(Cell *list) {
  Cell *r = 0;
  while (list) {
    Cell *n = list->next;
    list->next = r;
    r = list;
    list = n;
  }
  return r;
}
int main(void) {
  Tree *t = 0;
  unsigned s = 99;
  for (int i = 0; i < 250; i++)
    t = insert(t, (int)((s = s * 1103515245u + 12345u) >> 16 & 511));
  long total = 0;
  walk(t, sum, &total);
  for (int i = 0; i < 63; i++) {
    cells[i].next = &cells[i + 1];
    cells[i].value = i * i;
  }
  long list = 0;
  for (Cell *c = reverse(cells); c; c = c->next)
    list = list * 7 + c->value;
  printf("%d %d %lx %lx\n", used, depth(t), total, list);
  return 0;
}
