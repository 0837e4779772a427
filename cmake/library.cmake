# polc_library(NAME SOURCES... [USES libraries...]): a static library of one folder. It sees only headers of the
# libraries it names, so an include against the dependency rule does not link.
function(polc_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_PRIVATE_USES})
  polc_warnings(${name})
endfunction()

function(polc_warnings target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 /permissive- /Zc:preprocessor /utf-8 $<$<BOOL:${POLC_WERROR}>:/WX>)
  else()
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion $<$<BOOL:${POLC_WERROR}>:-Werror>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # False positives of gcc 12 on std::string concatenation: https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651
      target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
  endif()
endfunction()
