// Owners of what the Windows API hands out, one for each way of giving it back. Windows only.
#pragma once

#include <windows.h>
// After windows.h, which they need.
#include <lm.h>
#include <ntsecapi.h>

#include <memory>
#include <utility>

namespace polc::backends::windows {

struct LocalRelease {
  void operator()(void* memory) const { LocalFree(memory); }
};
struct NetApiRelease {
  void operator()(void* memory) const { NetApiBufferFree(memory); }
};
struct LsaRelease {
  void operator()(void* memory) const { LsaFreeMemory(memory); }
};

/// Memory that LocalFree gives back: security descriptors, SDDL, SIDs as text.
template <class T>
using LocalMemory = std::unique_ptr<T, LocalRelease>;

/// Memory of the Net functions.
template <class T>
using NetApiMemory = std::unique_ptr<T, NetApiRelease>;

/// Memory of the Lsa functions.
template <class T>
using LsaMemory = std::unique_ptr<T, LsaRelease>;

/// A handle whose type the API calls a pointer, and the function that closes it.
template <class Handle, auto Close>
class OwnedHandle {
 public:
  OwnedHandle() = default;
  explicit OwnedHandle(Handle handle) : handle_(handle) {}
  ~OwnedHandle() {
    if (handle_ != nullptr) Close(handle_);
  }
  OwnedHandle(OwnedHandle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  OwnedHandle& operator=(OwnedHandle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }

  explicit operator bool() const { return handle_ != nullptr; }
  Handle get() const { return handle_; }

 private:
  Handle handle_ = nullptr;
};

using KeyHandle = OwnedHandle<HKEY, &RegCloseKey>;
using ServiceHandle = OwnedHandle<SC_HANDLE, &CloseServiceHandle>;
using LsaHandle = OwnedHandle<LSA_HANDLE, &LsaClose>;

}  // namespace polc::backends::windows
