#include "runtime/ir/serialise.hpp"

#include <array>
#include <cstring>

#include "runtime/base/diagnostics/program.hpp"
#include "runtime/base/text.hpp"
#include "runtime/ir/checksum.hpp"
#include "runtime/ir/layout.hpp"
#include "runtime/ir/verify.hpp"

namespace polc::ir {
namespace {

constexpr std::string_view kMagic = "POLC";

/// Sections of a file. The two text tables come first: all others refer to them.
constexpr std::array<std::string_view, 18> kSections{"table of literals",
                                                     "table of texts",
                                                     "policy header",
                                                     "source files",
                                                     "source ranges",
                                                     "constants",
                                                     "addresses",
                                                     "computed addresses",
                                                     "OS defaults",
                                                     "nodes",
                                                     "operands",
                                                     "settings",
                                                     "groups",
                                                     "controls",
                                                     "waivers",
                                                     "parameters",
                                                     "expansions",
                                                     "profile"};
constexpr std::size_t kFixedHeader = 12;
constexpr std::size_t kHeader = kFixedHeader + 4 * kSections.size();
constexpr std::size_t kTrailer = 8;
constexpr std::size_t kFirstStructured = 2;  // of kSections

template <class Archive>
void section(Archive& a, Subject<Archive, Program> p, std::size_t index) {
  const auto each = [](auto& archive, auto& element) { fields(archive, element); };
  switch (index) {
    case 2:
      fields(a, p.policy);
      return a.number(p.variable_count);
    case 3:
      return a.list(p.files, 34, each);
    case 4:
      return a.list(p.ranges, 7, each);
    case 5:
      return a.list(p.constants, 1, each);
    case 6:
      return a.list(p.addresses, 3, each);
    case 7:
      return a.list(p.reads, 2, each);
    case 8:
      return a.list(p.defaults, 1, [each](auto& archive, auto& rows) { archive.list(rows, 4, each); });
    case 9:
      return a.list(p.nodes, 15, each);
    case 10:
      return ids(a, p.operands);
    case 11:
      return a.list(p.settings, 21, each);
    case 12:
      return a.list(p.groups, 2,
                    [](auto& archive, auto& group) { numbers(archive, group.title, group.range); });
    case 13:
      return a.list(p.controls, 17, each);
    case 14:
      return a.list(p.waivers, 8, each);
    case 15:
      return a.list(p.parameters, 11, each);
    case 16:
      return a.list(p.expansions, 6, each);
    case 17:
      return fields(a, p.profile);
    default:
      return;
  }
}

void append_fixed(std::string& bytes, std::uint64_t v, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) bytes.push_back(static_cast<char>((v >> (8 * i)) & 0xFFU));
}

std::uint64_t fixed(std::string_view bytes, std::size_t offset, std::size_t width) {
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < width; ++i) {
    v |= std::uint64_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  }
  return v;
}

std::string serialise(const TextTable& table) {
  Writer writer;
  writer.number(table.size() - 1);
  for (std::size_t i = 1; i < table.size(); ++i) writer.number(table[i].size());
  return writer.take() + table.bytes();
}

/// False for anything but a well-formed table of UTF-8 texts.
bool deserialise(std::string_view bytes, std::size_t& memory, TextTable& table) {
  const TextTable nothing;
  Reader reader(bytes, nothing, memory);
  const std::size_t count = reader.count(1, sizeof(std::uint32_t));
  std::vector<std::uint32_t> ends(count + 1);
  std::uint64_t end = 0;
  for (std::size_t i = 1; i <= count; ++i) {
    std::uint32_t length = 0;
    reader.number(length);
    end += length;
    if (end > bytes.size()) return false;
    ends[i] = static_cast<std::uint32_t>(end);
  }
  const std::string_view block = reader.bytes(static_cast<std::size_t>(end));
  if (!reader.finished() || end > memory || base::find_invalid_utf8(block)) return false;
  memory -= static_cast<std::size_t>(end);
  for (const std::uint32_t cut : ends) {
    const bool inside_character =
        cut < block.size() && (static_cast<unsigned char>(block[cut]) & 0xC0U) == 0x80U;
    if (inside_character) return false;
  }
  table = TextTable::adopt(std::string(block), std::move(ends));
  return true;
}

class FileReader {
 public:
  FileReader(std::string_view bytes, std::string_view name) : bytes_(bytes), name_(name) {}

  base::Result<Program> read() {
    if (auto error = check_frame()) return base::failure(std::move(*error));
    TextTable pool;
    Program program;
    std::size_t memory = limits::kProgramMemory;
    if (!deserialise(sections_[0], memory, pool)) return invalid(0);
    if (!deserialise(sections_[1], memory, program.texts)) return invalid(1);
    for (std::size_t i = kFirstStructured; i < kSections.size(); ++i) {
      Reader reader(sections_[i], pool, memory);
      section(reader, program, i);
      if (!reader.finished()) return invalid(i);
    }
    if (auto verified = verify(program, name_); !verified) return base::failure(std::move(verified.error()));
    return program;
  }

 private:
  std::string file() const { return std::string(name_); }

  tl::unexpected<base::Diagnostic> invalid(std::size_t section) const {
    return base::failure(diag::ProgramInvalid{.file = file(),
                                              .place = std::string("the ") + std::string(kSections[section]),
                                              .problem = "malformed data"}
                             .at());
  }

  /// Magic, version, sizes and checksum; finds the sections.
  std::optional<base::Diagnostic> check_frame() {
    if (bytes_.size() > limits::kProgramBytes) {
      return diag::ProgramTooLarge{.file = file(), .limit = std::to_string(limits::kProgramBytes)}.at();
    }
    if (bytes_.substr(0, kMagic.size()) != kMagic) return diag::NotAProgram{.file = file()}.at();
    if (bytes_.size() < kFixedHeader) return truncated("header");
    const std::uint64_t version = fixed(bytes_, 4, 4);
    if (version != kFormatVersion || fixed(bytes_, 8, 4) != kSections.size()) {
      return diag::ProgramVersion{
          .file = file(), .found = std::to_string(version), .expected = std::to_string(kFormatVersion)}
          .at();
    }
    if (bytes_.size() < kHeader) return truncated("header");
    std::size_t offset = kHeader;
    for (std::size_t i = 0; i < kSections.size(); ++i) {
      const auto size = static_cast<std::size_t>(fixed(bytes_, kFixedHeader + 4 * i, 4));
      if (size > bytes_.size() - offset) return truncated(kSections[i]);
      sections_[i] = bytes_.substr(offset, size);
      offset += size;
    }
    if (bytes_.size() - offset < kTrailer) return truncated("checksum");
    const bool intact = bytes_.size() - offset == kTrailer &&
                        checksum(bytes_.substr(0, offset)) == fixed(bytes_, offset, kTrailer);
    if (!intact) return diag::ProgramDamaged{.file = file()}.at();
    return std::nullopt;
  }

  base::Diagnostic truncated(std::string_view where) const {
    return diag::ProgramTruncated{.file = file(), .section = std::string(where)}.at();
  }

  std::string_view bytes_;
  std::string_view name_;
  std::array<std::string_view, kSections.size()> sections_;
};

}  // namespace

std::string serialise(const Program& program) {
  std::array<std::string, kSections.size()> sections;
  Writer writer;
  for (std::size_t i = kFirstStructured; i < kSections.size(); ++i) {
    section(writer, program, i);
    sections[i] = writer.take();
  }
  sections[0] = serialise(writer.pool());
  sections[1] = serialise(program.texts);

  std::string bytes(kMagic);
  append_fixed(bytes, kFormatVersion, 4);
  append_fixed(bytes, kSections.size(), 4);
  for (const std::string& s : sections) append_fixed(bytes, s.size(), 4);
  for (const std::string& s : sections) bytes += s;
  append_fixed(bytes, checksum(bytes), kTrailer);
  return bytes;
}

bool is_program_file(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

base::Result<Program> deserialise(std::string_view bytes, std::string_view name) {
  return FileReader(bytes, name).read();
}

}  // namespace polc::ir
