// Functions of the library that goes with the compiler, for one thread.
typedef unsigned long size_t;
typedef unsigned __int128 wide;
static int orders; // what was asked for, so that tests see it

static void copy(char *to, const char *from, size_t size) {
  for (size_t i = 0; i < size; i++)
    to[i] = from[i];
}
static _Bool equal(const char *x, const char *y, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (x[i] != y[i])
      return 0;
  return 1;
}
static void note(int order) {
  orders = orders * 7 + order;
}
int orders_so_far(void) {
  return orders;
}

#define NAMED(name) __asm__("__atomic_" #name)
wide load_16(wide *p, int order) NAMED(load_16);
wide load_16(wide *p, int order) {
  note(order);
  return *p;
}
void store_16(wide *p, wide v, int order) NAMED(store_16);
void store_16(wide *p, wide v, int order) {
  note(order);
  *p = v;
}
#define FETCH(name, result)                                                                                  \
  wide name(wide *p, wide v, int order) NAMED(name);                                                         \
  wide name(wide *p, wide v, int order) {                                                                    \
    note(order);                                                                                             \
    wide old = *p;                                                                                           \
    *p = result;                                                                                             \
    return old;                                                                                              \
  }
FETCH(exchange_16, v)
FETCH(fetch_add_16, old + v)
FETCH(fetch_sub_16, old - v)
FETCH(fetch_and_16, old &v)
FETCH(fetch_or_16, old | v)
FETCH(fetch_xor_16, old ^ v)
FETCH(fetch_nand_16, ~(old & v))
_Bool exchange_if(size_t size, char *p, char *expected, const char *desired, int success, int failure)
    NAMED(compare_exchange);
_Bool exchange_if(size_t size, char *p, char *expected, const char *desired, int success, int failure) {
  note(success);
  note(failure);
  if (equal(p, expected, size)) {
    copy(p, desired, size);
    return 1;
  }
  copy(expected, p, size);
  return 0;
}
_Bool exchange_if_16(wide *p, wide *expected, wide desired, int success, int failure) NAMED(compare_exchange_16);
_Bool exchange_if_16(wide *p, wide *expected, wide desired, int success, int failure) {
  return exchange_if(16, (char *)p, (char *)expected, (const char *)&desired, success, failure);
}
void load(size_t size, const char *p, char *result, int order) NAMED(load);
void load(size_t size, const char *p, char *result, int order) {
  note(order);
  copy(result, p, size);
}
void store(size_t size, char *p, const char *v, int order) NAMED(store);
void store(size_t size, char *p, const char *v, int order) {
  note(order);
  copy(p, v, size);
}
void exchange(size_t size, char *p, const char *v, char *result, int order) NAMED(exchange);
void exchange(size_t size, char *p, const char *v, char *result, int order) {
  note(order);
  copy(result, p, size);
  copy(p, v, size);
}
