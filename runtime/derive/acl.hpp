// Access control lists of files, shares and registry keys: who is granted and denied what, on the object itself, on
// folders and on files below it (docs/language.md, "ACLs").
#pragma once

#include <map>
#include <memory>
#include <string>

#include "runtime/derive/context.hpp"
#include "runtime/formats/sddl.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

class AccessLists {
 public:
  explicit AccessLists(const Context& context);

  /// Of acl(...), share_acl(...) and registry_acl(...).
  value::Fact fact(const value::Address& address);

 private:
  /// One recorded descriptor; parsed when it is first asked for.
  struct Record {
    const value::Reading<std::string>* sddl = nullptr;
    const std::vector<value::PrincipalEvidence>* names = nullptr;
    std::optional<formats::Parsed<formats::SecurityDescriptor>> parsed;
    const value::Reading<std::string>* other = nullptr;  ///< another descriptor of the same object
  };
  using Records = std::map<std::string, Record>;  ///< by folded canonical name

  void add(Records& records, std::string key, const value::SecurityRow& row);
  value::Fact missing(const value::Address& address) const;
  value::Fact attribute(const Record& record, value::ObjectClass object_class, value::AttributeId id) const;
  value::Principal trustee(const Record& record, const value::Principal& principal) const;
  value::Fact granted(const Record& record, value::ObjectClass object_class, bool allow) const;
  value::Fact entries(const Record& record, value::ObjectClass object_class) const;
  value::Fact trustees(const Record& record) const;
  std::string file_key(const std::string& path) const;

  const Context& context_;
  Records files_, keys_, shares_;
  bool unplaced_files_ = false;  ///< a recorded path has a variable that is not known: it may be any file
};

}  // namespace polc::derive
