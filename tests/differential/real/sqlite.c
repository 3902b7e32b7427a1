// SQLite on a database in memory: tables, indices, joins, aggregates, window functions, text functions,
// triggers, transactions, recursive queries, and errors. Time and randomness are fixed.
#include "sqlite3.h"

#include <stdio.h>
#include <string.h>

static int refuse_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs, (void)name, (void)file, (void)flags, (void)out;
  return SQLITE_CANTOPEN;
}

static int no_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs, (void)name, (void)sync;
  return SQLITE_OK;
}

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  (void)vfs, (void)name, (void)flags;
  *out = 0;
  return SQLITE_OK;
}

static int whole_name(sqlite3_vfs *vfs, const char *name, int size, char *out) {
  (void)vfs;
  snprintf(out, (size_t)size, "%s", name);
  return SQLITE_OK;
}

static int fixed_bytes(sqlite3_vfs *vfs, int size, char *out) {
  (void)vfs;
  for (int i = 0; i < size; i++)
    out[i] = (char)(i * 37 + 11);
  return size;
}

static int no_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return microseconds;
}

static int fixed_time(sqlite3_vfs *vfs, double *day) {
  (void)vfs;
  *day = 2460000.5;
  return SQLITE_OK;
}

int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {.iVersion = 1,
                            .szOsFile = sizeof(sqlite3_file),
                            .mxPathname = 64,
                            .zName = "none",
                            .xOpen = refuse_open,
                            .xDelete = no_delete,
                            .xAccess = no_access,
                            .xFullPathname = whole_name,
                            .xRandomness = fixed_bytes,
                            .xSleep = no_sleep,
                            .xCurrentTime = fixed_time};
  return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) {
  return SQLITE_OK;
}

static int show(void *context, int count, char **values, char **names) {
  (void)context, (void)names;
  for (int i = 0; i < count; i++)
    printf("%s%s", i ? "|" : "", values[i] ? values[i] : "null");
  putchar('\n');
  return 0;
}

static const char *const statements[] = {
    "create table layer(id integer primary key, name text unique, kind text, macs integer, cost real)",
    "create table edge(a int references layer, b int references layer, bytes int)",
    "create index by_kind on layer(kind, macs desc)",
    "create table log(text)",
    "create trigger t after insert on layer when new.macs > 4000 begin insert into log values('big ' || "
    "new.name); end",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) insert into layer(name, "
    "kind, macs, cost) "
    "select 'l' || i, case i % 3 when 0 then 'conv' when 1 then 'pool' else 'dense' end, (i * 7919) % 5003, "
    "i / 7.0 from n",
    "insert into edge select a.id, b.id, a.macs * 4 from layer a join layer b on b.id = a.id + 1",
    "select count(*), sum(macs), avg(cost), min(name), max(name), total(macs) from layer",
    "select kind, count(*), sum(macs), group_concat(name, ',') from (select * from layer order by id limit "
    "24) group by kind "
    "having count(*) > 3 order by 2 desc, 1",
    "select l.name, e.bytes, r.kind from layer l join edge e on e.a = l.id left join layer r on r.id = e.b "
    "and r.kind <> 'pool' "
    "where l.macs between 100 and 400 order by e.bytes desc, l.name limit 12",
    "select name, macs, rank() over (partition by kind order by macs desc), sum(macs) over (order by id rows "
    "2 preceding) "
    "from layer where id < 15 order by id",
    "select upper(substr(name, 2)), length(name), replace(name, 'l', 'L'), name like '%9', name glob 'l1*', "
    "hex(name), "
    "printf('%05d|%.3f|%s', macs, cost, kind) from layer where id in (3, 99, 101)",
    "select round(cost, 2), cast(cost as int), abs(-macs), coalesce(null, kind), typeof(cost), quote(name) "
    "from layer where id = 77",
    "select date('now'), strftime('%Y-%m-%d %H:%M', 'now', '+1 day'), julianday('2020-02-29')",
    "select json_extract('{\"a\":[1,2,{\"b\":3.5}]}', '$.a[2].b'), json_array(1, 'x', null)",
    "explain query plan select * from layer where kind = 'conv' and macs > 10",
    "begin",
    "delete from layer where kind = 'pool'",
    "select count(*) from layer",
    "rollback",
    "select count(*) from layer",
    "update layer set cost = cost * 2 where macs % 2 = 0",
    "select sum(cost) from layer",
    "select count(*), min(text) from log",
    "select * from missing",
    "insert into layer(id) values(1)",
    "select 1 +",
    "pragma integrity_check",
    "select 9223372036854775807 + 1, 1e308 * 10, 5 / 0, 7 % 0, 1 << 62, ~5, 'a' < 'B' collate nocase",
    "with recursive f(a, b, n) as (select 0, 1, 0 union all select b, a + b, n + 1 from f where n < 60) "
    "select max(a) from f",
    "select a.id from layer a where not exists (select 1 from edge e where e.a = a.id) union select 5 "
    "intersect select 5",
};

int main(void) {
  sqlite3 *db = NULL;
  printf("open %d\n", sqlite3_open(":memory:", &db));
  for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
    char *error = NULL;
    int result = sqlite3_exec(db, statements[i], show, NULL, &error);
    if (result != SQLITE_OK)
      printf("error %d: %s\n", result, error ? error : "");
    sqlite3_free(error);
  }
  printf("%d changes, close %d\n", sqlite3_total_changes(db), sqlite3_close(db));
  return 0;
}
