// The build ID: a note with a hash of the file, by which debuggers find what belongs together. SHA-1 as in
// RFC 3174; it names a build and protects nothing.
#include "linker/internal.h"

static uint32_t rotate(uint32_t value, unsigned bits) {
  return value << bits | value >> (32 - bits);
}

static uint32_t load_big(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void store_big(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++)
    at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void digest_block(uint32_t state[5], const uint8_t *block) {
  uint32_t words[80];
  for (size_t i = 0; i < 16; i++)
    words[i] = load_big(&block[4 * i]);
  for (int i = 16; i < 80; i++)
    words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  uint32_t a = state[0];
  uint32_t b = state[1];
  uint32_t c = state[2];
  uint32_t d = state[3];
  uint32_t e = state[4];
  for (int i = 0; i < 80; i++) {
    uint32_t mix = i < 20   ? ((b & c) | (~b & d)) + UINT32_C(0x5a827999)
                   : i < 40 ? (b ^ c ^ d) + UINT32_C(0x6ed9eba1)
                   : i < 60 ? ((b & c) | (b & d) | (c & d)) + UINT32_C(0x8f1bbcdc)
                            : (b ^ c ^ d) + UINT32_C(0xca62c1d6);
    uint32_t next = rotate(a, 5) + mix + e + words[i];
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

void link_digest(const void *bytes, size_t size, uint8_t digest[DIGEST_BYTES]) {
  enum { BLOCK = 64 };
  uint32_t state[5] = {UINT32_C(0x67452301), UINT32_C(0xefcdab89), UINT32_C(0x98badcfe), UINT32_C(0x10325476),
                       UINT32_C(0xc3d2e1f0)};
  const uint8_t *at = bytes;
  size_t left = size;
  for (; left >= BLOCK; left -= BLOCK, at += BLOCK)
    digest_block(state, at);
  uint8_t last[2 * BLOCK] = {0};
  if (left)
    memcpy(last, at, left);
  last[left] = 0x80;
  size_t end = left + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
  store_big(last + end - 8, (uint32_t)((uint64_t)size >> 29));
  store_big(last + end - 4, (uint32_t)((uint64_t)size << 3));
  for (size_t i = 0; i < end; i += BLOCK)
    digest_block(state, last + i);
  for (size_t i = 0; i < 5; i++)
    store_big(&digest[4 * i], state[i]);
}

// Adds the section, with the digest still zero; write.c fills it in when all the rest is written.
void link_add_build_id(Linker *linker) {
  uint8_t *note = arena_alloc(&linker->arena, BUILD_ID_AT + DIGEST_BYTES, 4);
  Elf64_Nhdr header = {sizeof(ELF_NOTE_GNU), DIGEST_BYTES, NT_GNU_BUILD_ID};
  memcpy(note, &header, sizeof(header));
  memcpy(note + sizeof(header), ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU));
  InputSection section = {.name = ".note.gnu.build-id",
                          .data = note,
                          .size = BUILD_ID_AT + DIGEST_BYTES,
                          .flags = SHF_ALLOC,
                          .alignment = 4,
                          .type = SHT_NOTE,
                          .output = NONE,
                          .group = NONE,
                          .replacement = NONE,
                          .alive = true};
  linker->build_id_section = link_add_section(linker, section);
}
