// The effective IIS configuration: applicationHost.config, every web.config on the way and their <location> parts,
// with locking. A file that breaks a lock is not skipped: IIS answers 500.19 there, so the value is unknown.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "runtime/derive/context.hpp"
#include "runtime/derive/iis_files.hpp"
#include "runtime/derive/iis_recognition.hpp"
#include "runtime/derive/iis_sites.hpp"
#include "runtime/value/fact_table.hpp"
#include "runtime/value/iis_schema.hpp"

namespace polc::derive {

/// Ranks of the files above a site; a web.config n levels below the server has rank kServerRank + n.
enum IisRank : std::size_t { kMachineRank, kRootRank, kServerRank };

/// One place that contributes to a path, outermost first.
struct IisSource {
  const IisFile* file = nullptr;
  const formats::XmlElement* container = nullptr;  ///< <configuration> or <location>
  bool is_location = false;
  std::size_t level = 0;  ///< 0 the server, 1 the site, and so on
  std::size_t rank = 0;   ///< of the file (IisRank)

  /// Whether what the other one locks is locked here.
  bool is_under(const IisSource& other) const {
    return std::pair(other.level, other.rank) < std::pair(level, rank);
  }
};

class Iis {
 public:
  /// Places inside configuration files become origins of their own, added to `origins`.
  Iis(const Context& context, std::vector<value::Origin>& origins);

  /// Of iis(section, attribute, at), iis_list(section, at) and iis_paths.
  value::Fact fact(const value::Address& address);

 private:
  /// All places of one path; `unknown` where one of them cannot be told.
  struct Route {
    std::vector<IisSource> sources;
    std::optional<value::Fact> problem;  ///< Unknown or Absent(object): nothing can be said about the path
  };

  value::Fact attribute_fact(const value::IisElement& element, std::string_view name, const Route& route);
  value::Fact list_fact(const value::IisElement& element, const Route& route);
  value::Fact paths_fact();
  tl::expected<const IisFile*, value::Fact> find_server();
  value::Fact undecided(const IisFile& file, const IisStranger& stranger);
  value::Fact no_server(const IisFileState& server) const;
  const Route& route(const std::string& path);
  Route find_route(const std::string& path);
  void add_file(Route& route, const IisFileState& state, std::size_t level, std::size_t rank,
                std::string_view file_level, std::string_view path) const;
  bool is_inherited(const formats::XmlElement& location, std::string_view location_path,
                    std::string_view path) const;
  value::OriginId origin_of(const IisFile& file, const formats::XmlElement& element);
  std::optional<value::Fact> unread_framework(const value::IisElement& element) const;

  const Context& context_;
  std::vector<value::Origin>& origins_;
  IisFiles files_;
  std::optional<value::Fact> server_problem_;  ///< no IIS, unread or redirected applicationHost.config
  const IisFile* server_ = nullptr;
  IisSites sites_;
  std::map<std::string, Route> routes_;  ///< by folded path
  std::map<std::pair<const IisFile*, std::uint32_t>, value::OriginId> known_origins_;
};

}  // namespace polc::derive
