// Facts written as a .reg file, imported by regedit and read back from the live registry are the same facts; and what
// regedit exports is what the live registry shows.
#include "runtime/backends/reg/reg.hpp"
#include "runtime/backends/windows/windows_backend.hpp"
#include "runtime/os/file_system.hpp"
#include "runtime/os/process.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/reg_writer.hpp"
#include "tests/unit/backends_windows/registry_fixture.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

std::string windows_folder() {
  wchar_t folder[MAX_PATH];
  REQUIRE(GetWindowsDirectoryW(folder, MAX_PATH) != 0);
  return os::utf8_text(folder);
}

/// A file of this process among the temporary ones.
std::string temporary(const std::string& name) {
  wchar_t folder[MAX_PATH];
  REQUIRE(GetTempPathW(MAX_PATH, folder) != 0);
  return os::utf8_text(folder) + "polc-" + std::to_string(GetCurrentProcessId()) + '-' + name;
}

void regedit(const std::vector<std::string>& arguments) {
  os::ProcessRequest request;
  request.command = {windows_folder() + "\\regedit.exe"};
  request.command.insert(request.command.end(), arguments.begin(), arguments.end());
  request.time_limit = std::chrono::seconds(60);
  request.output_limit = 1U << 20U;
  const os::ProcessResult result = os::run_process(request);
  CAPTURE(result.output, result.errors, result.detail);
  REQUIRE(result.end == os::ProcessEnd::Exited);
  REQUIRE(result.code == 0);
}

value::RegistryEvidence live(const std::string& root) {
  PlanSlice slice;
  slice.add_registry_tree(value::folded(root));
  base::DiagnosticSink sink;
  auto pieces = windows_backend().collect({}, {.slice = &slice}, sink);
  REQUIRE(pieces);
  return std::move(pieces->front().registry);
}

/// What the .reg backend reads in a file of the disk.
value::RegistryEvidence exported(const std::string& path) {
  const auto disk = os::real_file_system();
  test::FileTarget target;
  target.add("export.reg", disk->read(path, SIZE_MAX).text);
  auto all = reg_backend().collect(target.file("export.reg"), {}, target.sink);
  CAPTURE(target.messages());
  REQUIRE(all);
  CHECK(target.messages().empty());
  return std::move(all->front().registry);
}

}  // namespace

TEST_CASE("regedit: what is imported from a written .reg file is what was written") {
  const std::string file = temporary("import.reg");
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    test::TestKey key;
    const auto facts = test::made_up_registry(key.path(), seed);
    REQUIRE_FALSE(os::real_file_system()->write_whole(file, test::reg_file(facts)));
    regedit({"/S", file});
    CHECK(test::registry_text(live(key.path()), key.path()) == test::registry_text(facts, key.path()));
  }
  DeleteFileW(os::wide_text(file)->c_str());
}

TEST_CASE("regedit: what it exports is read as what the live registry shows") {
  test::TestKey key;
  const std::string import = temporary("import.reg"), file = temporary("export.reg");
  REQUIRE_FALSE(os::real_file_system()->write_whole(
      import, test::reg_file(test::made_up_registry(key.path(), 4, false))));
  regedit({"/S", import});
  regedit({"/E", file, "HKEY_LOCAL_MACHINE" + key.path().substr(4)});
  CHECK(test::registry_text(exported(file), key.path()) == test::registry_text(live(key.path()), key.path()));
  for (const std::string& made : {import, file}) DeleteFileW(os::wide_text(made)->c_str());
}
