// Lists, trees, queues and graphs in static pools: pointers into structs, null checks, pointer to pointer.
#include "program.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Node {
  struct Node *next, *previous;
  int16_t key;
  int64_t value;
} Node;
typedef struct Tree {
  struct Tree *children[2];
  uint32_t key, priority;
  int count;
} Tree;

static Node pool[128];
static int used;
static Tree trees[200];
static int used_trees;

NOINLINE static Node *insert(Node **list, int16_t key, int64_t value) {
  Node **at = list, *previous = NULL;
  while (*at && (*at)->key < key) {
    previous = *at;
    at = &(*at)->next;
  }
  Node *node = &pool[used++];
  *node = (Node){*at, previous, key, value};
  if (*at)
    (*at)->previous = node;
  return *at = node;
}
NOINLINE static int erase(Node **list, int16_t key) {
  int count = 0;
  while (*list) {
    if ((*list)->key == key) {
      if ((*list)->next)
        (*list)->next->previous = (*list)->previous;
      *list = (*list)->next;
      count++;
    } else {
      list = &(*list)->next;
    }
  }
  return count;
}
NOINLINE static Node *reverse(Node *list) {
  Node *reversed = NULL;
  while (list) {
    Node *next = list->next;
    list->next = reversed;
    list->previous = next;
    reversed = list;
    list = next;
  }
  return reversed;
}
NOINLINE static Node *merge(Node *a, Node *b) {
  Node head = {0}, *tail = &head;
  while (a && b) {
    Node **least = a->key <= b->key ? &a : &b;
    tail->next = *least;
    tail = *least;
    *least = (*least)->next;
  }
  tail->next = a ? a : b;
  return head.next;
}
static long hash_list(const Node *list) {
  long sum = 0;
  for (; list; list = list->next)
    sum = mix(mix(sum, list->key), list->value + (list->previous ? list->previous->key : -1));
  return sum;
}

NOINLINE static int count(const Tree *t) {
  return t ? t->count : 0;
}
NOINLINE static Tree *rotate(Tree *t, int side) {
  Tree *child = t->children[side];
  t->children[side] = child->children[!side];
  child->children[!side] = t;
  t->count = 1 + count(t->children[0]) + count(t->children[1]);
  child->count = 1 + count(child->children[0]) + count(child->children[1]);
  return child;
}
NOINLINE static Tree *add(Tree *t, uint32_t key, uint32_t priority) {
  if (!t) {
    Tree *leaf = &trees[used_trees++];
    *leaf = (Tree){{NULL, NULL}, key, priority, 1};
    return leaf;
  }
  if (t->key == key)
    return t;
  int side = key > t->key;
  t->children[side] = add(t->children[side], key, priority);
  t->count = 1 + count(t->children[0]) + count(t->children[1]);
  return t->children[side]->priority > t->priority ? rotate(t, side) : t;
}
NOINLINE static const Tree *select_nth(const Tree *t, int n) {
  while (t) {
    int left = count(t->children[0]);
    if (n == left)
      return t;
    t = n < left ? t->children[0] : t->children[1];
    n -= n < left ? 0 : left + 1;
  }
  return NULL;
}
NOINLINE static int height(const Tree *t) {
  if (!t)
    return 0;
  int left = height(t->children[0]), right = height(t->children[1]);
  return 1 + (left > right ? left : right);
}

enum { PLACES = 20 };
static uint16_t distances[PLACES][PLACES];
NOINLINE static long shortest(int from) {
  uint32_t best[PLACES];
  uint32_t open = (1u << PLACES) - 1;
  for (int i = 0; i < PLACES; i++)
    best[i] = i == from ? 0 : UINT32_MAX / 2;
  while (open) {
    int nearest = -1;
    for (int i = 0; i < PLACES; i++) {
      if (open >> i & 1 && (nearest < 0 || best[i] < best[nearest]))
        nearest = i;
    }
    open &= ~(1u << nearest);
    for (int i = 0; i < PLACES; i++) {
      if (distances[nearest][i] && best[nearest] + distances[nearest][i] < best[i])
        best[i] = best[nearest] + distances[nearest][i];
    }
  }
  long sum = 0;
  for (int i = 0; i < PLACES; i++)
    sum = mix(sum, best[i]);
  return sum;
}

int main(void) {
  Node *a = NULL, *b = NULL;
  for (int i = 0; i < 50; i++) {
    insert(&a, (int16_t)(i * 37 % 23), i * 1000000007l);
    insert(&b, (int16_t)(i * 29 % 31 - 9), -i);
  }
  emit(hash_list(a));
  emit(erase(&a, 5) * 100 + erase(&a, 0) * 10 + erase(&b, 99));
  emit(hash_list(a));
  a = reverse(a);
  emit(hash_list(a));
  a = merge(reverse(a), b);
  emit(hash_list(a));
  Tree *root = NULL;
  uint32_t state = 7;
  for (int i = 0; i < 180; i++) {
    state = state * 1664525 + 1013904223;
    root = add(root, state >> 20, state * 2654435761u);
  }
  emit(count(root) * 100 + (height(root) < 40));
  for (int n = 0; n < 190; n += 21) {
    const Tree *t = select_nth(root, n);
    emit(t ? t->key : -1l);
  }
  for (int i = 0; i < PLACES; i++)
    for (int j = 0; j < PLACES; j++)
      distances[i][j] = (uint16_t)((i * 7 + j * 13) % 5 == 1 ? i + j + 1 : 0);
  for (int i = 0; i < PLACES; i += 3)
    emit(shortest(i));
  return 0;
}
