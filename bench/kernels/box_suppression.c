// Boxes that overlap a better one by more than half are dropped.
void kernel(float corner[120][2], float size[120][2], unsigned char *dropped) {
  for (int i = 0; i < 120; i++)
    dropped[i] = 0;
  for (int i = 0; i < 120; i++) {
    if (dropped[i])
      continue;
    for (int j = i + 1; j < 120; j++) {
      float left = corner[i][0] > corner[j][0] ? corner[i][0] : corner[j][0];
      float top = corner[i][1] > corner[j][1] ? corner[i][1] : corner[j][1];
      float a = corner[i][0] + size[i][0], b = corner[j][0] + size[j][0], right = a < b ? a : b;
      float c = corner[i][1] + size[i][1], d = corner[j][1] + size[j][1], bottom = c < d ? c : d;
      float w = right - left, h = bottom - top, both = (w > 0 ? w : 0) * (h > 0 ? h : 0);
      float all = size[i][0] * size[i][1] + size[j][0] * size[j][1] - both;
      if (both > 0.5f * all)
        dropped[j] = 1;
    }
  }
}
