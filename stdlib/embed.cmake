# cmake -DFOLDER=stdlib/std -DOUTPUT=modules.cpp -P embed.cmake: writes the .pol files as byte arrays, because string
# literals are limited to 16 KiB by some compilers.
file(GLOB files LIST_DIRECTORIES false "${FOLDER}/*.pol")
list(SORT files)

set(arrays "")
set(rows "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char k_${name}[] = {\n${bytes}};\n\n")
  string(APPEND rows "    {\"std.${name}\", \"std/${name}.pol\", text(k_${name})},\n")
endforeach()

file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
// Made from stdlib/std/*.pol.
#include <cstddef>

#include "stdlib/embedded.hpp"

namespace polc::stdlib {
namespace {

@arrays@template <std::size_t N>
std::string_view text(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

}  // namespace

std::span<const Module> modules() {
  static const Module all[] = {
@rows@  };
  return all;
}

}  // namespace polc::stdlib
]])

file(TOUCH "${OUTPUT}")
