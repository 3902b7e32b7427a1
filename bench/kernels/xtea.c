// XTEA, each block of two words by itself.
typedef struct {
  unsigned left, right;
} Block;
void kernel(const Block *in, const unsigned key[4], Block *out, long count) {
  const Block *end = in + count;
  while (in != end) {
    Block b = *in++;
    unsigned sum = 0;
    for (int round = 0; round < 32; round++) {
      b.left += ((b.right << 4 ^ b.right >> 5) + b.right) ^ (sum + key[sum & 3]);
      sum += 0x9e3779b9u;
      b.right += ((b.left << 4 ^ b.left >> 5) + b.left) ^ (sum + key[sum >> 11 & 3]);
    }
    *out++ = b;
  }
}
