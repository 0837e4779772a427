// What was seen or said from outside: IIS configuration files, recorded HTTP answers, scans, attestations, and the
// composition of passwords.
#include <fmt/format.h>

#include <array>
#include <set>
#include <string>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::snapshot {
namespace {

/// Files of IIS itself, by the name that the evidence uses.
constexpr std::array<std::string_view, 4> kServerFiles{"applicationHost.config", "redirection.config",
                                                       "machine.config", "web.config"};

bool is_web_config(std::string_view path) {
  return base::equal_folded(path.substr(path.rfind('\\') + 1), "web.config");
}

std::optional<std::string> configuration_path(std::string_view written) {
  for (const std::string_view known : kServerFiles) {
    if (base::equal_folded(written, known)) return std::string(known);
  }
  // A file beside applicationHost.config that holds one of its sections.
  if (auto beside = value::canonical_relative_path(written); beside && !is_web_config(*beside)) return beside;
  return value::canonical_file_path(written);
}

void read_configuration_file(Decoder& decoder, const Member& member, NameCheck& names,
                             value::Section<value::ConfigurationFileRow>& files) {
  auto path = configuration_path(member.key.text());
  if (!path) {
    decoder.malformed(member.key, "applicationHost.config or the absolute path of a web.config");
    return;
  }
  if (!names.is_new(*path, member.key)) return;
  value::ConfigurationFileRow row;
  row.path = std::move(*path);
  row.origin = decoder.origin(member.key);
  row.xml = read_fact(decoder, member.value, "a configuration file", kAnyText);
  if (row.xml.present()) row.xml.origin = decoder.origin_of_lines(member.value);
  files.rows.push_back(std::move(row));
}

void read_headers(Decoder& decoder, Node node, value::HttpRow& row) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'headers'", "a mapping of names to texts");
    return;
  }
  const ListShape<TextShape> values{.inner = {.may_be_empty = true, .numbers_too = true}, .or_single = true};
  NameCheck names(decoder);
  for (const Member member : node.members()) {
    if (member.key.text() == kComplete) {
      row.headers_complete = kFlag.read(decoder, member.value, "'complete'").value_or(false);
      continue;
    }
    const auto texts = values.read(decoder, member.value, quoted_key(member.key.text()));
    if (!names.is_new(member.key.text(), member.key) || !texts) continue;
    for (const std::string& text : *texts) row.headers.emplace_back(member.key.text(), text);
  }
}

bool read_http_row(Decoder& decoder, Node node, value::HttpRow& row) {
  row.origin = decoder.origin(node);
  row.version = "1.1";
  row.method = "HEAD";
  row.headers_complete = false;
  FieldReader fields(decoder, node, "a recorded answer");
  row.host_given = fields.has("host");
  describe(fields, row);
  fields.optional("host", row.host, kAnyText);
  fields.part("headers", [&](Node headers) { read_headers(decoder, headers, row); });
  fields.finish();
  return true;
}

/// "443/tcp" or "70-74/udp".
struct PortRange {
  value::Port first;
  std::uint16_t last = 0;
};
std::optional<PortRange> parse_ports(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  PortRange range;
  const std::string_view protocol = text.substr(slash + 1);
  if (protocol != "tcp" && protocol != "udp") return std::nullopt;
  range.first.protocol = protocol == "tcp" ? value::Protocol::Tcp : value::Protocol::Udp;
  const std::string_view numbers = text.substr(0, slash);
  const std::size_t dash = numbers.find('-');
  const auto first = value::Integer::parse(numbers.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : value::Integer::parse(numbers.substr(dash + 1));
  const auto highest = value::Integer::of(65535);
  if (!first || !last || first->is_negative() || *last < *first || highest < *last) return std::nullopt;
  range.first.number = static_cast<std::uint16_t>(first->magnitude());
  range.last = static_cast<std::uint16_t>(last->magnitude());
  return range;
}

/// Reads the ports of one state as seen from one vantage point.
void read_seen_ports(Decoder& decoder, Node node, const value::ExposureRow& model,
                     std::set<value::Port>& seen, std::vector<value::ExposureRow>& rows) {
  if (!node.is_sequence()) {
    decoder.wrong_kind(node, quoted_key(model.state), "a list of ports such as 443/tcp");
    return;
  }
  for (const Node item : node.items()) {
    const auto range = item.is_text() ? parse_ports(item.text()) : std::nullopt;
    if (!range) {
      decoder.malformed(item, "a port such as 443/tcp or a range such as 70-74/udp");
      continue;
    }
    const value::OriginId origin = decoder.origin(item);
    for (std::uint32_t number = range->first.number; number <= range->last; ++number) {
      value::ExposureRow row = model;
      row.port = {static_cast<std::uint16_t>(number), range->first.protocol};
      row.origin = origin;
      if (!seen.insert(row.port).second) {
        const std::string inner =
            fmt::format("{}/{}", number, row.port.protocol == value::Protocol::Tcp ? "tcp" : "udp");
        decoder.report(
            diag::EvidenceContradiction{.inner = inner, .outer = "it was listed before for this vantage"}.at(
                item.span()));
        break;
      }
      rows.push_back(std::move(row));
    }
  }
}

void read_scan(Decoder& decoder, Node node, value::ExposureRow model,
               value::Section<value::ExposureRow>& section) {
  std::set<value::Port> seen;
  FieldReader fields(decoder, node, "a vantage point");
  fields.required("at", model.taken_at, kInstant);
  for (const std::string_view state : WordShape{"exposure_state"}.members()) {
    model.state = state;
    fields.part(state, [&](Node ports) { read_seen_ports(decoder, ports, model, seen, section.rows); });
  }
  fields.finish();
}

/// One scan, or a list of several.
void read_vantage(Decoder& decoder, const Member& member, value::Section<value::ExposureRow>& section) {
  value::ExposureRow model;
  model.vantage = member.key.text();
  if (!member.value.is_sequence()) return read_scan(decoder, member.value, model, section);
  for (const Node scan : member.value.items()) read_scan(decoder, scan, model, section);
}

void read_password(Decoder& decoder, Node name, Node node, value::Section<value::PasswordRow>& section) {
  PasswordFacts facts;
  facts.row.name = name.text();
  facts.row.origin = decoder.origin(name);
  read_mapping_row(decoder, node, "a password", facts);
  if (facts.length_at_least) {
    facts.row.length = value::Number::at_least(value::Integer::of_unsigned(*facts.length_at_least));
  }
  section.rows.push_back(std::move(facts.row));
}

/// Tables that make no claim of completeness: a list, {unreadable: ...}, or both as {unreadable: ..., items: [...]}.
template <class Row, class ReadRow>
void read_open_list(Decoder& decoder, Node node, std::string_view place, value::Section<Row>& section,
                    ReadRow read_row) {
  section.collected = true;
  section.origin = decoder.origin(node);
  if (!node.is_mapping()) return read_items(decoder, node, place, section, read_row);
  for (const Member member : node.members()) {
    if (member.key.text() == kUnreadable) {
      section.unreadable = decoder.reason(member.value);
    } else if (member.key.text() == kItems) {
      read_items(decoder, member.value, "'items'", section, read_row);
    } else {
      decoder.unknown_key(member.key, place, {kUnreadable, kItems});
    }
  }
}

/// Likewise rows by name, which compare exactly: {unreadable: REASON} is told from a row by being a text.
template <class Row, class ReadRow>
void read_open_rows(Decoder& decoder, Node node, std::string_view place, value::Section<Row>& section,
                    ReadRow read_row) {
  section.collected = true;
  section.origin = decoder.origin(node);
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, place, "a mapping");
    return;
  }
  for (const Member member : node.members()) {
    if (decoder.enough()) return;
    if (member.key.text() == kUnreadable && member.value.is_text()) {
      section.unreadable = decoder.reason(member.value);
    } else {
      read_row(member);
    }
  }
}

}  // namespace

void decode_iis(Decoder& decoder, Node node) {
  value::IisEvidence& iis = decoder.evidence().iis;
  NameCheck names(decoder);
  read_section(decoder, node, "'iis'", iis.files, true, [&](const Member& member) {
    if (member.key.text() == "version") {
      iis.version = read_fact(decoder, member.value, "'version'", kText);
    } else if (member.key.text() != "files") {
      decoder.unknown_key(member.key, "'iis'", {kComplete, kUnreadable, "version", "files"});
    } else if (!member.value.is_mapping()) {
      decoder.wrong_kind(member.value, "'files'", "a mapping of paths to texts");
    } else {
      for (const Member file : member.value.members())
        read_configuration_file(decoder, file, names, iis.files);
    }
  });
}

void decode_http(Decoder& decoder, Node node) {
  read_open_list(decoder, node, "'http'", decoder.evidence().http,
                 [&](Node item, value::HttpRow& row) { return read_http_row(decoder, item, row); });
}

void decode_exposure(Decoder& decoder, Node node) {
  auto& section = decoder.evidence().exposure;
  read_open_rows(decoder, node, "'exposure'", section,
                 [&](const Member& member) { read_vantage(decoder, member, section); });
}

void decode_attestations(Decoder& decoder, Node node) {
  read_open_list(decoder, node, "'attestations'", decoder.evidence().attestations,
                 [&](Node item, value::AttestationRow& row) {
                   row.origin = decoder.origin(item);
                   read_mapping_row(decoder, item, "an attestation", row);
                   return true;
                 });
}

void decode_passwords(Decoder& decoder, Node node) {
  auto& section = decoder.evidence().passwords;
  read_open_rows(decoder, node, "'passwords'", section, [&](const Member& member) {
    if (!member.value.is_sequence()) return read_password(decoder, member.key, member.value, section);
    for (const Node statement : member.value.items()) read_password(decoder, member.key, statement, section);
  });
}

}  // namespace polc::backends::snapshot
