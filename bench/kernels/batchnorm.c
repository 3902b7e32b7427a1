// Inference on planes, and a ReLU.
void kernel(float x[64][784], float *g, float *b, float *m, float *v, float y[64][784]) {
  for (int c = 0; c < 64; c++) {
    float s = g[c] * v[c], o = b[c] - m[c] * s;
    for (int i = 0; i < 784; i++) {
      float t = x[c][i] * s + o;
      y[c][i] = t > 0 ? t : 0;
    }
  }
}
