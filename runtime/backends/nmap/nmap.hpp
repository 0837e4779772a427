// What a port scan saw from outside.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// nmap's XML (-oX), of one host that was up. The vantage is the target's label, else the file's name without its ending:
/// `nmap:internet=scan.xml` and `internet.xml` answer exposure("internet", ...). Which computer was scanned is the word of
/// whoever names the file: a scan knows addresses, not computer names. Ports that the scan could not tell
/// ("open|filtered") stay unknown.
const Backend& nmap_backend();

}  // namespace polc::backends
