#include "runtime/backends/gpo/gpo.hpp"

#include "runtime/backends/gpo/object.hpp"
#include "runtime/backends/gpo/part_file.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends {
namespace {

using gpo::ObjectPlace;
using value::EvidenceSection;
using value::Unknown;

/// Looks for objects in a folder and what is below it. An object has no other inside of it.
class ObjectSearch {
 public:
  ObjectSearch(const TargetFiles& files, bool first_only) : files_(files), first_only_(first_only) {}

  /// False if a folder could not be looked into: an object may have been overlooked.
  bool search(const std::string& folder, std::size_t level) {
    if (first_only_ && !found.empty()) return true;
    std::vector<TargetEntry> entries;
    std::optional<Unknown> why = gpo::list_folder(files_, folder, entries);
    if (!why && ++folders_ > limits::kGpoFolders)
      why = {value::UnknownReason::Budget, {}, "too many folders"};
    if (!why) {
      if (auto object = gpo::object_in(files_, folder, entries, why)) {
        found.push_back(std::move(*object));
        return true;
      }
    }
    if (why) return fail(folder, *why);
    for (const TargetEntry& entry : entries) {
      if (entry.kind != os::FileKind::Folder) continue;
      if (level == limits::kGpoFolderLevels) {
        return fail(entry.path, {value::UnknownReason::Budget, {}, "too deep"});
      }
      if (!search(entry.path, level + 1)) return false;
    }
    return true;
  }

  std::vector<ObjectPlace> found;
  std::string problem_folder;
  Unknown problem;

 private:
  bool fail(const std::string& folder, Unknown why) {
    problem_folder = folder;
    problem = std::move(why);
    return false;
  }

  const TargetFiles& files_;
  bool first_only_;
  std::size_t folders_ = 0;
};

class GpoBackend : public Backend {
 public:
  std::string_view name() const override { return "gpo"; }
  std::string_view description() const override {
    return "Group Policy objects: a backup, a SYSVOL folder, or a folder of several";
  }

  std::vector<Capability> capabilities(const Target*, std::optional<value::Layer>) const override {
    std::vector<Capability> all;
    for (const EvidenceSection section :
         {EvidenceSection::Registry, EvidenceSection::Users, EvidenceSection::AccountPolicy,
          EvidenceSection::UserRights, EvidenceSection::AuditPolicy, EvidenceSection::Services,
          EvidenceSection::LocalGroups, EvidenceSection::Firewall, EvidenceSection::FileSecurity,
          EvidenceSection::KeySecurity}) {
      all.push_back({.section = section, .about = About::Policy, .closure = Closure::Closed});
    }
    all.push_back({.section = EvidenceSection::Names, .about = About::Policy, .closure = Closure::Open});
    return all;
  }

  bool recognises(const Target& target) const override {
    if (target.kind != os::FileKind::Folder || target.files == nullptr) return false;
    ObjectSearch search(*target.files, true);
    search.search({}, 1);
    return !search.found.empty();
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const auto refuse = [&](std::string folder, std::string why) {
      sink.add(diag::FolderNotRead{.folder = std::move(folder), .why = std::move(why)}.at());
      return std::nullopt;
    };
    if (target.kind != os::FileKind::Folder || target.files == nullptr) {
      return refuse(std::string(target.name), "a Group Policy object is a folder");
    }
    ObjectSearch search(*target.files, false);
    if (!search.search({}, 1)) {
      return refuse(target.files->display_name(search.problem_folder), search.problem.detail);
    }
    if (search.found.empty()) return refuse(std::string(target.name), "no Group Policy object is in it");
    std::vector<value::Evidence> all;
    for (const ObjectPlace& place : search.found) {
      all.push_back(gpo::read_object(*target.files, place, request.slice, sink));
    }
    return all;
  }
};

}  // namespace

const Backend& gpo_backend() {
  static const GpoBackend backend;
  return backend;
}

}  // namespace polc::backends
