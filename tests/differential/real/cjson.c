// cJSON: reading, changing, printing, comparing, and refusing.
#include "cJSON.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const cJSON *item) {
  char *text = cJSON_Print(item);
  puts(text ? text : "nothing");
  free(text);
}

int main(void) {
  static const char *const texts[] = {
      "{\"name\": \"K1\", \"vector\": {\"bits\": 512, \"registers\": 32}, \"clock\": 0.8e9, \"empty\": [], "
      "\"null\": null}",
      "[1, -2.5, 3e-7, 1e300, true, false, \"\\u00e4\\ud834\\udd1e\\n\", [[[]]], {\"a\": {\"b\": {\"c\": "
      "0.1}}}]",
      "[1, 2",
      "{\"a\" 1}",
      "\"\\ud800\"",
      "  12345678901234567890  ",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    cJSON *json = cJSON_Parse(texts[i]);
    if (!json) {
      printf("error at %d\n", (int)(cJSON_GetErrorPtr() - texts[i]));
      continue;
    }
    cJSON *copy = cJSON_Duplicate(json, 1);
    printf("equal %d\n", cJSON_Compare(json, copy, 1));
    if (cJSON_IsObject(json)) {
      cJSON_AddNumberToObject(json, "added", 17.25);
      cJSON_DeleteItemFromObject(json, "clock");
      printf("equal %d\n", cJSON_Compare(json, copy, 1));
    }
    show(json);
    char *flat = cJSON_PrintUnformatted(copy);
    printf("%zu %s\n", strlen(flat), flat);
    free(flat);
    cJSON_Delete(copy);
    cJSON_Delete(json);
  }
  cJSON *array = cJSON_CreateArray();
  for (int i = 0; i < 200; i++)
    cJSON_AddItemToArray(array, cJSON_CreateNumber((i * 7919 % 1000) / 8.0));
  char *flat = cJSON_PrintUnformatted(array);
  puts(flat);
  free(flat);
  cJSON_Delete(array);
  return 0;
}
