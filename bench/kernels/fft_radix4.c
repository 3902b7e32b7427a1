// A stage of radix 4 on complex numbers, the twiddle factors in a table.
typedef struct {
  float re, im;
} Complex;
static Complex product(Complex a, Complex b) {
  return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
void kernel(Complex *restrict x, const Complex *restrict w) {
  for (int i = 0; i < 256; i++) {
    Complex a = x[i], b = product(x[i + 256], w[i]), c = product(x[i + 512], w[i + 256]),
            d = product(x[i + 768], w[i + 512]);
    Complex s = {a.re + c.re, a.im + c.im}, t = {a.re - c.re, a.im - c.im};
    Complex u = {b.re + d.re, b.im + d.im}, v = {b.im - d.im, d.re - b.re};
    x[i] = (Complex){s.re + u.re, s.im + u.im};
    x[i + 256] = (Complex){t.re + v.re, t.im + v.im};
    x[i + 512] = (Complex){s.re - u.re, s.im - u.im};
    x[i + 768] = (Complex){t.re - v.re, t.im - v.im};
  }
}
