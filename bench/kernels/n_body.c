// Forces between all pairs of bodies, places and masses side by side.
#include <math.h>
typedef struct {
  float x, y, z, mass;
} Body;
void kernel(Body *body, float force[96][3]) {
  for (int i = 0; i < 96; i++) {
    float a = 0, b = 0, c = 0;
    for (int j = 0; j < 96; j++) {
      float dx = body[j].x - body[i].x, dy = body[j].y - body[i].y, dz = body[j].z - body[i].z;
      float d = dx * dx + dy * dy + dz * dz + 0.01f, f = body[j].mass / (d * sqrtf(d));
      a += f * dx;
      b += f * dy;
      c += f * dz;
    }
    force[i][0] = a;
    force[i][1] = b;
    force[i][2] = c;
  }
}
