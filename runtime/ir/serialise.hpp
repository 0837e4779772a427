// Program files: a Program as deterministic, versioned bytes.
//
//   "POLC"  format version (u32)  section count (u32)  size of each section (u32)
//   the sections, in the order of serialise.cpp
//   checksum of everything before it (u64, XXH64)
//
// Fixed-width numbers are little-endian; inside sections numbers are variable-length (7 bits a byte, least
// significant first). The checksum finds damage; it is no signature, so a file from elsewhere is as
// trustworthy as its way here, and is verified in full before it is used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/result.hpp"
#include "runtime/ir/program.hpp"

namespace polc::ir {

/// Raised with every change of the layout, of an enumeration in it, or of the resource catalogue.
inline constexpr std::uint32_t kFormatVersion = 3;

/// The same program gives the same bytes. Constants must hold no records (verify() checks it).
std::string serialise(const Program& program);

/// Whether the bytes begin as a program file does; no policy text does.
bool is_program_file(std::string_view bytes);

/// Reads and verifies a program file. `name` is the file's display name. Errors: POL3000 to POL3005. Memory
/// is bounded by limits::kProgramMemory whatever the file claims.
base::Result<Program> deserialise(std::string_view bytes, std::string_view name);

}  // namespace polc::ir
