// The directives that lay down sections and data: data.c. Their arguments are given in the table of
// directive.c.
#ifndef KILN_ASM_DIRECTIVE_H
#define KILN_ASM_DIRECTIVE_H

#include "asm/internal.h"

enum { ALIGN_LOGARITHM = 16, ALIGN_FILL_BYTES = 15 };
// What a .cfi directive reads behind its FrameKind.
enum {
  FRAME_KIND_MASK = 15,
  FRAME_TAKES_REGISTER = 16,
  FRAME_TAKES_OTHER = 32,
  FRAME_TAKES_OFFSET = 64,
  FRAME_TAKES_LIST = 128,
};

bool directive_cfi(Assembler *assembler, int argument);
bool directive_cfi_start(Assembler *assembler, int argument);
bool directive_cfi_end(Assembler *assembler, int argument);
bool directive_cfi_sections(Assembler *assembler, int argument);
bool directive_cfi_escape(Assembler *assembler, int argument);
bool directive_cfi_return(Assembler *assembler, int argument);
bool directive_cfi_signal(Assembler *assembler, int argument);
bool directive_cfi_pointer(Assembler *assembler, int personality);
enum { FLOAT_HALF = 10, FLOAT_BRAIN = 7 }; // bits of the fraction
bool directive_half(Assembler *assembler, int fraction);
bool directive_insn(Assembler *assembler, int argument);
bool directive_reloc(Assembler *assembler, int argument);
bool directive_octa(Assembler *assembler, int argument);
bool directive_loc(Assembler *assembler, int argument);
bool directive_dcb(Assembler *assembler, int size);
bool directive_ds(Assembler *assembler, int size);
bool directive_base64(Assembler *assembler, int argument);
bool directive_dtprel(Assembler *assembler, int size);

bool directive_plain_section(Assembler *assembler, int argument);
bool directive_section(Assembler *assembler, int push);
bool directive_subsection(Assembler *assembler, int argument);
bool directive_popsection(Assembler *assembler, int argument);
bool directive_previous(Assembler *assembler, int argument);
// A number that is known and not negative; `what` it counts is for the message.
bool read_count(Assembler *assembler, const char *what, uint64_t *count);
bool directive_data(Assembler *assembler, int size);
bool directive_float(Assembler *assembler, int size);
bool directive_string(Assembler *assembler, int terminated);
bool directive_skip(Assembler *assembler, int argument);
bool directive_fill(Assembler *assembler, int argument);
bool directive_org(Assembler *assembler, int argument);
bool directive_align(Assembler *assembler, int argument);
bool directive_leb128(Assembler *assembler, int is_signed);

#endif
