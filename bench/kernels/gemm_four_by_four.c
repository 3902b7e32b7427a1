// A product of matrices by blocks of four by four results, written out.
void kernel(float *restrict data0, float *restrict data1, float *restrict out) {
  for (int i = 0; i < 16; i++)
    for (int j = 0; j < 20; j++) {
      float a00 = 0, a01 = 0, a02 = 0, a03 = 0, a10 = 0, a11 = 0, a12 = 0, a13 = 0, a20 = 0, a21 = 0, a22 = 0,
            a23 = 0, a30 = 0, a31 = 0, a32 = 0, a33 = 0;
      for (int k = 0; k < 48; k++) {
        float x0 = data0[i * 192 + k], x1 = data0[i * 192 + k + 48], x2 = data0[i * 192 + k + 96],
              x3 = data0[i * 192 + k + 144];
        float y0 = data1[k * 80 + j * 4], y1 = data1[k * 80 + j * 4 + 1], y2 = data1[k * 80 + j * 4 + 2],
              y3 = data1[k * 80 + j * 4 + 3];
        a00 += x0 * y0;
        a01 += x0 * y1;
        a02 += x0 * y2;
        a03 += x0 * y3;
        a10 += x1 * y0;
        a11 += x1 * y1;
        a12 += x1 * y2;
        a13 += x1 * y3;
        a20 += x2 * y0;
        a21 += x2 * y1;
        a22 += x2 * y2;
        a23 += x2 * y3;
        a30 += x3 * y0;
        a31 += x3 * y1;
        a32 += x3 * y2;
        a33 += x3 * y3;
      }
      float *o = out + i * 320 + j * 4;
      o[0] = a00;
      o[1] = a01;
      o[2] = a02;
      o[3] = a03;
      o[80] = a10;
      o[81] = a11;
      o[82] = a12;
      o[83] = a13;
      o[160] = a20;
      o[161] = a21;
      o[162] = a22;
      o[163] = a23;
      o[240] = a30;
      o[241] = a31;
      o[242] = a32;
      o[243] = a33;
    }
}
