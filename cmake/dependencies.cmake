# Every third-party library polc uses; docs/dependencies.md says why each earns its place.
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(pugixml REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(pegtl REQUIRED)
find_package(Threads REQUIRED)

find_library(MBEDCRYPTO_LIBRARY mbedcrypto REQUIRED)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)

if(POLC_TESTS)
  find_package(Catch2 REQUIRED)
endif()
