// The registry that instructions lead to: what a policy file, a template or a .reg file sets and deletes, in order.
//
// A target may consist of several parts (Registry.pol, GptTmpl.inf, Registry.xml). Inside of a part the later
// instruction wins, as when Windows carries them out. Parts that contradict each other make Unknown(conflict): which of
// them is carried out last is not written in them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

class RegistryBuilder {
 public:
  using Data = value::Reading<value::RegistryData>;

  /// Fills evidence.registry, which counts as collected from the first instruction on; keys outside of the slice
  /// (nullptr = everything) are left out.
  RegistryBuilder(value::Evidence& evidence, const PlanSlice* slice);

  /// What follows is another part of the target.
  void begin_part() { ++part_; }

  // Keys are canonical (runtime/value/canonical.hpp), below HKLM or HKU. Beyond limits::kRegistryKeys keys nothing more
  // is recorded; close() then leaves everything open.

  void create_key(std::string_view path, value::OriginId origin);

  /// Present, Absent (the value is deleted) or Unknown (the instruction depends on the machine).
  void set(std::string_view path, std::string_view name, Data data);

  /// Deletes all values of a key: it has none but those that follow. Values that an earlier instruction of the same part
  /// has set are Unknown(conflict): [MS-GPREG] does not say which of both is carried out first.
  void delete_values(std::string_view path, value::OriginId origin);

  /// Deletes a key with all that is below. Created again by what follows, it holds nothing else.
  void delete_key(std::string_view path, value::OriginId origin);

  /// Claims that below `root` ("HKLM") there is nothing but what was recorded.
  void close(std::string_view root, value::OriginId origin);

  /// Below `root` there may be more, for this reason.
  void leave_open(std::string_view root, const value::Unknown& why, value::OriginId origin);

  /// Below `root` nothing is certain: a part that could not be read may say otherwise.
  void doubt(std::string_view root, const value::Unknown& why, value::OriginId origin);

 private:
  using Key = value::RegistryKeyEvidence;

  bool is_needed(const std::string& folded) const;
  Key* record(std::string_view path);
  Key* open(std::string_view path, value::OriginId origin);
  void revive_ancestors(std::string_view path, const std::string& folded, value::OriginId origin);
  bool contradict_values_below(const std::string& folded, value::OriginId origin);
  void forget(const std::string& folded);
  bool record_ancestors(std::string_view root, value::OriginId origin);
  void write(Key& key, const std::string& folded, std::string_view name, Data data);

  value::Evidence& evidence_;
  const PlanSlice* slice_;
  int part_ = 0;
  bool overflowed_ = false;   ///< more keys than may be recorded
  bool any_deleted_ = false;  ///< some key is recorded as absent
  /// Which part wrote a value: by folded path and name.
  std::map<std::pair<std::string, std::string>, int> written_;
  /// Folded names written since the values of a key were last deleted: by folded path.
  std::map<std::string, std::vector<std::string>> live_;
  std::set<std::string> contradicted_;  ///< folded paths of keys that another part deletes in vain
};

}  // namespace polc::backends
