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
