// IMA ADPCM: four bits for each sample.
static const short sizes[89] = {
    7,    8,     9,     10,    11,    12,    13,    14,    16,    17,    19,    21,    23,    25,   28,
    31,   34,    37,    41,    45,    50,    55,    60,    66,    73,    80,    88,    97,    107,  118,
    130,  143,   157,   173,   190,   209,   230,   253,   279,   307,   337,   371,   408,   449,  494,
    544,  598,   658,   724,   796,   876,   963,   1060,  1166,  1282,  1411,  1552,  1707,  1878, 2066,
    2272, 2499,  2749,  3024,  3327,  3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845, 8630,
    9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};
static const signed char steps[8] = {-1, -1, -1, -1, 2, 4, 6, 8};
void kernel(short *x, unsigned char *y) {
  int guess = 0, at = 0;
  for (int i = 0; i < 4096; i++) {
    int size = sizes[at], d = x[i] - guess, code = 0, change = size >> 3;
    if (d < 0)
      code = 8, d = -d;
    for (int bit = 4; bit; bit >>= 1, size >>= 1)
      if (d >= size)
        code |= bit, d -= size, change += size;
    guess += code & 8 ? -change : change;
    guess = guess > 32767 ? 32767 : guess < -32768 ? -32768 : guess;
    at += steps[code & 7];
    at = at < 0 ? 0 : at > 88 ? 88 : at;
    y[i] = (unsigned char)code;
  }
}
