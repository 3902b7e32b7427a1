// Sections that go out smaller than they come in. R_RISCV_ALIGN marks the padding in front of an alignment
// directive, made as large as relaxation could ever need; the surplus depends only on offsets within the
// section. Works on live sections; leaves their `deletions`, which relax.c has found anew when instructions
// go.
#include "linker/internal.h"

// As link_output_offset, for a section with deletions.
uint64_t link_offset_behind_deletions(const InputSection *section, uint64_t offset) {
  // The last deletion that starts before `offset`, or the first: without branches, which would be guesses.
  const Deletion *last = section->deletions;
  for (uint32_t left = section->deletion_count; left > 1; left -= left / 2)
    last = last[left / 2].start < offset ? last + left / 2 : last;
  if (last->start >= offset)
    return offset;
  return (offset < last->end ? last->start : offset - (last->end - last->start)) - last->before;
}

uint64_t link_section_size(const InputSection *section) {
  return link_output_offset(section, section->size);
}

// The addend of R_RISCV_ALIGN is the bytes of padding, which is the alignment less one instruction at most,
// so that the alignment is the power of two above it.
static uint64_t wanted_alignment(uint64_t padding) {
  uint64_t alignment = 4;
  while (alignment < padding + 2)
    alignment *= 2;
  return alignment;
}

static bool shrink_at(Linker *linker, uint32_t number, const Elf64_Rela *relocation, uint64_t *removed) {
  InputSection *section = &linker->sections.data[number];
  uint64_t padding = (uint64_t)relocation->r_addend;
  if (relocation->r_offset > section->size || padding > section->size - relocation->r_offset || padding % 2 ||
      relocation->r_offset % 2) {
    link_error(linker, link_section_place(linker, number, relocation->r_offset),
               "relocation R_RISCV_ALIGN covers bytes outside its section");
    return false;
  }
  if (padding == 0)
    return true;
  uint64_t alignment = wanted_alignment(padding);
  uint64_t start = relocation->r_offset - *removed;
  uint64_t keep = (alignment - start % alignment) % alignment;
  if (keep > padding) {
    link_error(linker, link_section_place(linker, number, relocation->r_offset),
               "relocation R_RISCV_ALIGN has %llu bytes of padding where alignment to %llu needs %llu",
               (unsigned long long)padding, (unsigned long long)alignment, (unsigned long long)keep);
    return false;
  }
  if (section->alignment < alignment)
    section->alignment = alignment;
  if (keep == padding)
    return true;
  uint32_t last = section->deletion_count;
  uint64_t first = relocation->r_offset + keep;
  if (last && first < section->deletions[last - 1].end) {
    link_error(linker, link_section_place(linker, number, relocation->r_offset),
               "relocation R_RISCV_ALIGN covers the padding of another");
    return false;
  }
  section->deletions[section->deletion_count++] = (Deletion){first, relocation->r_offset + padding, *removed};
  *removed += padding - keep;
  return true;
}

// Deletes what relax.c found dispensable at a relocation. (It checked that nothing else is in these bytes.)
static void delete_relaxed(InputSection *section, uint32_t relocation, uint64_t *removed) {
  uint64_t first;
  uint64_t size = link_relaxed_bytes(link_relaxed(section, relocation), &first);
  uint64_t start = section->relocations[relocation].r_offset + first;
  if (!size)
    return;
  section->deletions[section->deletion_count++] = (Deletion){start, start + size, *removed};
  *removed += size;
}

// Finds the deletions of a section anew, in the memory allocated for them.
bool link_shrink_section(Linker *linker, uint32_t number) {
  InputSection *section = &linker->sections.data[number];
  section->deletion_count = 0;
  uint64_t removed = 0;
  for (uint32_t i = 0; i < section->relocation_count; i++)
    if (ELF64_R_TYPE(section->relocations[i].r_info) != RELOC_R_RISCV_ALIGN)
      delete_relaxed(section, i, &removed);
    else if (!shrink_at(linker, number, &section->relocations[i], &removed))
      return false;
  return true;
}

static bool delete_alignment(Linker *linker, uint32_t number) {
  InputSection *section = &linker->sections.data[number];
  if (!section->aligns)
    return true;
  uint32_t count = 0;
  for (uint32_t i = 0; i < section->relocation_count; i++)
    count += ELF64_R_TYPE(section->relocations[i].r_info) == RELOC_R_RISCV_ALIGN;
  if (!section->data) {
    link_error(linker, link_section_place(linker, number, 0),
               "relocation R_RISCV_ALIGN in a section without contents");
    return false;
  }
  section->deletions = ARENA_ARRAY(&linker->arena, Deletion, count);
  return link_shrink_section(linker, number);
}

bool link_delete_surplus_alignment(Linker *linker) {
  bool good = true;
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if (linker->sections.data[i].alive && !linker->sections.data[i].unused)
      good = delete_alignment(linker, i) && good;
  return good;
}
