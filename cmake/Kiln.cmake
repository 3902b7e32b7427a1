# The project's build rules: one static library per folder, tools beside the library they drive.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

option(KILN_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(KILN_FUZZ "Build the libFuzzer targets (needs clang)" OFF)

add_compile_options(-Wall -Wextra -Werror)
add_compile_definitions(_GNU_SOURCE)
if(KILN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(KILN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# All tools land in one place, so that a build folder's bin/ can go on PATH.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBELF REQUIRED IMPORTED_TARGET libelf)
pkg_check_modules(LIBDW REQUIRED IMPORTED_TARGET libdw)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)

set(KILN_LLVM_VERSION 22)
# The version is compared by hand: LLVM's own check wants the minor version as well.
find_package(LLVM CONFIG QUIET HINTS /usr/lib/llvm-${KILN_LLVM_VERSION}/lib/cmake/llvm)
if(NOT LLVM_FOUND OR NOT LLVM_VERSION_MAJOR EQUAL KILN_LLVM_VERSION)
  message(FATAL_ERROR
    "Kiln is built against LLVM ${KILN_LLVM_VERSION}, which was not found.\n"
    "On Debian: apt-get install llvm-${KILN_LLVM_VERSION}-dev, or let ./run install what is missing.\n"
    "Elsewhere: pass -DLLVM_DIR=<prefix>/lib/cmake/llvm.")
endif()

# kiln_library(NAME SOURCES source... LINK library...): the static library of one folder.
# Headers are spelled from the root ("isa/isa.h").
function(kiln_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# The target "tools" builds all of the command-line tools and no test.
add_custom_target(tools)

# kiln_tool(NAME SOURCES source... LINK library...): one command-line tool.
function(kiln_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  add_dependencies(tools ${name})
endfunction()
