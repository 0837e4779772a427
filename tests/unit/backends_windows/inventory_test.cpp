// Volumes, certificates and features.
#include <windows.h>
// After windows.h, which it needs.
#include <wincrypt.h>

#include <algorithm>
#include <array>

#include "runtime/backends/windows/collectors.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;
using value::EvidenceSection;
using value::FactStatus;

TEST_CASE("drive C is a volume with a file system; its encryption is unknown") {
  value::Evidence evidence;
  collect_volumes(evidence, nullptr);
  const auto& rows = evidence.volumes.rows;
  const auto c = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.name == "C:"; });
  REQUIRE(c != rows.end());
  CHECK_FALSE(c->filesystem.empty());
  CHECK(c->encrypted.status == FactStatus::Unknown);
  CHECK(c->encrypted.unknown.reason == value::UnknownReason::Unsupported);
  CHECK(evidence.volumes.complete);
}

TEST_CASE("features of Windows are unknown: asking for them writes to the machine") {
  value::Evidence evidence;
  collect_windows_features(evidence, nullptr);
  CHECK(evidence.windows_features.rows.empty());
  CHECK_FALSE(evidence.windows_features.complete);
  CHECK(evidence.windows_features.unreadable->reason == value::UnknownReason::Unsupported);
}

TEST_CASE("only the certificate stores that are asked for are opened") {
  value::Evidence evidence;
  PlanSlice slice;
  slice.add_object(EvidenceSection::Certificates, "Root");
  collect_certificates(evidence, &slice);
  REQUIRE(evidence.certificates.size() == 1);
  const auto& root = evidence.certificates.at("ROOT");
  CHECK(root.collected);
  CHECK(root.complete);
  for (const auto& row : root.rows) {
    CHECK(row.store == "Root");
    CHECK(row.thumbprint.size() == 40);
    CHECK_FALSE(row.subject.empty());
    CHECK(row.has_private_key.present());
  }
}

TEST_CASE("two spellings of one certificate store are one store") {
  value::Evidence evidence;
  PlanSlice slice;
  slice.add_object(EvidenceSection::Certificates, "Root");
  collect_certificates(evidence, &slice);
  const std::size_t once = evidence.certificates.at("ROOT").rows.size();
  slice.add_object(EvidenceSection::Certificates, "root");
  value::Evidence both;
  collect_certificates(both, &slice);
  CHECK(both.certificates.size() == 1);
  CHECK(both.certificates.at("ROOT").rows.size() == once);
}

TEST_CASE("a certificate store that does not exist is absent") {
  value::Evidence evidence;
  PlanSlice slice;
  slice.add_object(EvidenceSection::Certificates, "polc-test-none");
  collect_certificates(evidence, &slice);
  const auto& store = evidence.certificates.at("POLC-TEST-NONE");
  CHECK(store.rows.empty());
  CHECK((store.object_missing || store.unreadable));
}

TEST_CASE("without a slice every certificate store is read") {
  value::Evidence evidence;
  collect_certificates(evidence, nullptr);
  CHECK(evidence.certificates.contains("ROOT"));
}
