// Particles as structures: they move, and turn round at the walls.
typedef struct {
  float x, y, z, u, v, w, mass, age;
} Particle;
void kernel(Particle *p) {
  for (int i = 0; i < 1000; i++) {
    p[i].w -= 9.81f * 0.01f;
    p[i].x += p[i].u * 0.01f;
    p[i].y += p[i].v * 0.01f;
    p[i].z += p[i].w * 0.01f;
    if (p[i].z < 0)
      p[i].z = -p[i].z, p[i].w = -0.8f * p[i].w;
    p[i].age += 0.01f;
  }
}
