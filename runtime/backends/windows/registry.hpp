// The registry part of a live machine, with what its tests look into. Windows only.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

struct RegistryBounds {
  std::size_t keys = limits::kLiveKeys;
  std::size_t bytes = limits::kLiveRegistryBytes;
};

/// Called with the folded path of every key before it is opened.
using KeyObserver = std::function<void(const std::string& folded_path)>;

/// collect_registry with its bounds and somebody who watches. Keys of the slice are read with their values and the
/// names of their subkeys; of a key that is missing the first missing one above it is recorded as absent, once a
/// complete list of its siblings lacks it. What stands directly below HKLM and HKU is never absent: hives that are not
/// loaded do not show.
void collect_registry(value::Evidence& evidence, const PlanSlice* slice, const RegistryBounds& bounds,
                      const KeyObserver& observer);

/// SIDs whose hives are loaded; LocalSystem's S-1-5-18 for .DEFAULT.
struct LoadedHives {
  std::set<std::string> sids;
  std::uint32_t error = 0;  ///< ERROR_NO_MORE_ITEMS: these are all
};
LoadedHives loaded_hives();

}  // namespace polc::backends::windows
