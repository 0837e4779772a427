#include "runtime/formats/nmap.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "runtime/formats/xml.hpp"

namespace polc::formats {
namespace {

using value::Port;
using value::Protocol;

std::string_view text_of(const XmlElement& element, std::string_view name) {
  const std::string* text = element.attribute(name);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

const XmlElement* child_of(const XmlElement& element, std::string_view name) {
  const auto found = std::find_if(element.children.begin(), element.children.end(),
                                  [&](const XmlElement& child) { return child.name == name; });
  return found == element.children.end() ? nullptr : &*found;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number n{};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return n;
}

std::optional<Protocol> protocol(std::string_view name) {
  if (name == "tcp") return Protocol::Tcp;
  if (name == "udp") return Protocol::Udp;
  return std::nullopt;
}

using PortSet = std::set<std::uint16_t>;

/// "1-1000,3389" into the set; false for anything else.
bool add_ports(std::string_view list, PortSet& ports) {
  while (!list.empty()) {
    const std::string_view term = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), term.size() + 1));
    const auto dash = term.find('-');
    const auto first = number<std::uint16_t>(term.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number<std::uint16_t>(term.substr(dash + 1));
    if (!first || !last || *last < *first) return false;
    for (std::uint32_t port = *first; port <= *last; ++port) ports.insert(static_cast<std::uint16_t>(port));
  }
  return true;
}

class NmapReader {
 public:
  Parsed<NmapScan> read(const XmlElement& root) {
    if (root.name != "nmaprun")
      return parse_error(0, "the root element is <" + root.name + ">, not <nmaprun>");
    if (const XmlElement* stats = child_of(root, "runstats")) {
      const XmlElement* finished = child_of(*stats, "finished");
      if (finished != nullptr) {
        scan_.end = number<std::int64_t>(text_of(*finished, "time"));
        scan_.finished = text_of(*finished, "exit") == "success";
      }
    }
    for (const XmlElement& child : root.children) {
      if (child.name == "scaninfo") note_scanned(child);
      if (child.name == "host") scan_.hosts.push_back(host(child));
    }
    if (!problem_.empty()) return parse_error(0, problem_);
    return std::move(scan_);
  }

 private:
  void fail(const XmlElement& element, const std::string& what) {
    if (problem_.empty()) problem_ = "line " + std::to_string(element.line) + ": " + what;
  }

  void note_scanned(const XmlElement& info) {
    const auto of = protocol(text_of(info, "protocol"));
    if (of && !add_ports(text_of(info, "services"), scanned_[*of]))
      fail(info, "a list of ports that is none");
  }

  NmapHost host(const XmlElement& element) {
    NmapHost host;
    host.line = element.line;
    host.end = number<std::int64_t>(text_of(element, "endtime"));
    if (const XmlElement* status = child_of(element, "status")) host.up = text_of(*status, "state") == "up";
    bool has_ports = false;
    for (const XmlElement& child : element.children) {
      const bool is_ip = child.name == "address" && text_of(child, "addrtype") != "mac";
      if (is_ip && host.address.empty()) host.address = text_of(child, "addr");
      if (child.name != "ports") continue;
      if (std::exchange(has_ports, true)) fail(child, "a second list of ports of one host");
      add_ports_of(child, host);
    }
    return host;
  }

  void add_ports_of(const XmlElement& ports, NmapHost& host) {
    std::map<Port, NmapPort> found;
    for (const XmlElement& element : ports.children) {
      if (element.name != "port") continue;
      const auto of = protocol(text_of(element, "protocol"));
      const auto id = number<std::uint16_t>(text_of(element, "portid"));
      const XmlElement* state = child_of(element, "state");
      if (!id || state == nullptr) fail(element, "a port without a number or a state");
      if (!of || !id || state == nullptr) continue;
      const Port port{*id, *of};
      const bool is_new =
          found.try_emplace(port, NmapPort{port, std::string(text_of(*state, "state")), element.line}).second;
      if (!is_new) fail(element, "a port that stands twice");
    }
    if (scan_.finished) add_extra_ports(ports, found);
    for (auto& [port, row] : found) host.ports.push_back(std::move(row));
  }

  /// Ports that are only counted. Newer versions list them by reason; otherwise one group can only mean all the rest.
  void add_extra_ports(const XmlElement& ports, std::map<Port, NmapPort>& found) {
    std::vector<const XmlElement*> groups;
    for (const XmlElement& element : ports.children) {
      if (element.name == "extraports") groups.push_back(&element);
    }
    for (const XmlElement* group : groups) {
      const auto listed = listed_ports(*group);
      if (listed.empty() && groups.size() > 1) continue;
      for (const auto& [of, numbers] : listed.empty() ? rest(*group, found) : listed) {
        for (const std::uint16_t id : numbers) {
          found.emplace(Port{id, of}, NmapPort{{id, of}, std::string(text_of(*group, "state")), group->line});
        }
      }
    }
  }

  std::map<Protocol, PortSet> listed_ports(const XmlElement& group) {
    std::map<Protocol, PortSet> listed;
    for (const XmlElement& reason : group.children) {
      const auto of = protocol(text_of(reason, "proto"));
      if (of && !add_ports(text_of(reason, "ports"), listed[*of]))
        fail(reason, "a list of ports that is none");
    }
    std::erase_if(listed, [](const auto& entry) { return entry.second.empty(); });
    return listed;
  }

  /// All scanned ports without a row of their own, if they are as many as were counted.
  std::map<Protocol, PortSet> rest(const XmlElement& group, const std::map<Port, NmapPort>& found) const {
    std::map<Protocol, PortSet> left = scanned_;
    for (const auto& [port, row] : found) left[port.protocol].erase(port.number);
    std::size_t count = 0;
    for (const auto& [of, numbers] : left) count += numbers.size();
    if (number<std::size_t>(text_of(group, "count")) != count) left.clear();
    return left;
  }

  NmapScan scan_;
  std::map<Protocol, PortSet> scanned_;
  std::string problem_;
};

}  // namespace

Parsed<NmapScan> parse_nmap(std::string_view text) {
  auto root = parse_xml(text);
  if (!root) return tl::unexpected<ParseError>(std::move(root.error()));
  return NmapReader().read(*root);
}

}  // namespace polc::formats
