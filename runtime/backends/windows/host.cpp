#include "runtime/backends/windows/collectors.hpp"

namespace polc::backends::windows {

void collect_host(value::Evidence&) {}

}  // namespace polc::backends::windows
