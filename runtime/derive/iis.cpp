#include "runtime/derive/iis.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/derive/iis_redirection.hpp"
#include "runtime/derive/iis_section.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using formats::XmlElement;
using value::AbsentLevel;
using value::Fact;
using value::FactStatus;
using value::IisAttribute;
using value::IisElement;
using value::UnknownReason;
using value::Value;

constexpr std::string_view kServerFile = "applicationHost.config";
constexpr std::string_view kRedirectionFile = "redirection.config";
constexpr std::string_view kEncrypted = "[enc:";

/// One attribute's fact: as written, or what the schema says where nothing is written.
struct Typed {
  const IisAttribute& attribute;
  const value::Reading<std::uint32_t>& build;

  bool is_supported() const {
    return attribute.since_build == 0 || !build.present() || build.value >= attribute.since_build;
  }

  std::string too_new() const {
    return std::string(attribute.name) + " came with build " + std::to_string(attribute.since_build) +
           ", the host has " + std::to_string(build.value);
  }

  Fact written(const std::string& text, value::OriginId origin) const {
    if (text.compare(0, kEncrypted.size(), kEncrypted) == 0) {
      return Fact::unknown(UnknownReason::Unsupported, "encrypted", origin);
    }
    if (text.find(value::kWithheld) != std::string::npos) {
      return Fact::unknown(UnknownReason::NotCollected, "a secret, withheld", origin);
    }
    if (!is_supported())
      return Fact::unknown(UnknownReason::Corrupt, too_new() + ": IIS answers 500.19", origin);
    auto typed = value::iis_value(attribute, text);
    if (typed) return Fact::present(std::move(*typed), origin);
    return Fact::unknown(
        UnknownReason::Corrupt,
        "\"" + text + "\" is no value of " + std::string(attribute.name) + ": IIS answers 500.19", origin);
  }

  Fact missing(value::OriginId origin) const {
    if (!is_supported()) {
      Fact fact = Fact::absent(AbsentLevel::Value, origin);
      fact.note = too_new();
      return fact;
    }
    auto fallback = value::iis_default(attribute);
    if (!fallback) return Fact::absent(AbsentLevel::Value, origin);
    Fact fact = Fact::present(std::move(*fallback), origin);
    fact.note = "not written: default of the IIS schema";
    return fact;
  }
};

}  // namespace

Iis::Iis(const Context& context, std::vector<value::Origin>& origins)
    : context_(context), origins_(origins), files_(context.evidence), sites_(files_, nullptr) {
  auto server = find_server();
  if (!server) {
    server_problem_ = std::move(server.error());
    return;
  }
  server_ = *server;
  sites_ = IisSites(files_, server_);
}

/// The applicationHost.config that is in force, or why nothing can be said of the server.
tl::expected<const IisFile*, Fact> Iis::find_server() {
  const auto problem = [](Fact fact) { return tl::unexpected<Fact>(std::move(fact)); };
  const auto& section = files_.section();
  if (section.object_missing) return problem(Fact::absent(AbsentLevel::Object, section.origin));
  const IisFileState redirection = files_.find(kRedirectionFile);
  if (redirection.status == FactStatus::Unknown)
    return problem(unknown_fact(redirection.unknown, section.origin));
  IisFileState server = files_.find(kServerFile);
  if (redirection.file != nullptr) {
    const auto elsewhere = redirected_to(redirection.file->root);
    if (!elsewhere) return problem(undecided(*redirection.file, elsewhere.error()));
    if (*elsewhere) {
      server = files_.find(**elsewhere + "\\applicationHost.config");
      if (server.file == nullptr)
        return problem(
            Fact::unknown(UnknownReason::Unsupported, "the configuration is shared, in " + **elsewhere));
    }
  }
  if (server.file == nullptr) return problem(no_server(server));
  if (find_elements(server.file->root, kSitesElement).size() > 1) {
    return problem(Fact::unknown(UnknownReason::Corrupt,
                                 "applicationHost.config has <sites> twice: IIS answers 500.19",
                                 section.origin));
  }
  return server.file;
}

Fact Iis::undecided(const IisFile& file, const IisStranger& stranger) {
  const std::string words = place_of({&file, stranger.element}) + ' ' + stranger.what;
  const value::OriginId origin = origin_of(file, *stranger.element);
  return stranger.is_allowed ? Fact::unknown(UnknownReason::Unsupported, words, origin)
                             : Fact::unknown(UnknownReason::Corrupt, words + ": IIS answers 500.19", origin);
}

/// A list of files without applicationHost.config is no web server's, whatever it says of its completeness: that there
/// is no web server is said outright.
Fact Iis::no_server(const IisFileState& server) const {
  const value::OriginId origin = files_.section().origin;
  if (server.status != FactStatus::Absent) return unknown_fact(server.unknown, origin);
  if (files_.lists(kServerFile)) return Fact::absent(AbsentLevel::Object, origin);
  return Fact::unknown(UnknownReason::NotCollected, std::string(kServerFile), origin);
}

value::OriginId Iis::origin_of(const IisFile& file, const XmlElement& element) {
  const auto [known, is_new] = known_origins_.emplace(std::pair(&file, element.line), value::OriginId{0});
  if (!is_new) return known->second;
  value::Origin origin;
  const value::OriginId of_text = file.row->xml.origin != 0 ? file.row->xml.origin : file.row->origin;
  if (of_text < origins_.size()) origin = origins_[of_text];
  // Without a column the text stands in the file as it is, from that line on.
  if (origin.line != 0 && origin.column == 0) origin.line += element.line - 1;
  origin.note = place_of({&file, &element});
  origins_.push_back(std::move(origin));
  known->second = static_cast<value::OriginId>(origins_.size() - 1);
  return known->second;
}

// --- which places a path consists of

/// inheritInChildApplications="false": settings stay in the application that the location belongs to.
bool Iis::is_inherited(const XmlElement& location, std::string_view location_path,
                       std::string_view path) const {
  const std::string* written = location.attribute("inheritInChildApplications");
  if (written == nullptr || !base::equal_folded(*written, "false")) return true;
  const IisDirectory* of_location = sites_.directory_of(location_path);
  const IisDirectory* of_path = sites_.directory_of(path);
  return of_location != nullptr && of_path != nullptr && of_location->application == of_path->application;
}

void Iis::add_file(Route& route, const IisFileState& state, std::size_t level, std::size_t rank,
                   std::string_view file_level, std::string_view path) const {
  if (state.status == FactStatus::Absent) return;
  if (state.file == nullptr) {
    route.problem = unknown_fact(state.unknown, files_.section().origin);
    return;
  }
  for (const IisPlace& place : state.file->places) {
    const std::string target = joined(file_level, place.path);
    if (!is_below(path, target)) continue;
    if (place.is_location && !is_inherited(*place.element, target, path)) continue;
    const std::size_t place_level = level + levels_of(place.path).size();
    route.sources.push_back({state.file, place.element, place.is_location, place_level, rank});
  }
}

Iis::Route Iis::find_route(const std::string& path) {
  Route result;
  if (!path.empty() && sites_.stranger()) {
    result.problem = undecided(*server_, *sites_.stranger());
    return result;
  }
  const IisDirectory* directory = path.empty() ? nullptr : sites_.directory_of(path);
  if (!path.empty() && directory == nullptr) {
    result.problem = Fact::absent(AbsentLevel::Object, files_.section().origin);
    return result;
  }
  // machine.config and the root web.config concern ASP.NET sections, which check for themselves that they were read.
  for (const auto& [name, rank] :
       {std::pair("machine.config", kMachineRank), std::pair("web.config", kRootRank)}) {
    const IisFileState state = files_.find(name);
    if (state.file != nullptr) add_file(result, state, 0, rank, "", path);
  }
  add_file(result, {FactStatus::Present, server_, {}}, 0, kServerRank, "", path);

  const std::vector<std::string> levels = levels_of(path);
  for (std::size_t i = 0; i < levels.size() && !result.problem; ++i) {
    const IisDirectory* at_level = sites_.directory_of(levels[i]);
    if (at_level == nullptr || !IisSites::reads_web_config(*at_level, levels[i])) continue;
    const std::string file = sites_.web_config_of(*at_level, levels[i]);
    if (file.empty()) {
      result.problem =
          Fact::unknown(UnknownReason::UnresolvedName, at_level->physical, files_.section().origin);
      return result;
    }
    add_file(result, files_.find(file), i + 1, kServerRank + i + 1, levels[i], path);
  }
  // By level; within one, files from the outermost inwards.
  std::stable_sort(result.sources.begin(), result.sources.end(),
                   [](const IisSource& a, const IisSource& b) { return b.is_under(a); });
  return result;
}

const Iis::Route& Iis::route(const std::string& path) {
  const std::string key = value::folded(path);
  auto found = routes_.find(key);
  if (found == routes_.end()) found = routes_.emplace(key, find_route(path)).first;
  return found->second;
}

// --- facts

/// Sections of ASP.NET begin in machine.config and the root web.config: without these nothing is a default.
std::optional<Fact> Iis::unread_framework(const IisElement& element) const {
  constexpr std::string_view kAspNet = "system.web/";
  if (element.section.substr(0, kAspNet.size()) != kAspNet) return std::nullopt;
  for (const char* name : {"machine.config", "web.config"}) {
    const IisFileState state = files_.find(name);
    if (state.status == FactStatus::Unknown) return unknown_fact(state.unknown, files_.section().origin);
  }
  return std::nullopt;
}

Fact Iis::attribute_fact(const IisElement& element, std::string_view name, const Route& route_of_path) {
  const IisAttribute* attribute = value::find_iis_attribute(element.attributes, name);
  if (attribute == nullptr) return Fact::unknown(UnknownReason::Unsupported, "not in the IIS schema");
  auto result = effective(element, files_, *server_, route_of_path.sources);
  if (!result) {
    const IisProblem& problem = result.error();
    return unknown_fact(problem.why, origin_of(*problem.where.file, *problem.where.element));
  }
  const Typed typed{*attribute, context_.evidence.host.build};
  const auto written = result->attributes.find(std::string(attribute->name));
  if (written != result->attributes.end()) {
    const IisOccurrence& where = written->second.where;
    return typed.written(written->second.text, origin_of(*where.file, *where.element));
  }
  if (auto unread = unread_framework(element)) return std::move(*unread);
  return typed.missing(result->seen.empty()
                           ? files_.section().origin
                           : origin_of(*result->seen.back().file, *result->seen.back().element));
}

Fact Iis::list_fact(const IisElement& element, const Route& route_of_path) {
  if (!element.collection)
    return Fact::unknown(UnknownReason::Unsupported, "not a collection of the IIS schema");
  if (auto unread = unread_framework(element)) return std::move(*unread);
  auto result = effective(element, files_, *server_, route_of_path.sources);
  if (!result) {
    const IisProblem& problem = result.error();
    return unknown_fact(problem.why, origin_of(*problem.where.file, *problem.where.element));
  }
  value::ListValue list;
  for (const IisItem& item : result->items) {
    const XmlElement& xml = *item.where.element;
    const value::OriginId origin = origin_of(*item.where.file, xml);
    RecordBuilder record(origin);
    for (const IisAttribute& attribute : element.collection->attributes) {
      const Typed typed{attribute, context_.evidence.host.build};
      const std::string* text =
          attribute.name == "element" ? &item.added_as : item_attribute(xml, attribute.name);
      if (text == nullptr && result->defaults)
        text = item_attribute(*result->defaults->element, attribute.name);
      record.field(attribute.name, text != nullptr ? typed.written(*text, origin) : typed.missing(origin));
    }
    if (element.collection->open) {
      for (const auto& [name, text] : xml.attributes) {
        const bool is_lock = name.compare(0, 4, "lock") == 0;
        if (is_lock || value::find_iis_attribute(element.collection->attributes, name) != nullptr) continue;
        record.field(name, value::text(text));
      }
    }
    list.items.push_back(record.build());
  }
  const value::OriginId origin = result->seen.empty()
                                     ? files_.section().origin
                                     : origin_of(*result->seen.back().file, *result->seen.back().element);
  return Fact::present(Value(std::move(list)), origin);
}

Fact Iis::paths_fact() {
  if (sites_.stranger()) return undecided(*server_, *sites_.stranger());
  // Even a server without sites has the element; a file without it is only a part of one.
  if (find_element(server_->root, kSitesElement) == nullptr) {
    return Fact::unknown(UnknownReason::NotCollected, "applicationHost.config has no list of sites",
                         files_.section().origin);
  }
  value::SetValue set;
  for (std::string& path : sites_.paths()) set.low.push_back(value::text(std::move(path)));
  if (files_.complete()) set.high = set.low;
  Fact fact = Fact::present(Value(std::move(set)), files_.section().origin);
  if (!files_.complete()) {
    fact.unknowns.push_back({UnknownReason::NotCollected, {}, "folders with a web.config of their own"});
  }
  return fact;
}

Fact Iis::fact(const value::Address& address) {
  if (server_problem_) return *server_problem_;
  if (address.resource == value::ResourceKind::IisPaths) return paths_fact();
  const bool is_list = address.resource == value::ResourceKind::IisList;
  const std::string* section = address.argument<std::string>(0);
  const std::string* path = address.argument<std::string>(is_list ? 1 : 2);
  // Without a section the question is whether there is a web server at all.
  if (section == nullptr) return Fact::present(boolean(true), files_.section().origin);
  const IisElement* element = value::find_iis_element(*section);
  if (element == nullptr) return Fact::unknown(UnknownReason::Unsupported, "not in the IIS schema");
  const Route& route_of_path = route(path == nullptr ? std::string() : *path);
  if (route_of_path.problem) return *route_of_path.problem;
  if (is_list) return list_fact(*element, route_of_path);
  const std::string* attribute = address.argument<std::string>(1);
  return attribute_fact(*element, attribute == nullptr ? "" : *attribute, route_of_path);
}

}  // namespace polc::derive
