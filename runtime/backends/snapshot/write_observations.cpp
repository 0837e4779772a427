// IIS configuration files, recorded answers, scans, attestations and composition of passwords, on their way out.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "runtime/backends/snapshot/redaction.hpp"
#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"
#include "runtime/backends/snapshot/table_writer.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {
namespace {

/// A configuration file without its secrets.
struct ConfigurationShape {
  using Value = std::string;
};
std::optional<Tree> written(const ConfigurationShape&, const std::string& xml) {
  if (xml.empty()) return written(kAnyText, xml);
  const auto text = without_secrets(xml);
  return text ? written(kAnyText, *text) : std::nullopt;
}

Tree configuration_file(const value::Reading<std::string>& xml) {
  const bool broken = xml.present() && !written(ConfigurationShape{}, xml.value);
  if (!broken) return written_fact(xml, ConfigurationShape{});
  return Tree::unreadable(reason_in_words({value::UnknownReason::Corrupt, {}, "not well-formed XML"}));
}

/// Headers by name as Windows compares them; several of one name are a list.
Tree written_headers(const value::HttpRow& answer) {
  std::vector<std::string> folded_names;
  Tree headers;
  bool complete = answer.headers_complete;
  for (const auto& [name, content] : answer.headers) {
    auto text = written(kAnyText, content);
    if (!text || !written(kText, name)) {
      complete = false;
      continue;
    }
    const std::string folded = value::folded(name);
    const auto found = std::find(folded_names.begin(), folded_names.end(), folded);
    if (found == folded_names.end()) {
      folded_names.push_back(folded);
      headers.add(name == kComplete ? "Complete" : name, std::move(*text));
      continue;
    }
    Tree& item = headers.items[static_cast<std::size_t>(found - folded_names.begin())];
    if (item.kind != Tree::Kind::List) {
      Tree list = Tree::list();
      list.on_one_line = true;
      list.items.push_back(std::move(item));
      item = std::move(list);
    }
    item.items.push_back(std::move(*text));
  }
  if (complete) headers.add(kComplete, Tree::of_flag(true));
  return headers;
}

std::optional<Tree> written_answer(const value::HttpRow& answer) {
  RowWriter row = described_row(answer);
  if (answer.host_given) row.required("host", answer.host, kAnyText);
  Tree headers = written_headers(answer);
  if (!headers.items.empty()) row.add("headers", std::move(headers));
  auto tree = row.take();
  if (tree) tree->on_one_line = false;
  return tree;
}

/// "443/tcp", "70-74/udp" for neighbours.
Tree port_list(std::vector<value::Port> ports) {
  std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) {
    return std::tie(a.protocol, a.number) < std::tie(b.protocol, b.number);
  });
  Tree list = Tree::list();
  list.on_one_line = true;
  for (std::size_t i = 0; i < ports.size();) {
    std::size_t last = i;
    while (last + 1 < ports.size() && ports[last + 1].protocol == ports[i].protocol &&
           ports[last + 1].number == ports[last].number + 1) {
      ++last;
    }
    const std::string_view protocol = ports[i].protocol == value::Protocol::Tcp ? "tcp" : "udp";
    list.items.push_back(
        Tree::of_text(last == i ? fmt::format("{}/{}", ports[i].number, protocol)
                                : fmt::format("{}-{}/{}", ports[i].number, ports[last].number, protocol)));
    i = last + 1;
  }
  return list;
}

/// What one scan saw, by state. A port that it saw twice belongs to another scan of the same time.
struct Scan {
  std::map<std::string, std::vector<value::Port>> by_state;
  std::set<value::Port> seen;
};

Tree written_scan(const Scan& scan, std::int64_t at) {
  Tree tree;
  tree.add("at", written(kInstant, at).value_or(Tree::of_text({})));
  for (const std::string_view state : WordShape{"exposure_state"}.members()) {
    const auto ports = scan.by_state.find(std::string(state));
    if (ports != scan.by_state.end()) tree.add(state, port_list(ports->second));
  }
  return tree;
}

/// One of a name stands by itself, several are a list.
Tree one_or_list(std::vector<Tree> items) {
  if (items.size() == 1) return std::move(items.front());
  Tree list = Tree::list();
  list.items = std::move(items);
  return list;
}

/// Rows by exact name, and what could not be read of the table.
Tree open_rows(const std::optional<value::Unknown>& unreadable, std::map<std::string, std::vector<Tree>> rows,
               bool left_out) {
  Tree table;
  if (unreadable) {
    table.add(kUnreadable, Tree::reason(reason_in_words(*unreadable)));
  } else if (left_out) {
    table.add(kUnreadable, Tree::reason(reason_in_words(
                               {value::UnknownReason::Corrupt, {}, "a row has no place in a snapshot"})));
  }
  for (auto& [name, items] : rows) {
    if (unreadable && name == kUnreadable) continue;  // the word is taken
    table.add(name, one_or_list(std::move(items)));
  }
  return table;
}

}  // namespace

std::optional<Tree> write_iis(const value::Evidence& evidence) {
  const value::IisEvidence& iis = evidence.iis;
  auto version = written_reading(iis.version, kText);
  if (!was_read(iis.files) && !version) return std::nullopt;
  TableWriter table(iis.files, true);
  TableWriter files{value::Section<value::ConfigurationFileRow>{}};
  for (const auto& row : iis.files.rows) files.add(row.path, configuration_file(row.xml));
  if (version) table.add_part("version", std::move(*version));
  if (!iis.files.rows.empty()) table.add_part("files", files.named());
  return table.named();
}

std::optional<Tree> write_http(const value::Evidence& evidence) {
  if (!was_read(evidence.http)) return std::nullopt;
  TableWriter table(evidence.http);
  for (const auto& row : evidence.http.rows) table.add(written_answer(row));
  return table.open_list();
}

std::optional<Tree> write_exposure(const value::Evidence& evidence) {
  if (!was_read(evidence.exposure)) return std::nullopt;
  std::map<std::pair<std::string, std::int64_t>, std::vector<Scan>> scans;
  bool left_out = false;
  for (const value::ExposureRow& row : evidence.exposure.rows) {
    const auto at = row.taken_at ? row.taken_at : evidence.collected_at;
    const bool good = at && written(kInstant, *at) && written(kText, row.vantage) &&
                      written(WordShape{"exposure_state"}, row.state);
    left_out = left_out || !good;
    if (!good) continue;
    auto& of_time = scans[{row.vantage, *at}];
    const auto free = std::find_if(of_time.begin(), of_time.end(),
                                   [&](const Scan& scan) { return scan.seen.count(row.port) == 0; });
    Scan& scan = free == of_time.end() ? of_time.emplace_back() : *free;
    scan.seen.insert(row.port);
    scan.by_state[row.state].push_back(row.port);
  }
  std::map<std::string, std::vector<Tree>> rows;
  for (const auto& [key, of_time] : scans) {
    for (const Scan& scan : of_time) rows[key.first].push_back(written_scan(scan, key.second));
  }
  return open_rows(evidence.exposure.unreadable, std::move(rows), left_out);
}

std::optional<Tree> write_attestations(const value::Evidence& evidence) {
  if (!was_read(evidence.attestations)) return std::nullopt;
  TableWriter table(evidence.attestations);
  for (const auto& row : evidence.attestations.rows) table.add(written_row(row));
  return table.open_list();
}

std::optional<Tree> write_passwords(const value::Evidence& evidence) {
  if (!was_read(evidence.passwords)) return std::nullopt;
  std::map<std::string, std::vector<Tree>> rows;
  bool left_out = false;
  for (const value::PasswordRow& row : evidence.passwords.rows) {
    PasswordFacts facts{std::nullopt, row};
    const auto at_least = row.length ? row.length->low.as_unsigned() : std::nullopt;
    if (at_least)
      facts.length_at_least = static_cast<std::uint32_t>(std::min<std::uint64_t>(*at_least, UINT32_MAX));
    auto tree = written_row(facts);
    left_out = left_out || !tree || !written(kAnyText, row.name);
    if (tree && written(kAnyText, row.name)) rows[row.name].push_back(std::move(*tree));
  }
  return open_rows(evidence.passwords.unreadable, std::move(rows), left_out);
}

}  // namespace polc::backends::snapshot
