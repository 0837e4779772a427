// Lists of the Net functions, which come in pieces. Windows only.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::windows {

/// Reads a list to its end: `next(buffer, read)` is one call for the next piece, `use(item)` gets the entries and may
/// stop by false. nullopt when the end was reached, otherwise why not. `call` and `privilege` are for people.
template <class Item, class Next, class Use>
std::optional<value::Unknown> read_net_list(std::string_view call, std::string_view privilege, Next next,
                                            Use use) {
  std::size_t seen = 0;
  for (;;) {
    BYTE* buffer = nullptr;
    DWORD count = 0;
    const NET_API_STATUS status = next(&buffer, &count);
    const NetApiMemory<Item> owned(reinterpret_cast<Item*>(buffer));
    if (status != NERR_Success && status != ERROR_MORE_DATA) return failure(call, status, privilege);
    const auto* items = reinterpret_cast<const Item*>(buffer);
    for (DWORD i = 0; i < count; ++i) {
      if (!use(items[i])) return over_limit(limits::kLiveRowsInWords);
    }
    seen += count;
    if (status == NERR_Success) return std::nullopt;
    // A list that grows while it is read, or a piece of nothing, has no end.
    if (count == 0 || seen > limits::kLiveRows) return over_limit(limits::kLiveRowsInWords);
  }
}

}  // namespace polc::backends::windows
