int printf(const char *, ...);
static long use(char *p, long n) {
  long s = 0;
  for (long i = 0; i < n; i += 97)
    s += p[i] = (char)(i * 7);
  return s;
}
static long large(int depth) {
  char big[5000];
  long s = use(big, sizeof big);
  if (depth)
    s += large(depth - 1);
  return s + big[4999 / 97 * 97];
}
static long huge(void) {
  char big[100000];
  int after[4] = {1, 2, 3, 4};
  return use(big, sizeof big) + after[3];
}
static long overaligned(long x) {
  _Alignas(64) char block[128];
  _Alignas(256) long other[3];
  block[5] = (char)x;
  other[1] = x;
  return ((long)block & 63) + ((long)other & 255) + block[5] + other[1] + use(block, 128);
}
static long stack_arguments(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
  _Alignas(128) long t[4] = {i, j, a, b};
  return use((char *)t, 32) + t[3] + c * d - e * f + g + h + i * 1000 + j * 100000;
}
long (*volatile sp)(long, long, long, long, long, long, long, long, long, long) = stack_arguments;
static int pressure(const int *p) {
  int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6], h = p[7], i = p[8], j = p[9],
      k = p[10], l = p[11], m = p[12], n = p[13], o = p[14], q = p[15];
  int r = p[16], s = p[17], t = p[18], u = p[19], v = p[20], w = p[21], x = p[22], y = p[23], z = p[24],
      A = p[25], B = p[26], C = p[27], D = p[28], E = p[29], F = p[30], G = p[31];
  for (int n2 = 0; n2 < 3; n2++) {
    a += b * c;
    b ^= d + e;
    c -= f * g;
    d += h;
    e ^= i * j;
    f += k;
    g -= l * m;
    h += n;
    i ^= o;
    j += q * r;
    k -= s;
    l += t * u;
    m ^= v;
    n += w * x;
    o -= y;
    q += z * A;
    r ^= B;
    s += C * D;
    t -= E;
    u += F * G;
    v ^= a;
    w += b * c;
    x -= d;
    y += e * f;
    z ^= g;
    A += h * i;
    B -= j;
    C += k * l;
    D ^= m;
    E += n * o;
    F -= q;
    G += r * s;
    printf("%d ", a);
  }
  return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ q ^ r ^ s ^ t ^ u ^ v ^ w ^ x ^ y ^ z ^
         A ^ B ^ C ^ D ^ E ^ F ^ G;
}
static double real_pressure(const double *p) {
  double r[40];
  for (int i = 0; i < 40; i++)
    r[i] = p[i % 8] * i;
  double a = r[0], b = r[1], c = r[2], d = r[3], e = r[4], f = r[5], g = r[6], h = r[7], i = r[8], j = r[9],
         k = r[10], l = r[11], m = r[12], n = r[13], o = r[14], q = r[15], s = r[16], t = r[17], u = r[18],
         v = r[19], w = r[20], x = r[21], y = r[22], z = r[23], A = r[24], B = r[25], C = r[26], D = r[27],
         E = r[28], F = r[29], G = r[30], H = r[31], I = r[32], J = r[33];
  for (int loop = 0; loop < 4; loop++) {
    a += b;
    b *= 0.5;
    c += d;
    d -= e;
    e += f * 0.25;
    f -= g;
    g += h;
    h *= 0.125;
    i += j;
    j -= k;
    k += l;
    l -= m;
    m += n;
    n *= 0.5;
    o += q;
    q -= s;
    s += t;
    t -= u;
    u += v;
    v *= 0.5;
    w += x;
    x -= y;
    y += z;
    z -= A;
    A += B;
    B *= 0.5;
    C += D;
    D -= E;
    E += F;
    F -= G;
    G += H;
    H *= 0.5;
    I += J;
    J -= a;
    printf("%g ", a);
  }
  return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + q + s + t + u + v + w + x + y + z + A +
         B + C + D + E + F + G + H + I + J;
}
int main(void) {
  int p[32];
  double d[8];
  for (int i = 0; i < 32; i++)
    p[i] = i * i - 17 * i + 3;
  for (int i = 0; i < 8; i++)
    d[i] = i * 1.5 - 2;
  printf("%ld %ld %ld %ld %d %g\n", large(3), huge(), overaligned(9), sp(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
         pressure(p), real_pressure(d));
  return 0;
}
