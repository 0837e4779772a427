# The libraries of cmake/dependencies.cmake for the cross build, under the same names; scripts/windows-dependencies
# makes their headers and archives.
set(POLC_MINGW ${PROJECT_SOURCE_DIR}/build/deps/mingw)
if(NOT EXISTS ${POLC_MINGW}/stamp)
  message(FATAL_ERROR "${POLC_MINGW} is missing: run 'scripts/setup windows' first")
endif()

# polc_mingw_library(TARGET [ARCHIVE]): a library by the name its own CMake package would give it.
function(polc_mingw_library name)
  add_library(${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${name} SYSTEM INTERFACE ${POLC_MINGW}/include)
  if(ARGC GREATER 1)
    target_link_libraries(${name} INTERFACE ${POLC_MINGW}/lib/lib${ARGV1}.a)
  endif()
endfunction()

foreach(headers fmt::fmt-header-only tl::expected taocpp::pegtl CLI11::CLI11 nlohmann_json::nlohmann_json Catch2::Catch2)
  polc_mingw_library(${headers})
endforeach()
target_compile_definitions(fmt::fmt-header-only INTERFACE FMT_HEADER_ONLY=1)
polc_mingw_library(yaml-cpp::yaml-cpp yaml-cpp)
polc_mingw_library(simdjson::simdjson simdjson)
polc_mingw_library(pugixml::pugixml pugixml)
polc_mingw_library(mbedcrypto::mbedcrypto mbedcrypto)
polc_mingw_library(utf8proc::utf8proc utf8proc)
target_compile_definitions(utf8proc::utf8proc INTERFACE UTF8PROC_STATIC)

set(POLC_FMT fmt::fmt-header-only)
set(POLC_YAML_CPP yaml-cpp::yaml-cpp)
set(POLC_PUGIXML pugixml::pugixml)
set(POLC_SIMDJSON simdjson::simdjson)
set(POLC_MBEDCRYPTO mbedcrypto::mbedcrypto)
set(POLC_UTF8PROC utf8proc::utf8proc)
