// Controllers of many motors, each with limits, over some time; a structure of arrays.
typedef struct {
  float position[64], speed[64], integral[64], last[64];
} Motors;
void kernel(Motors *m, const float *goal, long steps) {
  for (long t = 0; t < steps; t++)
    for (int i = 0; i < 64; i++) {
      float error = goal[i] - m->position[i], change = error - m->last[i];
      float sum = m->integral[i] + error * 0.01f;
      sum = sum > 5 ? 5 : sum < -5 ? -5 : sum;
      float force = 4 * error + 2 * sum + 9 * change;
      force = force > 10 ? 10 : force < -10 ? -10 : force;
      m->integral[i] = sum, m->last[i] = error;
      m->speed[i] += (force - 0.2f * m->speed[i]) * 0.01f;
      m->position[i] += m->speed[i] * 0.01f;
    }
}
