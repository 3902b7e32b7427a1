// Merges equal strings and constants of sections with SHF_MERGE (gABI, "Section Attribute Flags"). Such a
// section is cut into pieces; those of all sections that would share an output section are gathered, each
// once, in a section of the linker's own, which replaces them. Works on live sections without relocations;
// leaves `replacement` and `pieces`, by which references find their way.
#include "linker/internal.h"
#include "support/round.h"

#define LARGEST_GROUP (UINT64_C(1) << 28)

// The same for every number of threads, since the order of the pieces depends on it.
enum { SHARDS = 2, SHARD_SHIFT = 31 };

// A piece that is kept.
typedef struct Unique {
  const uint8_t *bytes;
  uint32_t size;
  uint32_t hash;
  uint32_t place; // in its shard, then in the merged section
} Unique;

// The pieces with a share of the hashes.
typedef struct Shard {
  VEC(Unique) uniques;
  uint32_t *slots; // open addressing; holds the number of the unique piece + 1
  uint32_t slot_count;
  uint64_t size;
  uint64_t start; // in the merged section
} Shard;

typedef struct MergeGroup {
  uint32_t first;  // of its sections; the merged one takes its properties
  uint32_t merged; // NONE: not made yet
  uint64_t bytes;  // of all members
  VEC(uint32_t) members;
  Shard shards[SHARDS];
} MergeGroup;

typedef struct Merger {
  Linker *linker;
  VEC(MergeGroup) groups;
  VEC(uint32_t) members; // of all groups
} Merger;

static bool is_terminator(const uint8_t *at, uint64_t size) {
  for (uint64_t i = 0; i < size; i++)
    if (at[i])
      return false;
  return true;
}

static bool is_mergeable(const InputSection *section) {
  uint64_t entry = section->entry_size;
  return section->alive && !section->unused && (section->flags & SHF_MERGE) && section->data &&
         section->size && section->size < UINT32_MAX && !section->relocation_count && !section->frame &&
         section->replacement == NONE && entry && entry <= section->size && section->size % entry == 0 &&
         (!(section->flags & SHF_STRINGS) || is_terminator(section->data + section->size - entry, entry));
}

// The end of the piece at an offset.
static uint64_t piece_end(const InputSection *section, uint64_t at) {
  uint64_t entry = section->entry_size;
  if (!(section->flags & SHF_STRINGS))
    return at + entry;
  if (entry == 1)
    return (uint64_t)((const uint8_t *)memchr(section->data + at, 0, section->size - at) - section->data) + 1;
  while (!is_terminator(section->data + at, entry))
    at += entry;
  return at + entry;
}

static void count_pieces(void *context, size_t index, unsigned thread) {
  (void)thread;
  const Merger *merger = context;
  InputSection *section = &merger->linker->sections.data[merger->members.data[index]];
  uint32_t count = 0;
  for (uint64_t at = 0; at < section->size; at = piece_end(section, at))
    count++;
  section->piece_count = count;
}

// A hash of a piece, eight bytes at a time: pieces are many, and most of them are strings of some length.
static uint32_t hash_piece(const uint8_t *bytes, uint64_t size) {
  const uint64_t multiplier = UINT64_C(0x9e3779b97f4a7c15); // 2^64 divided by the golden ratio
  uint64_t hash = size * multiplier;
  for (; size >= 8; bytes += 8, size -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    hash = (hash ^ word) * multiplier;
    hash ^= hash >> 29;
  }
  uint64_t rest = 0;
  memcpy(&rest, bytes, size);
  hash = (hash ^ rest) * multiplier;
  return (uint32_t)(hash >> 32) ^ (uint32_t)(hash >> 7);
}

// Cuts a section up. Until places are known a piece has its hash instead.
static void find_pieces(void *context, size_t index, unsigned thread) {
  (void)thread;
  const Merger *merger = context;
  InputSection *section = &merger->linker->sections.data[merger->members.data[index]];
  uint64_t at = 0;
  for (uint32_t i = 0; i < section->piece_count; i++) {
    uint64_t end = piece_end(section, at);
    section->pieces[i] = (SectionPiece){(uint32_t)at, hash_piece(section->data + at, end - at)};
    at = end;
  }
}

static uint32_t shard_of(uint32_t hash) {
  return hash >> SHARD_SHIFT; // the lower bits choose the slot
}

static void grow_slots(Shard *shard) {
  free(shard->slots);
  shard->slot_count = shard->slot_count ? 2 * shard->slot_count : 64;
  shard->slots = checked_malloc(shard->slot_count * sizeof(uint32_t));
  memset(shard->slots, 0, shard->slot_count * sizeof(uint32_t));
  for (uint32_t i = 0; i < shard->uniques.count; i++) {
    uint32_t slot = shard->uniques.data[i].hash;
    while (shard->slots[slot & (shard->slot_count - 1)])
      slot++;
    shard->slots[slot & (shard->slot_count - 1)] = i + 1;
  }
}

// The number of the unique piece that is equal to the given one.
static uint32_t find_unique(Shard *shard, const uint8_t *bytes, uint32_t size, uint32_t hash) {
  if (2 * (shard->uniques.count + 1) > shard->slot_count)
    grow_slots(shard);
  uint32_t mask = shard->slot_count - 1;
  uint32_t slot = hash & mask;
  for (; shard->slots[slot]; slot = (slot + 1) & mask) {
    const Unique *unique = &shard->uniques.data[shard->slots[slot] - 1];
    if (unique->hash == hash && unique->size == size && memcmp(unique->bytes, bytes, size) == 0)
      return shard->slots[slot] - 1;
  }
  Unique unique = {bytes, size, hash, 0};
  VEC_PUSH(&shard->uniques, unique);
  shard->slots[slot] = (uint32_t)shard->uniques.count;
  return shard->slots[slot] - 1;
}

// Gathers one shard of one group: a piece gets the number of its unique one. Sections are taken in their
// order, so that the result is always the same.
static void fill_shard(void *context, size_t index, unsigned thread) {
  (void)thread;
  const Merger *merger = context;
  MergeGroup *group = &merger->groups.data[index / SHARDS];
  uint32_t number = (uint32_t)(index % SHARDS);
  Shard *shard = &group->shards[number];
  for (size_t i = 0; i < group->members.count; i++) {
    InputSection *section = &merger->linker->sections.data[group->members.data[i]];
    for (uint32_t j = 0; j < section->piece_count; j++) {
      SectionPiece *piece = &section->pieces[j];
      if (shard_of(piece->place) != number)
        continue;
      uint32_t end = j + 1 < section->piece_count ? section->pieces[j + 1].start : (uint32_t)section->size;
      uint32_t unique = find_unique(shard, section->data + piece->start, end - piece->start, piece->place);
      piece->place = unique | number << SHARD_SHIFT; // numbers stay below: a piece has at least a byte
    }
  }
}

static void place_in_shards(const Merger *merger, MergeGroup *group) {
  uint64_t alignment = merger->linker->sections.data[group->first].alignment;
  uint64_t start = 0;
  for (int i = 0; i < SHARDS; i++) {
    Shard *shard = &group->shards[i];
    shard->start = start;
    for (size_t j = 0; j < shard->uniques.count; j++) {
      start = align_up(start, alignment);
      shard->uniques.data[j].place = (uint32_t)start;
      start += shard->uniques.data[j].size;
    }
  }
  merger->linker->sections.data[group->merged].size = start;
}

// Strings in the order of their ends, a longer one before those it ends with.
static int compare_ends(const void *a, const void *b) {
  const Unique *first = *(Unique *const *)a;
  const Unique *second = *(Unique *const *)b;
  uint32_t shorter = first->size < second->size ? first->size : second->size;
  for (uint32_t i = 1; i <= shorter; i++) {
    int difference = first->bytes[first->size - i] - second->bytes[second->size - i];
    if (difference)
      return difference;
  }
  return (first->size < second->size) - (first->size > second->size);
}

// Places strings so that one which another ends with is found there, where its alignment allows it.
static void place_tails(const Merger *merger, MergeGroup *group) {
  VEC(Unique *) sorted = {0};
  for (int i = 0; i < SHARDS; i++)
    for (size_t j = 0; j < group->shards[i].uniques.count; j++)
      VEC_PUSH(&sorted, &group->shards[i].uniques.data[j]);
  if (sorted.count)
    qsort(sorted.data, sorted.count, sizeof(*sorted.data), compare_ends);
  uint64_t alignment = merger->linker->sections.data[group->first].alignment;
  uint64_t end = 0;
  const Unique *whole = NULL;
  for (size_t i = 0; i < sorted.count; i++) {
    Unique *unique = sorted.data[i];
    uint32_t skipped = whole && whole->size >= unique->size ? whole->size - unique->size : 0;
    if (whole && whole->size >= unique->size && (whole->place + skipped) % alignment == 0 &&
        memcmp(whole->bytes + skipped, unique->bytes, unique->size) == 0) {
      unique->place = whole->place + skipped;
      continue;
    }
    end = align_up(end, alignment);
    unique->place = (uint32_t)end;
    end += unique->size;
    whole = unique;
  }
  merger->linker->sections.data[group->merged].size = end;
  VEC_FREE(&sorted);
}

static void copy_uniques(const Merger *merger, MergeGroup *group) {
  InputSection *merged = &merger->linker->sections.data[group->merged];
  uint8_t *bytes = arena_alloc(&merger->linker->arena, merged->size, 8);
  for (int i = 0; i < SHARDS; i++)
    for (size_t j = 0; j < group->shards[i].uniques.count; j++) {
      const Unique *unique = &group->shards[i].uniques.data[j];
      memcpy(bytes + unique->place, unique->bytes, unique->size);
    }
  merged->data = bytes;
}

// Gives the pieces of a section their final places.
static void place_pieces(void *context, size_t index, unsigned thread) {
  (void)thread;
  const Merger *merger = context;
  const MergeGroup *group = &merger->groups.data[index];
  for (size_t i = 0; i < group->members.count; i++) {
    InputSection *section = &merger->linker->sections.data[group->members.data[i]];
    for (uint32_t j = 0; j < section->piece_count; j++) {
      uint32_t name = section->pieces[j].place;
      section->pieces[j].place =
          group->shards[name >> SHARD_SHIFT].uniques.data[name & (UINT32_MAX >> (32 - SHARD_SHIFT))].place;
    }
    section->replacement = group->merged;
  }
}

static void add_merged_section(Linker *linker, MergeGroup *group) {
  const InputSection *first = &linker->sections.data[group->first];
  InputSection merged = {.name = first->name,
                         .flags = first->flags & ~(uint64_t)SHF_GROUP,
                         .alignment = first->alignment,
                         .entry_size = first->entry_size,
                         .type = first->type,
                         .script_input = first->script_input,
                         .kept = first->kept,
                         .output = NONE,
                         .group = NONE,
                         .replacement = NONE,
                         .alive = true};
  group->merged = link_add_section(linker, merged);
}

// Sections of one group are of one kind and would be in one output section.
static void find_groups(Merger *merger) {
  Linker *linker = merger->linker;
  Intern keys = {0};
  Text key = {0};
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (!is_mergeable(section))
      continue;
    uint64_t properties[] = {section->flags & ~(uint64_t)SHF_GROUP, section->type, section->entry_size,
                             section->alignment, section->script_input};
    text_clear(&key);
    text_append_string(&key, link_output_name(linker, section));
    text_append(&key, (const char *)properties, sizeof(properties));
    Name name = intern(&keys, key.data, key.count);
    if (name == merger->groups.count) {
      MergeGroup group = {.first = i, .merged = NONE};
      VEC_PUSH(&merger->groups, group);
    }
    MergeGroup *group = &merger->groups.data[name];
    // The group is there: NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
    if (group->bytes + section->size > LARGEST_GROUP)
      continue; // places have 32 bits, with room for alignment
    group->bytes += section->size;
    VEC_PUSH(&group->members, i);
    VEC_PUSH(&merger->members, i);
  }
  intern_free(&keys);
  text_free(&key);
}

static void allocate_pieces(const Merger *merger) {
  Linker *linker = merger->linker;
  size_t total = 0;
  for (size_t i = 0; i < merger->members.count; i++)
    total += linker->sections.data[merger->members.data[i]].piece_count;
  SectionPiece *pieces = ARENA_ARRAY(&linker->arena, SectionPiece, total);
  for (size_t i = 0; i < merger->members.count; i++) {
    InputSection *section = &linker->sections.data[merger->members.data[i]];
    section->pieces = pieces;
    pieces += section->piece_count;
  }
}

static void release(Merger *merger) {
  for (size_t i = 0; i < merger->groups.count; i++) {
    MergeGroup *group = &merger->groups.data[i];
    for (int j = 0; j < SHARDS; j++) {
      VEC_FREE(&group->shards[j].uniques);
      free(group->shards[j].slots);
    }
    VEC_FREE(&group->members);
  }
  VEC_FREE(&merger->groups);
  VEC_FREE(&merger->members);
}

void link_merge_sections(Linker *linker) {
  enum { SECTIONS_AT_ONCE = 16 };
  Merger merger = {.linker = linker};
  find_groups(&merger);
  if (merger.groups.count) {
    link_parallel(linker, merger.members.count, SECTIONS_AT_ONCE, count_pieces, &merger);
    allocate_pieces(&merger);
    link_parallel(linker, merger.members.count, SECTIONS_AT_ONCE, find_pieces, &merger);
    link_parallel(linker, merger.groups.count * SHARDS, 1, fill_shard, &merger);
    for (size_t i = 0; i < merger.groups.count; i++) {
      MergeGroup *group = &merger.groups.data[i];
      add_merged_section(linker, group);
      if (linker->options->optimize >= 2 && (linker->sections.data[group->first].flags & SHF_STRINGS))
        place_tails(&merger, group);
      else
        place_in_shards(&merger, group);
      copy_uniques(&merger, group);
    }
    link_parallel(linker, merger.groups.count, 1, place_pieces, &merger);
  }
  release(&merger);
}

// Where an offset of a section is found in the section that replaces it.
uint64_t link_replacement_offset(const InputSection *section, uint64_t offset) {
  uint32_t low = 0;
  uint32_t high = section->piece_count;
  if (!high)
    return offset;
  while (high - low > 1) { // the last piece that starts at or before `offset`
    uint32_t middle = low + (high - low) / 2;
    if (section->pieces[middle].start <= offset)
      low = middle;
    else
      high = middle;
  }
  return section->pieces[low].place + (offset - section->pieces[low].start);
}
