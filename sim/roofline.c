// The roofline as a picture: multiply-accumulates a cycle over those a byte of DRAM, both axes logarithmic,
// under what the tile unit and DRAM allow.
#include "sim/profile.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { WIDTH = 900, HEIGHT = 560, LEFT = 80, RIGHT = 250, TOP = 50, BOTTOM = 70, MOST_POINTS = 8 };

// A program or function: its rate and intensity.
typedef struct Point {
  const char *name;
  uint64_t macs;
  uint64_t cycles;
  uint64_t bytes;
} Point;

typedef struct Plot {
  const Machine *machine;
  Text *out;
  double x_low, x_high; // powers of ten, as exponents
  double y_low, y_high;
} Plot;

static double x_at(const Plot *plot, double intensity) {
  double share = (log10(intensity) - plot->x_low) / (plot->x_high - plot->x_low);
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}
static double y_at(const Plot *plot, double rate) {
  double share = (log10(rate) - plot->y_low) / (plot->y_high - plot->y_low);
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

static void text(const Plot *plot, double x, double y, const char *style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
static void text(const Plot *plot, double x, double y, const char *style, const char *format, ...) {
  Text plain = {0};
  va_list arguments;
  va_start(arguments, format);
  text_format_list(&plain, format, arguments);
  va_end(arguments);
  text_format(plot->out, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, style);
  for (size_t i = 0; i < plain.count; i++) {
    char c = plain.data[i];
    if (c == '<' || c == '>' || c == '&')
      text_format(plot->out, "&#%d;", c);
    else
      text_append_char(plot->out, c);
  }
  text_append_string(plot->out, "</text>\n");
  text_free(&plain);
}

static void draw_line(const Plot *plot, double x1, double y1, double x2, double y2, const char *style) {
  text_format(plot->out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n", x1, y1, x2, y2,
              style);
}

static void draw_axes(const Plot *plot) {
  double bottom = HEIGHT - BOTTOM;
  double right = WIDTH - RIGHT;
  for (int e = (int)plot->x_low; e <= (int)plot->x_high; e++) {
    double x = x_at(plot, pow(10, e));
    draw_line(plot, x, TOP, x, bottom, "stroke=\"#ddd\"");
    text(plot, x, bottom + 18, "text-anchor=\"middle\"", "%g", pow(10, e));
  }
  for (int e = (int)plot->y_low; e <= (int)plot->y_high; e++) {
    double y = y_at(plot, pow(10, e));
    draw_line(plot, LEFT, y, right, y, "stroke=\"#ddd\"");
    text(plot, LEFT - 8, y + 4, "text-anchor=\"end\"", "%g", pow(10, e));
  }
  draw_line(plot, LEFT, bottom, right, bottom, "stroke=\"#333\"");
  draw_line(plot, LEFT, TOP, LEFT, bottom, "stroke=\"#333\"");
  text(plot, (LEFT + right) / 2, HEIGHT - 24, "text-anchor=\"middle\"",
       "multiply-accumulates a byte of DRAM traffic");
  text(plot, 0, 0, "text-anchor=\"middle\" transform=\"translate(24 270) rotate(-90)\"",
       "multiply-accumulates a cycle");
}

// A roof from the slope of DRAM's bandwidth on.
static void draw_roof(const Plot *plot, const char *name, double peak, const char *colour) {
  Text style = {0};
  double bandwidth = (double)plot->machine->dram_bandwidth;
  double knee = peak / bandwidth;
  text_format(&style, "stroke=\"%s\" stroke-width=\"2\"", colour);
  draw_line(plot, x_at(plot, knee), y_at(plot, peak), WIDTH - RIGHT, y_at(plot, peak), text_string(&style));
  text_clear(&style);
  text_format(&style, "text-anchor=\"end\" fill=\"%s\"", colour);
  text(plot, WIDTH - RIGHT - 6, y_at(plot, peak) - 5, text_string(&style), "%s: %g", name, peak);
  text_free(&style);
}

static void draw_slope(const Plot *plot, double peak) {
  double bandwidth = (double)plot->machine->dram_bandwidth;
  double low = pow(10, plot->y_low) / bandwidth;
  double left = pow(10, plot->x_low);
  low = low > left ? low : left;
  draw_line(plot, x_at(plot, low), y_at(plot, low * bandwidth), x_at(plot, peak / bandwidth),
            y_at(plot, peak), "stroke=\"#333\" stroke-width=\"2\"");
  double middle = sqrt(low * (peak / bandwidth));
  text(plot, x_at(plot, middle) - 8, y_at(plot, middle * bandwidth) - 8, "text-anchor=\"end\"",
       "DRAM: %g bytes/cycle", bandwidth);
}

static double intensity_of(const Plot *plot, const Point *point) {
  // Without any traffic: at the right end.
  double intensity = point->bytes ? (double)point->macs / (double)point->bytes : pow(10, plot->x_high);
  double low = pow(10, plot->x_low);
  double high = pow(10, plot->x_high);
  return intensity < low ? low : intensity > high ? high : intensity;
}

static void draw_points(const Plot *plot, const Point *points, size_t count) {
  static const char *const colours[] = {"#c00", "#06c", "#080", "#b60", "#708",
                                        "#088", "#850", "#555", "#000"};
  for (size_t i = 0; i < count; i++) {
    const Point *point = &points[i];
    const char *colour = colours[i % (sizeof colours / sizeof colours[0])];
    double rate = (double)point->macs / (double)(point->cycles ? point->cycles : 1);
    double low = pow(10, plot->y_low);
    double x = x_at(plot, intensity_of(plot, point));
    double y = y_at(plot, rate < low ? low : rate);
    text_format(plot->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>\n", x, y, i ? 4 : 6,
                colour);
    // The legend beside the plot, so that names never cover one another.
    double line = TOP + 10 + 34 * (double)i;
    text_format(plot->out, "<circle cx=\"%d\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>\n", WIDTH - RIGHT + 16,
                line - 4, i ? 4 : 6, colour);
    text(plot, WIDTH - RIGHT + 28, line, "", "%.24s", point->name);
    text(plot, WIDTH - RIGHT + 28, line + 14, "fill=\"#666\" font-size=\"11\"",
         "%.4g MACs/cycle, %.3g MACs/byte", rate,
         point->bytes ? (double)point->macs / (double)point->bytes : INFINITY);
  }
}

static int compare_points(const void *left, const void *right) {
  const Point *a = left;
  const Point *b = right;
  if (a->macs != b->macs)
    return a->macs < b->macs ? 1 : -1;
  return strcmp(a->name, b->name);
}

// The program first, then the functions that multiply, those that do most of it.
static size_t find_points(const Sim *sim, Point points[MOST_POINTS]) {
  const SimCounters *counters = &sim->counters;
  points[0] = (Point){"the program", counters->macs_int8 + counters->macs_half + counters->macs_float,
                      counters->cycles, counters->dram_read_bytes + counters->dram_written_bytes};
  if (points[0].macs == 0)
    return 0;
  size_t slots_count = 0;
  const ProfileSlot *slots = sim->profile ? profile_slots(sim->profile, &slots_count) : NULL;
  VEC(Point) functions = {0};
  for (size_t i = 0; i < slots_count; i++) {
    const SimSymbol *symbol = profile_function(sim, slots[i].pc);
    const char *name = symbol ? symbol->name : "[unknown]";
    if (!functions.count || strcmp(VEC_LAST(&functions).name, name) != 0) {
      Point fresh = {.name = name};
      VEC_PUSH(&functions, fresh);
    }
    Point *point = &VEC_LAST(&functions);
    point->macs += slots[i].macs;
    point->cycles += slots[i].cycles;
    point->bytes += slots[i].dram;
  }
  if (functions.count)
    qsort(functions.data, functions.count, sizeof *functions.data, compare_points);
  size_t count = 1;
  for (size_t i = 0; i < functions.count && count < MOST_POINTS && functions.data[i].macs; i++)
    points[count++] = functions.data[i];
  VEC_FREE(&functions);
  return count;
}

void sim_roofline_svg(const Sim *sim, Text *out) {
  const Machine *machine = &sim->machine;
  double tile = machine_tile(machine);
  double peak = tile * tile * 4;
  double knee = peak / (double)machine->dram_bandwidth;
  Plot plot = {machine,          out, floor(log10(knee)) - 2, ceil(log10(knee)) + 1, floor(log10(peak)) - 2,
               ceil(log10(peak))};
  text_format(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
              "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" "
              "fill=\"#fff\"/>\n",
              WIDTH, HEIGHT, WIDTH, HEIGHT);
  text(&plot, LEFT, 28, "font-size=\"16\"", "Roofline of machine %s, tile unit", machine->name);
  draw_axes(&plot);
  draw_slope(&plot, peak);
  draw_roof(&plot, "int8", peak, "#333");
  draw_roof(&plot, "fp16, bf16", peak / 2, "#777");
  draw_roof(&plot, "fp32", peak / 4, "#aaa");
  Point points[MOST_POINTS];
  size_t count = find_points(sim, points);
  if (count == 0)
    text(&plot, LEFT + 20, HEIGHT - BOTTOM - 20, "fill=\"#c00\"",
         "the program multiplied nothing on the tile unit");
  draw_points(&plot, points, count);
  text_append_string(out, "</svg>\n");
}
