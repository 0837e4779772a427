#include "runtime/value/rights.hpp"

#include <set>

#include "runtime/base/casefold.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

TEST_CASE("generic rights are mapped and SYNCHRONIZE is removed") {
  struct Row {
    ObjectClass object_class;
    std::uint32_t raw;
    std::uint32_t mapped;
  };
  const Row rows[] = {
      {ObjectClass::File, 0x001301BF, 0x000301BF},  // Modify as Explorer writes it
      {ObjectClass::File, 0x10000000, 0x000F01FF},  // GENERIC_ALL
      {ObjectClass::File, 0x80000000, 0x00020089},  // GENERIC_READ
      {ObjectClass::File, 0x40000000, 0x00020116},  // GENERIC_WRITE
      {ObjectClass::File, 0x20000000, 0x000200A0},  // GENERIC_EXECUTE
      {ObjectClass::File, 0xE0010000, 0x000301BF},  // read, write, execute and delete
      {ObjectClass::File, 0x00000000, 0x00000000},
      {ObjectClass::File, 0x03000000, 0x03000000},  // system security and maximum allowed stay
      {ObjectClass::RegistryKey, 0x10000000, 0x000F003F},
      {ObjectClass::RegistryKey, 0x80000000, 0x00020019},
      {ObjectClass::RegistryKey, 0x40000000, 0x00020006},
      {ObjectClass::RegistryKey, 0x20000000, 0x00020019},
      {ObjectClass::Share, 0x001F01FF, 0x000F01FF},
      {ObjectClass::Share, 0x10000000, 0x000F01FF},
  };
  for (const Row& row : rows) {
    CAPTURE(row.raw);
    CHECK(mapped_mask(row.raw, row.object_class) == row.mapped);
  }
}

TEST_CASE("rights by name") {
  CHECK(find_right(ObjectClass::File, "modify") == 0x000301BFU);
  CHECK(find_right(ObjectClass::File, "ListFolderContents") ==
        find_right(ObjectClass::File, "ReadAndExecute"));
  CHECK(find_right(ObjectClass::File, "Change") == std::nullopt);
  CHECK(find_right(ObjectClass::Share, "Change") == 0x000301BFU);
  CHECK(find_right(ObjectClass::RegistryKey, "QueryValue") == 1U);
  CHECK(find_right(ObjectClass::RegistryKey, "Modify") == std::nullopt);
  // Explorer's five tick boxes below full control add up to Modify (windows.md B.4).
  const auto file = [](const char* name) { return find_right(ObjectClass::File, name).value(); };
  CHECK((file("ReadAndExecute") | file("Write") | file("Delete")) == file("Modify"));
}

TEST_CASE("the tables of rights are sound") {
  for (const ObjectClass object_class : {ObjectClass::File, ObjectClass::Share, ObjectClass::RegistryKey}) {
    std::set<std::string> names;
    for (const RightInfo& right : named_rights(object_class)) {
      CAPTURE(right.name);
      CHECK(names.insert(polc::base::fold_case(right.name)).second);
      CHECK(right.mask != 0);
      CHECK(mapped_mask(right.mask, object_class) == right.mask);
    }
  }
}

TEST_CASE("masks read as names") {
  struct Row {
    ObjectClass object_class;
    std::uint32_t mask;
    const char* text;
  };
  const Row rows[] = {
      {ObjectClass::File, 0x000F01FF, "FullControl"},
      {ObjectClass::File, 0x000301BF, "Modify"},
      {ObjectClass::File, 0x000201BF, "ReadAndExecute | Write"},
      {ObjectClass::File, 0x00020089, "Read"},
      {ObjectClass::File, 0x000301FF, "Modify | DeleteSubdirectoriesAndFiles"},
      {ObjectClass::File, 0x00010000, "Delete"},
      {ObjectClass::File, 0x01000001, "ReadData | 0x1000000"},
      {ObjectClass::File, 0, "0x0"},
      {ObjectClass::Share, 0x000200A9, "Read"},
      {ObjectClass::Share, 0x000301BF, "Change"},
      {ObjectClass::Share, 1, "0x1"},
      {ObjectClass::RegistryKey, 0x000F003F, "FullControl"},
      {ObjectClass::RegistryKey, 0x0002001F, "Read | Write"},
      {ObjectClass::RegistryKey, 3, "QueryValue | SetValue"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.mask);
    CHECK(mask_text(row.mask, row.object_class) == row.text);
  }
}

TEST_CASE("rights read with their scopes") {
  CHECK(to_text(rights_everywhere(0x301BF), ObjectClass::File) == "Modify");
  CHECK(to_text(Rights{0x301BF, 0, 0}, ObjectClass::File) == "Modify on {self}");
  CHECK(to_text(Rights{0xF01FF, 0x20089, 0x20089}, ObjectClass::File) ==
        "FullControl on {self} | Read on {subfolders, files}");
  CHECK(to_text(Rights{0x201BF, 0x201BF, 0}, ObjectClass::File) ==
        "(ReadAndExecute | Write) on {self, subfolders}");
  CHECK(to_text(Rights{}, ObjectClass::File) == "0x0");
}
