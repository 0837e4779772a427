# The libraries of cmake/dependencies.cmake for MSVC, from vcpkg.json. Written from the ports' own documentation; no gate
# of this repository builds it (docs/dependencies.md).
foreach(package fmt yaml-cpp simdjson nlohmann_json pugixml CLI11 tl-expected pegtl MbedTLS utf8proc cmark)
  find_package(${package} CONFIG REQUIRED)
endforeach()
find_package(ZLIB REQUIRED)  # CMake's own module; the port has no package of that name
if(POLC_TESTS)
  find_package(Catch2 CONFIG REQUIRED)
endif()
set(POLC_FMT fmt::fmt)
set(POLC_YAML_CPP yaml-cpp::yaml-cpp)
set(POLC_PUGIXML pugixml::pugixml)
set(POLC_SIMDJSON simdjson::simdjson)
set(POLC_MBEDCRYPTO MbedTLS::mbedcrypto)
set(POLC_UTF8PROC utf8proc::utf8proc)
set(POLC_ZLIB ZLIB::ZLIB)
set(POLC_CMARK cmark::cmark)
