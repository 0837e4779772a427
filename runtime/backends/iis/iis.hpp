// Configuration files of a web server: an applicationHost.config, a copy of inetsrv\config, or a whole system drive.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// Three kinds of targets, told by what is in them:
///   an applicationHost.config      the server level, with redirection.config and section files found beside it;
///                                  the file named is taken as the one in force
///   a copy of inetsrv\config       the same
///   a system drive (a folder with Windows\System32\inetsrv\config)
///                                  also every web.config below every application on that drive, as "C:"
/// Only the last one can be closed. Paths on other drives, UNC paths and variables beyond %SystemDrive%, %SystemRoot% and
/// %windir% are not followed: what lies there is unknown.
const Backend& iis_backend();

}  // namespace polc::backends
