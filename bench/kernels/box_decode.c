// Boxes of a detector from anchors and what the network says of them.
#include <math.h>
void kernel(float anchor[400][4], float delta[400][4], float box[400][4]) {
  for (int i = 0; i < 400; i++) {
    float w = anchor[i][2] - anchor[i][0], h = anchor[i][3] - anchor[i][1];
    float x = anchor[i][0] + 0.5f * w + delta[i][0] * 0.1f * w,
          y = anchor[i][1] + 0.5f * h + delta[i][1] * 0.1f * h;
    float a = expf(delta[i][2] * 0.2f) * w, b = expf(delta[i][3] * 0.2f) * h;
    box[i][0] = x - 0.5f * a;
    box[i][1] = y - 0.5f * b;
    box[i][2] = x + 0.5f * a;
    box[i][3] = y + 0.5f * b;
  }
}
