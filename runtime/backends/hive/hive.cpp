#include "runtime/backends/hive/hive.hpp"

#include <algorithm>
#include <list>

#include "runtime/backends/hive/hive_files.hpp"
#include "runtime/backends/hive/hive_owner.hpp"
#include "runtime/backends/hive/hive_reader.hpp"
#include "runtime/backends/hive/registry_rows.hpp"
#include "runtime/backends/hive/sections.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/os/file_system.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace hive {
namespace {

using value::Evidence;
using value::EvidenceSection;
using value::FactStatus;
using value::HostRole;
using value::Unknown;
using value::UnknownReason;

/// Windows' clock starts in 1601 and counts 100 ns.
std::optional<std::int64_t> unix_time(std::uint64_t filetime) {
  constexpr std::uint64_t kSecondsBefore1970 = 11'644'473'600;
  const std::uint64_t seconds = filetime / 10'000'000;
  if (seconds < kSecondsBefore1970) return std::nullopt;
  return static_cast<std::int64_t>(seconds - kSecondsBefore1970);
}

/// The key that the command line says a saved copy is of; nullopt when it says none. HKLM and HKU themselves are in no
/// file.
std::optional<std::string> labelled_key(const Target& target) {
  auto key = value::canonical_registry_key(target.label);
  return key && key->find('\\') != std::string::npos ? key : std::nullopt;
}

/// The hives of a target. Others lie beside them and are asked only what kind of machine it is.
class HiveTarget {
 public:
  HiveTarget(const Target& target, base::DiagnosticSink& sink) : target_(target), sink_(sink) {}

  /// False, and reported, when the target cannot be believed.
  bool open() {
    if (target_.kind == os::FileKind::Folder) return open_folder();
    HiveFile& file = hives_.emplace_back(os::file_name(target_.name), std::string(target_.name));
    return file.open(target_.bytes, target_.files, sink_) && is_placed(file);
  }

  HiveFile* find(HiveKind kind) {
    const auto found =
        std::find_if(hives_.begin(), hives_.end(), [&](const auto& f) { return f.kind() == kind; });
    return found == hives_.end() ? nullptr : &*found;
  }

  /// That hive of the target, or one beside the target's file.
  HiveFile* find_or_beside(HiveKind kind, std::string_view stem) {
    if (HiveFile* own = find(kind)) return own;
    if (target_.files == nullptr || target_.kind == os::FileKind::Folder) return nullptr;
    const auto path = find_hive(*target_.files, stem);
    if (!path) return nullptr;
    base::DiagnosticSink nobody;  // it was not asked for: unread, it is as good as missing
    HiveFile& file = beside_.emplace_back(*path, target_.files->display_name(*path));
    return file.read(*target_.files, nobody) && file.kind() == kind ? &file : nullptr;
  }

  std::list<HiveFile>& hives() { return hives_; }

 private:
  bool open_folder() {
    for (const std::string& path : hive_names(*target_.files)) {
      HiveFile& file = hives_.emplace_back(path, target_.files->display_name(path));
      if (!file.read(*target_.files, sink_) || !is_placed(file)) return false;
      const auto same = std::find_if(hives_.begin(), hives_.end(), [&](const auto& f) {
        return f.kind() == file.kind() && is_default_hive(f.path()) == is_default_hive(file.path());
      });
      if (&*same != &file) {
        sink_.add(diag::SameHive{
            .name = file.name(), .other = same->name(), .hive = std::string(file.identity().name)}
                      .at());
        return false;
      }
    }
    return !hives_.empty();
  }

  bool is_placed(const HiveFile& file) {
    if (file.kind() == HiveKind::Unknown && labelled_key(target_)) return true;
    if (file.kind() == HiveKind::Unknown) {
      sink_.add(diag::UnknownHive{.name = file.name()}.at());
    } else if (file.kind() == HiveKind::Other) {
      sink_.add(
          diag::HiveWithoutAnswers{.name = file.name(), .hive = std::string(file.identity().name)}.at());
    } else {
      return true;
    }
    return false;
  }

  const Target& target_;
  base::DiagnosticSink& sink_;
  std::list<HiveFile> hives_;
  std::list<HiveFile> beside_;
};

/// Evidence of all hives of a target.
class Collector {
 public:
  Collector(const Target& target, const PlanSlice* slice, HiveTarget& hives, base::DiagnosticSink& sink)
      : target_(target), slice_(slice), hives_(hives), sink_(sink) {
    evidence_.backend = "hive";
    evidence_.target = std::string(target.name);
  }

  std::optional<Evidence> collect() {
    for (HiveFile& file : hives_.hives()) {
      const auto written = unix_time(file.hive().header().last_written);
      evidence_.collected_at = std::max(evidence_.collected_at, written);
      if (!readers_.emplace_back(file, evidence_).root().present() || !read(readers_.back()))
        return std::nullopt;
    }
    read_role();
    close_firewall();
    return std::move(evidence_);
  }

 private:
  bool wants(EvidenceSection section) const { return needs(slice_, section); }

  bool read(HiveReader& reader) {
    switch (reader.file().kind()) {
      case HiveKind::System:
        read_system(reader);
        return true;
      case HiveKind::Software:
        read_software(reader);
        return true;
      case HiveKind::Sam:
        sam_ = &reader;  // waits for the role
        return true;
      case HiveKind::Security:
        security_ = &reader;
        if (wants(EvidenceSection::UserRights)) read_user_rights(reader);
        if (wants(EvidenceSection::AuditPolicy)) read_audit_policy(reader);
        return true;
      case HiveKind::User:
        return read_user(reader);
      case HiveKind::Unknown:
        read_registry(reader, {.prefix = *labelled_key(target_), .current_control_set = 1, .user = {}},
                      slice_);
        return true;
      case HiveKind::Other:
        break;
    }
    return false;
  }

  void read_system(HiveReader& reader) {
    system_ = &reader;
    read_system_host(reader);
    if (wants(EvidenceSection::Services)) read_services(reader);
    if (wants(EvidenceSection::Shares)) read_shares(reader);
    if (wants(EvidenceSection::Firewall)) read_local_firewall(reader);
    const NumberReading current = current_control_set(reader);
    if (!current.present()) {
      const Unknown missing{UnknownReason::Corrupt, {}, "Select does not name the current control set"};
      return refuse_registry(evidence_, "HKLM\\SYSTEM",
                             current.status == FactStatus::Unknown ? current.unknown : missing);
    }
    read_registry(reader, {.prefix = "HKLM\\SYSTEM", .current_control_set = current.value, .user = {}},
                  slice_);
  }

  void read_software(HiveReader& reader) {
    read_software_host(reader);
    if (wants(EvidenceSection::Users)) read_profiles(reader);
    if (wants(EvidenceSection::Firewall)) read_policy_firewall(reader);
    read_registry(reader, {.prefix = "HKLM\\SOFTWARE", .current_control_set = 1, .user = {}}, slice_);
  }

  bool read_user(HiveReader& reader) {
    const auto user = owner_of(reader, target_.label, target_.files);
    if (!user) {
      sink_.add(diag::WhoseHive{.name = reader.file().name()}.at());
      return false;
    }
    value::UserProfileEvidence row;
    row.sid = *user;
    row.origin = reader.root().origin;
    auto& users = evidence_.users;
    std::erase_if(users.rows, [&](const auto& other) { return other.sid == *user; });
    users.rows.push_back(std::move(row));
    users.collected = true;
    read_registry(reader, {.prefix = "HKU\\" + *user, .current_control_set = 1, .user = *user}, slice_);
    return true;
  }

  /// Which machine it is, and what of its SAM that lets be believed.
  void read_role() {
    if (system_ == nullptr && security_ == nullptr && sam_ == nullptr) return;
    HiveReader* system = system_ != nullptr ? system_ : beside(HiveKind::System, "SYSTEM");
    HiveReader* security = security_;
    if (system == nullptr && security == nullptr) security = beside(HiveKind::Security, "SECURITY");
    if (system_ == nullptr && system != nullptr) read_system_host(*system);  // whose hives these are
    const auto controller = is_controller(system, security);
    value::HostEvidence& host = evidence_.host;
    host.role = role_of(system, security);
    if (system_ != nullptr) read_domain();
    if (security_ != nullptr) host.domain_sid = primary_domain_sid(*security_);
    if (controller.present() && !controller.value) {
      if (security_ != nullptr) host.machine_sid = account_domain_sid(*security_);
      if (sam_ != nullptr) check_and_read_sam();
    } else if (sam_ != nullptr) {
      const Unknown repair{
          UnknownReason::Unsupported,
          {},
          "the SAM of a domain controller holds the accounts of its repair mode; its domain's are in "
          "the directory"};
      refuse_sam(evidence_, slice_, controller.present() ? repair : controller.unknown);
    }
  }

  void read_domain() {
    value::HostEvidence& host = evidence_.host;
    if (!host.role.present()) return;
    if (host.role.value == HostRole::Workgroup) {
      host.domain = TextReading::absent(host.role.origin);
    } else {
      const KeyReading key = system_->key(control_set(*system_), "Services\\Tcpip\\Parameters");
      const TextReading domain = KeyValues(*system_, key).text("Domain");
      if (domain.present() && !domain.value.empty()) host.domain = domain;
    }
  }

  /// SECURITY knows the SID of the accounts in the SAM that belongs to it.
  void check_and_read_sam() {
    const TextReading own = sam_machine_sid(*sam_);
    TextReading& machine = evidence_.host.machine_sid;
    if (machine.present() && own.present() && machine.value != own.value) {
      const Unknown strangers{UnknownReason::Conflict, {}, "SAM and SECURITY are of different machines"};
      machine = TextReading::unreadable(strangers, own.origin);
      return refuse_sam(evidence_, slice_, strangers);
    }
    machine = own;
    if (wants(EvidenceSection::AccountPolicy)) read_account_policy(*sam_);
    if (wants(EvidenceSection::Accounts)) read_accounts(*sam_);
    if (wants(EvidenceSection::LocalGroups)) read_local_groups(*sam_);
  }

  HiveReader* beside(HiveKind kind, std::string_view stem) {
    HiveFile* file = hives_.find_or_beside(kind, stem);
    return file == nullptr ? nullptr : &readers_.emplace_back(*file, evidence_);
  }

  /// Both stores were read, each with all of its profiles.
  void close_firewall() {
    auto& profiles = evidence_.firewall.profiles;
    constexpr std::size_t kProfilesOfBothStores = 6;
    profiles.complete = profiles.rows.size() == kProfilesOfBothStores && !profiles.unreadable;
  }

  const Target& target_;
  const PlanSlice* slice_;
  HiveTarget& hives_;
  base::DiagnosticSink& sink_;
  Evidence evidence_;
  std::list<HiveReader> readers_;
  HiveReader* system_ = nullptr;
  HiveReader* security_ = nullptr;
  HiveReader* sam_ = nullptr;
};

// --- what can be answered

struct Answer {
  HiveKind kind;
  EvidenceSection section;
  Closure closure;
};
constexpr std::array kAnswers{
    Answer{HiveKind::System, EvidenceSection::Host, Closure::Open},
    Answer{HiveKind::System, EvidenceSection::Registry, Closure::Closed},
    Answer{HiveKind::System, EvidenceSection::KeySecurity, Closure::Closed},
    Answer{HiveKind::System, EvidenceSection::Services, Closure::Closed},
    Answer{HiveKind::System, EvidenceSection::Shares, Closure::Open},
    Answer{HiveKind::System, EvidenceSection::Firewall, Closure::Closed},
    Answer{HiveKind::Software, EvidenceSection::Host, Closure::Open},
    Answer{HiveKind::Software, EvidenceSection::Registry, Closure::Closed},
    Answer{HiveKind::Software, EvidenceSection::KeySecurity, Closure::Closed},
    Answer{HiveKind::Software, EvidenceSection::Users, Closure::Closed},
    Answer{HiveKind::Software, EvidenceSection::Firewall, Closure::Closed},
    Answer{HiveKind::Sam, EvidenceSection::Host, Closure::Open},
    Answer{HiveKind::Sam, EvidenceSection::AccountPolicy, Closure::Closed},
    Answer{HiveKind::Sam, EvidenceSection::Accounts, Closure::Closed},
    Answer{HiveKind::Sam, EvidenceSection::LocalGroups, Closure::Closed},
    Answer{HiveKind::Security, EvidenceSection::Host, Closure::Open},
    Answer{HiveKind::Security, EvidenceSection::UserRights, Closure::Closed},
    Answer{HiveKind::Security, EvidenceSection::AuditPolicy, Closure::Closed},
    Answer{HiveKind::User, EvidenceSection::Registry, Closure::Closed},
    Answer{HiveKind::User, EvidenceSection::KeySecurity, Closure::Closed},
    Answer{HiveKind::User, EvidenceSection::Users, Closure::Open},
    Answer{HiveKind::Unknown, EvidenceSection::Registry, Closure::Closed},
    Answer{HiveKind::Unknown, EvidenceSection::KeySecurity, Closure::Closed},
};

std::string keys_of(HiveKind kind, const Target* target) {
  if (kind == HiveKind::User) return "HKU";
  if (kind == HiveKind::Unknown) return value::folded(labelled_key(*target).value_or(""));
  return std::string(place_of(kind));
}

/// One capability for each section that some of the hives answer.
std::vector<Capability> capabilities_of(const std::vector<HiveKind>& kinds, const Target* target) {
  std::vector<Capability> all;
  for (const Answer& answer : kAnswers) {
    if (std::find(kinds.begin(), kinds.end(), answer.kind) == kinds.end()) continue;
    auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.section == answer.section; });
    if (found == all.end()) {
      found = all.insert(all.end(),
                         {.section = answer.section, .about = About::Configured, .closure = answer.closure});
    }
    if (answer.closure == Closure::Closed) found->closure = answer.closure;
    if (answer.section == EvidenceSection::Registry || answer.section == EvidenceSection::KeySecurity)
      found->keys.push_back(keys_of(answer.kind, target));
  }
  return all;
}

class HiveBackend final : public Backend {
 public:
  std::string_view name() const override { return "hive"; }
  std::string_view description() const override {
    return "registry hives: SYSTEM, SOFTWARE, SAM, SECURITY, NTUSER.DAT, or a folder of them";
  }

  std::vector<Capability> capabilities(const Target* target, std::optional<value::Layer>) const override {
    std::vector<HiveKind> kinds{HiveKind::System, HiveKind::Software, HiveKind::Sam, HiveKind::Security,
                                HiveKind::User};
    if (target == nullptr) return capabilities_of(kinds, target);
    base::DiagnosticSink nobody;
    HiveTarget hives(*target, nobody);
    kinds.clear();
    if (hives.open()) {
      for (const HiveFile& file : hives.hives()) kinds.push_back(file.kind());
    }
    return capabilities_of(kinds, target);
  }

  bool recognises(const Target& target) const override {
    if (target.kind != os::FileKind::Folder) return target.bytes.starts_with(formats::kHiveSignature);
    if (target.files == nullptr) return false;
    const std::vector<std::string> names = hive_names(*target.files);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return target.files->read(name, limits::kHiveBytes).text.starts_with(formats::kHiveSignature);
    });
  }

  std::optional<std::vector<Evidence>> collect(const Target& target, const Request& request,
                                               base::DiagnosticSink& sink) const override {
    HiveTarget hives(target, sink);
    if (!hives.open()) return std::nullopt;
    auto evidence = Collector(target, request.slice, hives, sink).collect();
    return evidence ? std::optional(one(std::move(*evidence))) : std::nullopt;
  }
};

}  // namespace
}  // namespace hive

const Backend& hive_backend() {
  static const hive::HiveBackend backend;
  return backend;
}

}  // namespace polc::backends
