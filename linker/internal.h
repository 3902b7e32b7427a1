// What the stages of the linker share. link.c shows their order; each stage's file begins with what it needs
// and leaves behind.
#ifndef KILN_LINKER_INTERNAL_H
#define KILN_LINKER_INTERNAL_H

#include "isa/isa.h"
#include "linker/linker.h"
#include "support/arena.h"
#include "support/bitset.h"
#include "support/intern.h"
#include "support/vec.h"

#include <elf.h>
#include <string.h>

// The relocation types by name (<elf.h> has macros of the plain names, and not all of them).
typedef enum Relocation {
#define RELOCATION(name, number) RELOC_##name = (number),
#include "isa/relocs.def"
#undef RELOCATION
} Relocation;

// Numbers of sections, files and symbols; NONE where there is none.
#define NONE UINT32_MAX

// Bytes [start, end) of a section's input that the output does not have: surplus alignment, dead records of
// .eh_frame. Sorted and disjoint; `before` counts the bytes deleted ahead of this one.
typedef struct Deletion {
  uint64_t start;
  uint64_t end;
  uint64_t before;
} Deletion;

// Of Linker.places: a section that another replaces; one that does not go out; one with deletions (beside its
// address).
#define NO_PLACE UINT64_MAX
#define PLACE_GONE (UINT64_MAX - 1)
#define PLACE_CHANGED (UINT64_C(1) << 63)

// A stretch of a section, from `start` to the next piece, that is found at `place` of the section that
// replaces this one.
typedef struct SectionPiece {
  uint32_t start;
  uint32_t place;
} SectionPiece;

// A section of an input file, or one the linker makes (common symbols, the GOT). A section with no use
// (string tables and the like) has `unused` set.
typedef struct InputSection {
  const char *name;
  const uint8_t *data; // NULL: all zero (SHT_NOBITS)
  uint64_t size;       // as it comes in; section_size tells what goes out
  uint64_t offset;     // in the output section; set by layout
  const Elf64_Rela *relocations;
  union {
    Deletion *deletions;  // of a section that goes out itself
    SectionPiece *pieces; // of one that another replaces; NULL: all is where it was
  };
  uint8_t *relaxed; // by relocation, what relax.c makes of its instructions (Relaxed); NULL: nothing
  uint32_t flags;   // SHF_*
  uint32_t alignment;
  uint32_t type; // SHT_*
  uint32_t file;
  uint32_t relocation_count;
  uint32_t output;       // NONE until layout
  uint32_t script_input; // number + 1 of the script's input that takes it; 0: none
  uint32_t group;        // the first section of its COMDAT group, as a circular list; NONE: in no group
  uint32_t replacement;  // the section that goes out in its place; NONE: itself
  union {
    uint32_t deletion_count;
    uint32_t piece_count;
  };
  uint16_t entry_size; // 0 where there is none, or a larger one
  bool padded : 1;     // with -r: R_RISCV_ALIGN stands in front
  bool unsorted : 1;   // its relocations are not in the order of their offsets
  bool labelled : 1;   // a symbol is defined in it
  bool aligns : 1;     // has R_RISCV_ALIGN
  bool kept : 1;       // by KEEP of the script
  bool relaxes : 1;    // has R_RISCV_RELAX
  bool unused : 1;     // not part of the output by its nature
  bool duplicate : 1;  // in a COMDAT group that an earlier file has
  bool alive : 1;      // reached, or gc is off
  bool frame : 1;      // a function's scratchpad frame, which shares its place with others
} InputSection;

// What becomes of the instructions of a relocation that may be relaxed.
typedef enum Relaxed {
  RELAXED_NONE,
  RELAXED_C_JUMP,    // auipc, jalr: c.j
  RELAXED_JAL,       // auipc, jalr: jal
  RELAXED_JALR_ZERO, // auipc, jalr: jalr from x0
  RELAXED_DELETED,   // lui, auipc, or add of tp: nothing, its followers start from x0, gp or tp
  RELAXED_C_LUI,     // lui: c.lui
  RELAXED_DIRECT,    // auipc and ld of an address (or offset from tp) from the GOT: it is made without a load
  RELAXED_KINDS,
  RELAXED_SETTLED = 0x80, // was more, and did not fit: never more again
} Relaxed;

typedef struct InputFile {
  const char *name; // "a.o" or "libc.a(printf.o)"
  const uint8_t *data;
  size_t size;
  uint32_t flags;         // e_flags
  uint32_t first_section; // those of its sections that are more than bookkeeping come one behind the other
  uint32_t section_count;
  uint32_t header_count;
  uint32_t *sections; // by header, the number of the section; NONE: bookkeeping
  const Elf64_Sym *symbols;
  uint32_t symbol_count;
  uint32_t first_global;
  const Elf32_Word *extended_indices; // SHT_SYMTAB_SHNDX; NULL: none
  const char *strings;                // ends with a NUL
  size_t strings_size;
  Name *globals;       // of symbol first_global + i
  uint32_t *local_got; // GOT slot + 1 of each local symbol; NULL: none has one
  const char *arch;    // of .riscv.attributes; NULL: none
  uint64_t stack_align;
  bool unaligned_access;
  const char *machine; // of the machine note; NULL: none
  uint32_t fingerprint;
  uint32_t significant;    // section with the numbers of symbols whose address matters; NONE: none
  uint32_t *symbol_places; // by symbol, its number in the output's table; NULL: not wanted
} InputFile;

typedef enum SymbolState {
  SYMBOL_UNDEFINED,
  SYMBOL_LAZY,     // an archive member would define it
  SYMBOL_COMMON,   // value: alignment
  SYMBOL_DEFINED,  // value: offset in `section`
  SYMBOL_ABSOLUTE, // value: address
  SYMBOL_PROVIDED, // by the linker, after layout; value: address from then on
} SymbolState;

// A global symbol. Its number is its Name.
typedef struct Symbol {
  uint64_t value;
  uint64_t size;
  uint32_t file;    // the file that defines it; the member for SYMBOL_LAZY
  uint32_t section; // for SYMBOL_DEFINED
  uint32_t got;     // slot + 1
  uint32_t tls_got; // slot + 1
  uint32_t output;  // output section of a provided symbol; NONE: absolute
  uint8_t state;
  uint8_t type;       // STT_*
  uint8_t binding;    // STB_* of the definition
  uint8_t visibility; // STV_*, the most constraining seen
  bool referenced;    // by an input file, the entry or -u
  bool wanted;        // referenced other than weakly
} Symbol;

// A member of an archive, loaded at most once.
typedef struct ArchiveMember {
  const char *name; // "libc.a(printf.o)"
  const uint8_t *data;
  size_t size;
  const char *archive;
  const char *path; // of a thin archive's member; NULL: its data is in the archive
  uint64_t header;  // offset of its header in the archive
  bool loaded;
} ArchiveMember;

typedef enum Region { REGION_DRAM, REGION_SPM, REGION_FILE } Region;

typedef struct OutputSection {
  const char *name;
  uint64_t flags;
  uint64_t address;
  uint64_t size;
  uint64_t alignment;
  uint64_t file_offset;
  uint64_t entry_size;
  uint32_t type;
  uint32_t rank;        // orders the sections; see layout.c
  uint32_t header;      // index in the output's section header table
  uint32_t first_input; // in Linker.placed
  uint32_t input_count;
  uint64_t load_address; // where its contents are before the program moves them
  uint32_t statement;    // of the linker script; NONE: not made by one
  Region region;
  uint64_t fill; // what gaps are filled with, its last `fill_size` bytes with the highest first
  unsigned fill_size;
  uint32_t bank; // .spm.bankN: N; NONE: anywhere in its region
} OutputSection;

typedef struct Segment {
  uint32_t type; // PT_*
  uint32_t flags;
  uint64_t address;
  uint64_t load_address;
  uint64_t file_offset;
  uint64_t file_size;
  uint64_t memory_size;
  uint64_t alignment;
} Segment;

// Bytes of one page: segments that differ in their permissions do not share one.
enum { PAGE_BYTES = 4096 };

// What a relocation refers to.
typedef struct Target {
  Symbol *global;   // NULL: a local symbol
  uint32_t section; // NONE: absolute, provided or undefined
  uint64_t value;   // offset in `section`, or the address
  bool undefined;   // nothing defines it
  bool tls;
} Target;

// A slot of the global offset table.
typedef struct GotSlot {
  uint32_t file; // with `symbol`, the reference that asked for it
  uint32_t symbol;
  bool thread; // holds the offset from tp
} GotSlot;

// A record of an .eh_frame section: a CIE, an FDE or the terminator.
typedef struct FrameRecord {
  uint64_t start;
  uint64_t end;
  uint32_t cie;  // number of the record an FDE belongs to; NONE for the others
  uint32_t same; // of a CIE, the earlier one that is like it; NONE: none
  uint32_t section;
  uint32_t first_relocation; // of the section's
  uint32_t relocation_count;
  uint32_t function; // section of the function an FDE describes; NONE: a CIE, or not known
  bool terminator;
  bool used;   // a CIE to which a live FDE belongs
  bool traced; // gc has followed its relocations
} FrameRecord;

// A section group that is kept, for -r.
typedef struct SectionGroup {
  uint32_t file;
  uint32_t signature; // symbol of the file
  uint32_t flags;     // GRP_COMDAT
  uint32_t first;     // its sections are a circle: InputSection.group
} SectionGroup;

// The calls that need most scratchpad, of a section that holds frames.
typedef struct SpmChain {
  uint32_t section;
  const char *text;
} SpmChain;

typedef struct Script Script;

typedef struct Linker {
  const LinkerOptions *options;
  Script *script; // NULL: none
  Diagnostics *diagnostics;
  Machine machine;
  Arena arena;
  VEC(InputFile) files; // file 0 is the linker's own
  VEC(InputSection) sections;
  VEC(ArchiveMember) members;
  VEC(uint32_t) pending; // members to load
  Intern names;
  VEC(Symbol) symbols;              // by Name
  Intern groups;                    // signatures of the COMDAT groups seen
  VEC(SectionGroup) section_groups; // with -r
  VEC(FrameRecord) frames;          // by section, then by offset
  VEC(GotSlot) got;
  VEC(SpmChain) spm_chains;
  uint64_t *places; // by section, its address, or one of the values above; set when addresses are final
  uint32_t got_section;
  uint32_t build_id_section; // NONE: none is wanted
  uint32_t copy_table;   // section of what start-up code copies to the scratchpad; NONE: it is loaded there
  uint64_t dram_end;     // end of all that is in DRAM, load images of the scratchpad included
  uint32_t frame_header; // section of --eh-frame-hdr; NONE: none is wanted
  VEC(OutputSection) outputs; // in the order of the file
  VEC(uint32_t) placed;       // input sections, by output section
  VEC(Segment) segments;
  Text attributes; // merged contents of .riscv.attributes
  Text note;       // contents of the machine note
  uint32_t flags;  // e_flags
  uint64_t tls_address;
  uint64_t tls_size;
  uint64_t gp; // what the program keeps in gp; only with has_gp
  bool has_gp;
  uint64_t entry;
  unsigned script_depth; // of scripts as inputs
  bool tentative;        // sizes may still shrink: what overflows is placed all the same, and not reported
  bool quiet;            // several threads are at work: errors are not recorded, but found again by one
} Linker;

// report.c: diagnostics whose place is a file, or an offset in a section as "a.o:(.text+0x10)".
void link_error(Linker *linker, const char *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
const char *link_section_place(Linker *linker, uint32_t section, uint64_t offset);

// parallel.c
enum { PARALLEL_MAX = 16 };
typedef void ParallelTask(void *context, size_t index, unsigned thread);
void link_parallel(const Linker *linker, size_t count, size_t step, ParallelTask *task, void *context);

// input.c
bool link_read_object(Linker *linker, const char *name, const uint8_t *data, size_t size);
// Reads no more than the symbol table, for archives that have no index.
bool link_read_symbols_only(Linker *linker, const char *name, const uint8_t *data, size_t size,
                            InputFile *file);
bool link_read_input(Linker *linker, const LinkerInput *input);
// When all files are read: puts relocations in order, and notes what is among them.
void link_prepare_relocations(Linker *linker);
uint32_t link_add_section(Linker *linker, InputSection section);

// input_script.c
bool link_is_input_script(const uint8_t *data, size_t size);
bool link_read_input_script(Linker *linker, const LinkerInput *input);

// archive.c
bool link_load_member(Linker *linker, ArchiveMember *member);
bool link_is_archive(const uint8_t *data, size_t size);
bool link_read_archive(Linker *linker, const LinkerInput *input);

// attributes.c
bool link_read_attributes(Linker *linker, InputFile *file, const InputSection *section);
bool link_read_notes(Linker *linker, InputFile *file, const InputSection *section);
bool link_choose_machine(Linker *linker);
bool link_merge_attributes(Linker *linker);

// script_layout.c
bool link_has_sections_script(const Linker *linker);
void link_script_match(Linker *linker);
void link_script_declare(Linker *linker);
void link_script_place(Linker *linker);
bool link_script_check(Linker *linker);
uint32_t link_script_output(Linker *linker, const InputSection *section);
void link_script_finish_outputs(Linker *linker);
void link_script_renumber(Linker *linker);
int link_script_compare(const Linker *linker, uint32_t first, uint32_t second, uint64_t first_priority,
                        uint64_t second_priority);
bool link_script_same_segment(const Linker *linker, const OutputSection *before, const OutputSection *output);
void link_script_usage(const Linker *linker, Text *text);

// resolve.c
Name link_symbol_named(Linker *linker, const char *text, size_t size);
void link_want_symbol(Linker *linker, Name name);
void link_offer_lazy(Linker *linker, Name name, uint32_t member);
bool link_resolve_file(Linker *linker, uint32_t file);
bool link_load_pending(Linker *linker);
bool link_define_from_options(Linker *linker);
void link_finish_definitions(Linker *linker);
void link_place_commons(Linker *linker);

// gc.c
bool link_mark_alive(Linker *linker);

// Sections that the run-time start-up or an unwinder finds without a relocation.
bool link_is_kept(const InputSection *section);

// why.c
bool link_explain(Linker *linker, Text *text);

// build_id.c
void link_add_build_id(Linker *linker);
enum { DIGEST_BYTES = 20, BUILD_ID_AT = 16 }; // where in its section the digest is
void link_digest(const void *bytes, size_t size, uint8_t digest[DIGEST_BYTES]);

// merge.c
void link_merge_sections(Linker *linker);
uint64_t link_replacement_offset(const InputSection *section, uint64_t offset);

// spm_frames.c
bool link_place_spm_frames(Linker *linker);

// icf.c
void link_fold_functions(Linker *linker);

// eh_frame.c
enum {
  FUNCTION_IN_FDE = 8
}; // where the address of its function is: behind its length and the way to its CIE
bool link_is_frame_section(const InputSection *section);
bool link_read_frames(Linker *linker);
void link_drop_dead_frames(Linker *linker);
bool link_is_dead_frame(const Linker *linker, const FrameRecord *record);
uint64_t link_frame_address(const Linker *linker, const FrameRecord *record);
void link_fix_frame_pointers(const Linker *linker, uint32_t number, uint8_t *out);

// eh_frame_header.c
void link_add_frame_header(Linker *linker);
void link_fill_frame_header(Linker *linker, uint8_t *out);

// shrink.c
bool link_delete_surplus_alignment(Linker *linker);
bool link_shrink_section(Linker *linker, uint32_t number);
uint64_t link_section_size(const InputSection *section);
uint64_t link_offset_behind_deletions(const InputSection *section, uint64_t offset);

// scan.c
bool link_check_relocations(Linker *linker);
bool link_check_relocation(Linker *linker, uint32_t section, const Elf64_Rela *relocation);
bool link_is_deleted(const InputSection *section, uint64_t offset);
bool link_scan_relocations(Linker *linker);

// layout.c
const char *link_output_name(Linker *linker, const InputSection *section);
uint64_t link_object_padding(const Linker *linker, const InputSection *section);
bool link_gather_sections(Linker *linker);
bool link_assign_addresses(Linker *linker);

// relax.c
bool link_relax(Linker *linker);
Relaxed link_relaxed(const InputSection *section, uint32_t relocation);
uint64_t link_relaxed_bytes(Relaxed kind, uint64_t *first);
bool link_may_relax(const InputSection *section, uint32_t relocation);
bool link_relaxed_base(const Linker *linker, uint64_t address, unsigned *base, int64_t *offset);

// copy_table.c
void link_add_copy_table(Linker *linker);
void link_fill_copy_table(const Linker *linker, uint8_t *out);
extern const char link_copy_table_name[];

// provide.c
void link_provide_symbols(Linker *linker);
void link_place_provided_symbols(Linker *linker);
bool link_set_entry(Linker *linker);

// relocate.c
uint64_t link_target_address(const Linker *linker, const Target *target);
uint64_t link_reference_value(const Linker *linker, const InputFile *file, uint32_t symbol,
                              const Target *target, int64_t addend);
uint64_t link_section_address(const Linker *linker, uint32_t number);
bool link_is_gone(const Linker *linker, uint32_t number);
bool link_fits_hi_lo(int64_t value);
bool link_find_upper(const Linker *linker, const Target *target, uint32_t *number);
bool link_upper_is_changed(Linker *linker, uint32_t section, const Elf64_Rela *relocation);
bool link_starts_elsewhere(Linker *linker, uint32_t section, uint32_t relocation);
void link_note_places(Linker *linker);
bool link_relocate_section(Linker *linker, uint32_t section, uint8_t *out);
void link_fill_with_nops(uint8_t *at, uint64_t size);
void link_fill_got(Linker *linker, uint8_t *out);

// write.c
bool link_write_image(Linker *linker, LinkerOutput *output);

// map.c
void link_write_map(Linker *linker, Text *map);
void link_write_usage(Linker *linker, Text *text);
void link_write_discarded(Linker *linker, Text *text);

// What is asked for each symbol of each relocation, and so is inline.

// The index, in its file, of the section a symbol is defined in; NONE for SHN_ABS and the other reserved
// numbers. May be out of range in a corrupt file.
static inline uint32_t link_symbol_section_index(const InputFile *file, uint32_t symbol) {
  uint32_t index = file->symbols[symbol].st_shndx;
  if (index == SHN_XINDEX)
    return file->extended_indices ? file->extended_indices[symbol] : NONE;
  return index < SHN_LORESERVE ? index : NONE;
}

// The name of a symbol, or NULL when it lies outside the string table.
static inline const char *link_symbol_name(const InputFile *file, uint32_t symbol) {
  uint32_t offset = file->symbols[symbol].st_name;
  return offset < file->strings_size ? file->strings + offset : NULL;
}

// The section with a header of a file; NONE for bookkeeping and what does not exist.
static inline uint32_t link_file_section(const InputFile *file, uint32_t header) {
  return header < file->header_count ? file->sections[header] : NONE;
}

// What symbol `number` of a file stands for. The number must exist.
static inline Target link_symbol_target(Linker *linker, const InputFile *file, uint32_t number) {
  const Elf64_Sym *source = &file->symbols[number];
  Target target = {.section = NONE, .tls = ELF64_ST_TYPE(source->st_info) == STT_TLS};
  if (number >= file->first_global) {
    target.global = &linker->symbols.data[file->globals[number - file->first_global]];
    target.section = target.global->section;
    target.value = target.global->value;
    target.undefined = target.global->state == SYMBOL_UNDEFINED;
    target.tls = target.tls || target.global->type == STT_TLS;
    return target;
  }
  target.value = source->st_value;
  target.section = link_file_section(file, link_symbol_section_index(file, number));
  target.undefined = target.section == NONE && number != 0 && source->st_shndx != SHN_ABS;
  return target;
}

// Offset in the output's version of the section. A place inside deleted bytes becomes their end.
static inline uint64_t link_output_offset(const InputSection *section, uint64_t offset) {
  return section->deletion_count ? link_offset_behind_deletions(section, offset) : offset;
}

#endif
