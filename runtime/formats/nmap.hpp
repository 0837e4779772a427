// Port scans as nmap writes them with -oX (https://nmap.org/book/nmap-dtd.html).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"
#include "runtime/value/value.hpp"

namespace polc::formats {

struct NmapPort {
  value::Port port;
  std::string state;  ///< nmap's word: "open", "closed", "filtered", "open|filtered", "unfiltered", ...
  std::uint32_t line =
      0;  ///< where the file says so; that of <extraports> for ports that are only counted there
};

struct NmapHost {
  std::string address;  ///< first IPv4 or IPv6 address
  bool up = false;
  std::optional<std::int64_t> end;  ///< seconds since 1970, UTC
  std::vector<NmapPort> ports;      ///< TCP and UDP, sorted, no repetitions
  std::uint32_t line = 0;
};

struct NmapScan {
  std::vector<NmapHost> hosts;
  std::optional<std::int64_t> end;  ///< of the whole scan
  bool finished = false;            ///< it ran to its end; otherwise ports that are only counted are left out
};

/// Ports of <extraports> are told by their lists of ports, or where all uncounted ports of a protocol share one state.
/// An error for what is no XML, no <nmaprun>, or has a port or time that is no number.
Parsed<NmapScan> parse_nmap(std::string_view text);

}  // namespace polc::formats
