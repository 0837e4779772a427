#include "runtime/value/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/casefold.hpp"

namespace polc::value {
namespace {

struct GenericMapping {
  std::uint32_t read, write, execute, all;
};

constexpr std::uint32_t kGenericAll = 0x10000000;
constexpr std::uint32_t kGenericExecute = 0x20000000;
constexpr std::uint32_t kGenericWrite = 0x40000000;
constexpr std::uint32_t kGenericRead = 0x80000000;

// FILE_GENERIC_* and KEY_*; shares carry file masks.
constexpr GenericMapping kFileMapping{0x00120089, 0x00120116, 0x001200A0, 0x001F01FF};
constexpr GenericMapping kKeyMapping{0x00020019, 0x00020006, 0x00020019, 0x000F003F};

std::vector<RightInfo> file_rights() {
  return {
      // What Explorer offers, from much to little: text is made from the first names that fit.
      {"FullControl", 0x000F01FF},
      {"Modify", 0x000301BF},
      {"ReadAndExecute", 0x000200A9},
      {"ListFolderContents", 0x000200A9},  // the same bits; Explorer gives it to folders only
      {"Read", 0x00020089},
      {"Write", 0x00000116},
      // Special permissions; the second name of a bit is its meaning for folders.
      {"ReadData", 0x00000001},
      {"ListDirectory", 0x00000001},
      {"WriteData", 0x00000002},
      {"CreateFiles", 0x00000002},
      {"AppendData", 0x00000004},
      {"CreateDirectories", 0x00000004},
      {"ReadExtendedAttributes", 0x00000008},
      {"WriteExtendedAttributes", 0x00000010},
      {"ExecuteFile", 0x00000020},
      {"Traverse", 0x00000020},
      {"DeleteSubdirectoriesAndFiles", 0x00000040},
      {"ReadAttributes", 0x00000080},
      {"WriteAttributes", 0x00000100},
      {"Delete", 0x00010000},
      {"ReadPermissions", 0x00020000},
      {"ChangePermissions", 0x00040000},
      {"TakeOwnership", 0x00080000},
  };
}

std::vector<RightInfo> share_rights() {
  return {
      {"FullControl", 0x000F01FF},
      {"Change", 0x000301BF},
      {"Read", 0x000200A9},
  };
}

std::vector<RightInfo> key_rights() {
  return {
      {"FullControl", 0x000F003F},
      {"Read", 0x00020019},
      {"Write", 0x00020006},
      {"QueryValue", 0x00000001},
      {"SetValue", 0x00000002},
      {"CreateSubKey", 0x00000004},
      {"EnumerateSubKeys", 0x00000008},
      {"Notify", 0x00000010},
      {"CreateLink", 0x00000020},
      {"Delete", 0x00010000},
      {"ReadPermissions", 0x00020000},
      {"ChangePermissions", 0x00040000},
      {"TakeOwnership", 0x00080000},
      {"KEY_QUERY_VALUE", 0x00000001},
      {"KEY_SET_VALUE", 0x00000002},
      {"KEY_CREATE_SUB_KEY", 0x00000004},
      {"KEY_ENUMERATE_SUB_KEYS", 0x00000008},
      {"KEY_NOTIFY", 0x00000010},
      {"KEY_CREATE_LINK", 0x00000020},
      {"KEY_READ", 0x00020019},
      {"KEY_WRITE", 0x00020006},
      {"KEY_EXECUTE", 0x00020019},
      {"KEY_ALL_ACCESS", 0x000F003F},
  };
}

std::string scope_text(std::uint32_t mask, const Rights& rights, ObjectClass object_class) {
  std::vector<std::string_view> scopes;
  if (rights.self == mask) scopes.push_back("self");
  if (rights.subfolders == mask) scopes.push_back("subfolders");
  if (rights.files == mask) scopes.push_back("files");
  const std::string mask_name = mask_text(mask, object_class);
  const bool compound = mask_name.find('|') != std::string::npos;
  return fmt::format("{}{}{} on {{{}}}", compound ? "(" : "", mask_name, compound ? ")" : "",
                     fmt::join(scopes, ", "));
}

}  // namespace

const std::vector<RightInfo>& named_rights(ObjectClass object_class) {
  static const std::vector<RightInfo> file = file_rights();
  static const std::vector<RightInfo> share = share_rights();
  static const std::vector<RightInfo> key = key_rights();
  switch (object_class) {
    case ObjectClass::Share:
      return share;
    case ObjectClass::RegistryKey:
      return key;
    case ObjectClass::File:
      break;
  }
  return file;
}

std::uint32_t mapped_mask(std::uint32_t mask, ObjectClass object_class) {
  const GenericMapping& mapping = object_class == ObjectClass::RegistryKey ? kKeyMapping : kFileMapping;
  std::uint32_t mapped = mask & ~(kGenericAll | kGenericExecute | kGenericWrite | kGenericRead);
  if ((mask & kGenericRead) != 0) mapped |= mapping.read;
  if ((mask & kGenericWrite) != 0) mapped |= mapping.write;
  if ((mask & kGenericExecute) != 0) mapped |= mapping.execute;
  if ((mask & kGenericAll) != 0) mapped |= mapping.all;
  return mapped & ~kSynchronize;
}

std::optional<std::uint32_t> find_right(ObjectClass object_class, std::string_view name) {
  const auto& all = named_rights(object_class);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const RightInfo& r) { return base::equal_folded(r.name, name); });
  return found == all.end() ? std::nullopt : std::optional(found->mask);
}

std::string mask_text(std::uint32_t mask, ObjectClass object_class) {
  std::vector<std::string> terms;
  std::uint32_t named = 0;
  for (const RightInfo& right : named_rights(object_class)) {
    const bool fits = (mask & right.mask) == right.mask;
    const bool adds = (right.mask & ~named) != 0;
    if (!fits || !adds) continue;
    terms.emplace_back(right.name);
    named |= right.mask;
  }
  if (mask != named || terms.empty()) terms.push_back(fmt::format("0x{:X}", mask & ~named));
  return fmt::format("{}", fmt::join(terms, " | "));
}

std::string to_text(const Rights& rights, ObjectClass object_class) {
  if (rights.self == rights.subfolders && rights.self == rights.files)
    return mask_text(rights.self, object_class);
  std::vector<std::uint32_t> masks;
  for (const std::uint32_t mask : {rights.self, rights.subfolders, rights.files}) {
    if (mask != 0 && std::find(masks.begin(), masks.end(), mask) == masks.end()) masks.push_back(mask);
  }
  std::vector<std::string> terms;
  for (const std::uint32_t mask : masks) terms.push_back(scope_text(mask, rights, object_class));
  return fmt::format("{}", fmt::join(terms, " | "));
}

}  // namespace polc::value
