// The stages of a link, in their order.
#include "linker/script.h"

// File 0 is the linker's own: what it makes itself belongs there.
static void start(Linker *linker) {
  InputFile own = {.name = "<linker>", .significant = NONE};
  VEC_PUSH(&linker->files, own);
  linker->got_section = NONE;
  linker->build_id_section = NONE;
  linker->frame_header = NONE;
  linker->copy_table = NONE;
}

// Reads the script, and takes what it says about options into a copy of them.
static bool read_script(Linker *linker, LinkerOptions *options) {
  const LinkerInput *input = linker->options->script;
  *options = *linker->options;
  linker->options = options;
  if (!input)
    return true;
  Script *script = script_read(input, linker->options->loader, &linker->arena, linker->diagnostics);
  linker->script = script;
  if (!script)
    return false;
  if (!options->entry && script->entry && strcmp(script->entry, "_start") != 0)
    options->entry = script->entry;
  const char **undefined =
      ARENA_ARRAY(&linker->arena, const char *, options->undefined_count + script->externs.count);
  for (size_t i = 0; i < options->undefined_count; i++)
    undefined[i] = options->undefined[i];
  for (size_t i = 0; i < script->externs.count; i++)
    undefined[options->undefined_count++] = script->externs.data[i];
  options->undefined = undefined;
  return true;
}

// Reads all inputs, then the archive members they need. Symbols the options name are wanted from the start.
static bool read_inputs(Linker *linker, const LinkerInput *inputs, size_t count) {
  const LinkerOptions *options = linker->options;
  const char *entry = options->entry ? options->entry : "_start";
  Name name = link_symbol_named(linker, entry, strlen(entry));
  linker->symbols.data[name].wanted = true; // but not missed: a program may have no entry
  for (size_t i = 0; i < options->undefined_count; i++)
    link_want_symbol(linker, link_symbol_named(linker, options->undefined[i], strlen(options->undefined[i])));
  bool good = link_define_from_options(linker);
  for (size_t i = 0; i < count; i++)
    good = link_read_input(linker, &inputs[i]) && good;
  good = good && link_load_pending(linker);
  if (good)
    link_finish_definitions(linker);
  return good && linker->diagnostics->errors == 0;
}

// Leaves out of the live sections what is not needed, and makes those of the linker's own.
static bool shrink_contents(Linker *linker) {
  const LinkerOptions *options = linker->options;
  if (options->relocatable) {
    link_drop_dead_frames(linker);
    return link_check_relocations(linker);
  }
  link_provide_symbols(linker);
  if (options->fold_functions)
    link_fold_functions(linker);
  if (!link_place_spm_frames(linker))
    return false;
  if (options->optimize)
    link_merge_sections(linker);
  link_add_copy_table(linker);
  link_drop_dead_frames(linker);
  if (options->frame_header)
    link_add_frame_header(linker);
  if (!link_delete_surplus_alignment(linker) || !link_scan_relocations(linker))
    return false;
  if (options->build_id)
    link_add_build_id(linker);
  return true;
}

static bool link_stages(Linker *linker, const LinkerInput *inputs, size_t count, LinkerOutput *output) {
  LinkerOptions options;
  start(linker);
  if (!read_script(linker, &options) || !read_inputs(linker, inputs, count))
    return false;
  link_prepare_relocations(linker);
  if (!link_choose_machine(linker) || !link_merge_attributes(linker))
    return false;

  // From here on the set of files and the winners among symbols are final.
  if (!linker->options->relocatable)
    link_place_commons(linker);
  link_script_match(linker);
  if (!link_read_frames(linker) || !link_mark_alive(linker))
    return false;

  if (!link_explain(linker, &output->why))
    return false;

  // From here on it is final which sections go out; next, what is left of each.
  if (!shrink_contents(linker))
    return false;

  // From here on nothing is undefined, and sizes change only where instructions become shorter.
  if (!link_gather_sections(linker) || !link_relax(linker))
    return false;

  // From here on addresses are final.
  if (linker->script && !link_script_check(linker))
    return false;
  if ((!linker->options->relocatable && !link_set_entry(linker)) || !link_write_image(linker, output))
    return false;
  if (linker->options->want_map)
    link_write_map(linker, &output->map);
  if (linker->options->want_usage)
    link_write_usage(linker, &output->usage);
  if (linker->options->want_discarded)
    link_write_discarded(linker, &output->discarded);
  return true;
}

static void release(Linker *linker) {
  script_free(linker->script);
  VEC_FREE(&linker->files);
  VEC_FREE(&linker->sections);
  VEC_FREE(&linker->members);
  VEC_FREE(&linker->pending);
  VEC_FREE(&linker->symbols);
  VEC_FREE(&linker->spm_chains);
  VEC_FREE(&linker->section_groups);
  VEC_FREE(&linker->frames);
  VEC_FREE(&linker->got);
  VEC_FREE(&linker->outputs);
  VEC_FREE(&linker->placed);
  VEC_FREE(&linker->segments);
  text_free(&linker->attributes);
  text_free(&linker->note);
  intern_free(&linker->names);
  intern_free(&linker->groups);
  arena_free(&linker->arena);
}

bool linker_link(const LinkerOptions *options, const LinkerInput *inputs, size_t input_count,
                 LinkerOutput *output, Diagnostics *diagnostics) {
  *output = (LinkerOutput){0};
  Linker linker = {.options = options, .diagnostics = diagnostics};
  bool good = link_stages(&linker, inputs, input_count, output);
  release(&linker);
  if (!good)
    linker_output_free(output);
  return good;
}

void linker_output_free(LinkerOutput *output) {
  text_free(&output->image);
  text_free(&output->map);
  text_free(&output->usage);
  text_free(&output->why);
  text_free(&output->discarded);
}
