# Functions for tests. Each is seen by ctest under a label: unit, lit, e2e, fuzz or lint.
include(GoogleTest)

# kiln_unit_test(NAME SOURCES source... LINK library...): an executable of tests written in C against
# tests/harness/harness.h. Each TEST(Suite, Name) becomes the ctest test NAME/Suite.Name. The tests are listed
# when ctest runs, so that a build of some targets only can be tested as well.
function(kiln_unit_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kiln_harness ${ARG_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  gtest_discover_tests(${name}
    TEST_PREFIX ${name}/
    DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

# kiln_fuzz_target(NAME SOURCES source... LINK library... [RUNS count]): a fuzz target (tests/fuzz/fuzz.h) with
# its seed inputs in corpus/NAME/. With KILN_FUZZ it is a libFuzzer binary; else the project's own driver runs
# the seed inputs and `count` mutations of them (default 2000), the same ones each time, as the test fuzz-NAME.
function(kiln_fuzz_target name)
  cmake_parse_arguments(ARG "" "RUNS" "SOURCES;LINK" ${ARGN})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE ${ARG_LINK})
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(KILN_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  if(NOT ARG_RUNS)
    set(ARG_RUNS 2000)
  endif()
  target_link_libraries(fuzz_${name} PRIVATE kiln_fuzz_driver)
  add_test(NAME fuzz-${name}
    COMMAND fuzz_${name} --runs ${ARG_RUNS} ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
  set_tests_properties(fuzz-${name} PROPERTIES LABELS fuzz TIMEOUT 600)
endfunction()
