#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include "runtime/base/limits.hpp"
#include "runtime/os/system.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::os;

TEST_CASE("windows: UTF-16 and UTF-8, and what is neither") {
  CHECK(utf8_text(L"Größe 日本 😀") == "Größe 日本 😀");
  CHECK(wide_text("Größe 日本 😀") == std::wstring(L"Größe 日本 😀"));
  CHECK(wide_text("") == std::wstring());
  CHECK(utf8_text(L"").empty());
  CHECK_FALSE(wide_text("a\xFF").has_value());
  CHECK_FALSE(wide_text(std::string_view("a\0b", 3)).has_value());
  CHECK(utf8_text(std::wstring{0xD800, L'x'}) == "\xEF\xBF\xBDx");
}

TEST_CASE("windows: an error is told in words with its number") {
  CHECK(error_text(ERROR_ACCESS_DENIED).find(" (error 5)") != std::string::npos);
  CHECK(error_text(0x20000001) == "error 536870913");
}

TEST_CASE("windows: variables are read as UTF-16, and an empty one is not a missing one") {
  const auto system = real_system();
  SetEnvironmentVariableW(L"POLC_GRÖSSE", L"日本");
  SetEnvironmentVariableW(L"POLC_LEER", L"");
  CHECK(system->variable("POLC_GRÖSSE") == std::string("日本"));
  CHECK(system->variable("POLC_LEER") == std::string());
  CHECK_FALSE(system->variable("POLC_MISSING").has_value());
}

TEST_CASE("windows: a secret of a variable is bounded") {
  const auto system = real_system();
  const auto size_of_secret = [&](std::size_t size) {
    SetEnvironmentVariableW(L"POLC_SECRET", std::wstring(size, L'x').c_str());
    const auto secret = system->secret_variable("POLC_SECRET");
    return secret ? secret->size() : 0;
  };
  CHECK(size_of_secret(limits::kSecretBytes) == limits::kSecretBytes);
  CHECK(size_of_secret(limits::kSecretBytes + 1) == 0);
  SetEnvironmentVariableW(L"POLC_SECRET", std::wstring(limits::kSecretBytes / 2, L'ö').c_str());
  CHECK(system->secret_variable("POLC_SECRET").has_value());
  SetEnvironmentVariableW(L"POLC_SECRET", std::wstring(limits::kSecretBytes / 2 + 1, L'ö').c_str());
  CHECK_FALSE(system->secret_variable("POLC_SECRET").has_value());
  CHECK_FALSE(system->secret_variable("POLC_MISSING").has_value());
}

TEST_CASE("windows: a secret of a descriptor loses one line end, and a closed descriptor has none") {
  const auto system = real_system();
  int ends[2];
  REQUIRE(_pipe(ends, 4096, _O_TEXT) == 0);
  REQUIRE(_setmode(ends[1], _O_BINARY) != -1);
  REQUIRE(_write(ends[1], "geheim\n\r\n", 9) == 9);
  _close(ends[1]);
  const auto secret = system->secret_descriptor(ends[0]);
  REQUIRE(secret.has_value());
  CHECK(secret->view() == "geheim\n");
  _close(ends[0]);
  CHECK_FALSE(system->secret_descriptor(ends[0]).has_value());
  CHECK_FALSE(system->secret_descriptor(-1).has_value());
}

TEST_CASE("windows: without a console there is nothing to ask and a standard width") {
  const auto system = real_system();
  if (system->is_terminal(Stream::Out)) {
    WARN("skipped: this runs on a console");
    return;
  }
  CHECK(system->width(Stream::Out) == kDefaultWidth);
  CHECK(system->is_windows());
  CHECK(system->now() > 1'700'000'000);
}
