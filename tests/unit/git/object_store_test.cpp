// Objects, loose and packed: right ones are read, and of wrong ones nothing is.
#include "runtime/git/object_store.hpp"

#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using git::ObjectId;
using git::ObjectType;
using git::Problem;
using polc::test::DeltaBuilder;
using polc::test::GitBuilder;
using polc::test::PackBuilder;

namespace {

constexpr unsigned kBlob = 3;

git::ObjectStore store_of(const GitBuilder& git, const git::Bounds& bounds = {}) {
  return {git.files, "/repo/.git/objects", git.kind, "it was never there", bounds};
}

ObjectId blob_id(const std::string& bytes, git::HashKind kind = git::HashKind::Sha1) {
  return git::hash_object(kind, {ObjectType::Blob, bytes});
}

std::optional<Problem> problem_of(const GitBuilder& git, const ObjectId& id, const git::Bounds& bounds = {}) {
  const auto object = store_of(git, bounds).read(id);
  return object ? std::nullopt : std::optional(object.error().problem);
}

/// "0" to "N" as a chain of deltas, each on the one before it.
PackBuilder chain(unsigned deltas, bool by_offset) {
  PackBuilder pack;
  std::uint64_t before = pack.add(blob_id("0"), kBlob, "0");
  for (unsigned i = 1; i <= deltas; ++i) {
    const std::string last = std::to_string(i - 1), text = std::to_string(i);
    const std::string delta = DeltaBuilder(last.size(), text.size()).insert(text).text();
    before = by_offset ? pack.add(blob_id(text), PackBuilder::kOffsetDelta, delta,
                                  PackBuilder::distance(pack.size() - before))
                       : pack.add(blob_id(text), PackBuilder::kReferenceDelta, delta, blob_id(last).bytes);
  }
  return pack;
}

}  // namespace

TEST_CASE("ids are those of git") {
  CHECK(blob_id("hello\n").hex() == "ce013625030ba8dba906f756967f9e9ca394464a");
  CHECK(blob_id("", git::HashKind::Sha256).hex() ==
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
  CHECK(git::parse_id(git::HashKind::Sha1, "CE013625030ba8dba906f756967f9e9ca394464a") == blob_id("hello\n"));
  CHECK_FALSE(git::parse_id(git::HashKind::Sha1, "ce013625030ba8dba906f756967f9e9ca394464"));
  CHECK_FALSE(git::parse_id(git::HashKind::Sha1, "xe013625030ba8dba906f756967f9e9ca394464a"));
  CHECK_FALSE(git::parse_id(git::HashKind::Sha256, "ce013625030ba8dba906f756967f9e9ca394464a"));
}

TEST_CASE("loose objects of every type, in repositories of both kinds") {
  for (const auto kind : {git::HashKind::Sha1, git::HashKind::Sha256}) {
    GitBuilder git(kind);
    for (const auto type : {ObjectType::Commit, ObjectType::Tree, ObjectType::Blob, ObjectType::Tag}) {
      const ObjectId id = git.loose(type, "some bytes");
      const auto object = store_of(git).read(id);
      REQUIRE(object);
      CHECK(object->type == type);
      CHECK(object->bytes == "some bytes");
    }
    CHECK(store_of(git).read(git.blob(""))->bytes.empty());
    CHECK(store_of(git).read(git.blob(std::string(1'000'000, 'x')))->bytes.size() == 1'000'000);
  }
}

TEST_CASE("an object that is not there is missing, and says why") {
  const auto object = store_of(GitBuilder()).read(blob_id("x"));
  REQUIRE_FALSE(object);
  CHECK(object.error().problem == Problem::MissingObject);
  CHECK(object.error().what.ends_with("is missing: it was never there"));
}

TEST_CASE("an object of another type than expected is damage") {
  GitBuilder git;
  CHECK(store_of(git)
            .read(git.blob("x"), ObjectType::Tree)
            .error()
            .what.ends_with("is a blob where a tree must stand"));
}

TEST_CASE("wrong loose objects are refused") {
  GitBuilder git;
  const ObjectId id = git.blob("right");
  const auto with = [&](const std::string& text) {
    git.loose_as(id, text);
    return problem_of(git, id);
  };
  using namespace std::string_literals;
  CHECK(with("blob 5\0right"s) == std::nullopt);
  CHECK(with("blob 5\0wrong"s) == Problem::Damaged);
  CHECK(with("tree 5\0right"s) == Problem::Damaged);
  CHECK(with("blob 4\0right"s) == Problem::Damaged);
  CHECK(with("blob 6\0right"s) == Problem::Damaged);
  CHECK(with("blob 05\0right"s) == Problem::Damaged);
  CHECK(with("blob -5\0right"s) == Problem::Damaged);
  CHECK(with("blob \0right"s) == Problem::Damaged);
  CHECK(with("blob 9999999999999999999\0right"s) == Problem::Damaged);
  CHECK(with("blob 999999999999999999\0right"s) == Problem::TooLarge);
  CHECK(with("blob right") == Problem::Damaged);
  CHECK(with("") == Problem::Damaged);
  git.file(GitBuilder::loose_name(id), "");
  CHECK(problem_of(git, id) == Problem::Damaged);
  git.file(GitBuilder::loose_name(id), test::deflated("blob 5\0right"s).substr(0, 15));
  CHECK(problem_of(git, id) == Problem::Damaged);
}

TEST_CASE("whichever bit of a loose object is flipped, it is damaged") {
  GitBuilder git;
  const ObjectId id = git.blob("right");
  const std::string right = git.at(GitBuilder::loose_name(id));
  for (std::size_t bit = 0; bit < 8 * right.size(); ++bit) {
    std::string wrong = right;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    git.file(GitBuilder::loose_name(id), wrong);
    const auto object = store_of(git).read(id);
    // Some bits of zlib's header (the level) mean nothing: then the content is the right one.
    if (object) CHECK(object->bytes == "right");
    if (!object) CHECK(object.error().problem == Problem::Damaged);
  }
}

TEST_CASE("compressed bytes that give nothing are bounded") {
  const std::string text("blob 5\0right", 12);
  const auto stored = [](const std::string& bytes, bool last) {
    const auto size = static_cast<char>(bytes.size());
    return std::string{static_cast<char>(last), size, '\0', static_cast<char>(~size), '\xFF'} + bytes;
  };
  const auto with_empty_blocks = [&](std::size_t count) {
    std::string stream = "\x78\x01";
    for (std::size_t i = 0; i < count; ++i) stream += stored("", false);
    const uLong sum = adler32(adler32(0, nullptr, 0), reinterpret_cast<const Bytef*>(text.data()),
                              static_cast<uInt>(text.size()));
    return stream + stored(text, true) + test::big_endian(sum, 4);
  };
  GitBuilder git;
  const ObjectId id = blob_id("right");
  // Two bytes before, 21 with and behind the text; the text allows for 24.
  const std::size_t most = (limits::kGitDeadInput + 2 * text.size() - 2 - 5 - text.size() - 4) / 5;
  git.file(GitBuilder::loose_name(id), with_empty_blocks(most));
  CHECK(problem_of(git, id) == std::nullopt);
  git.file(GitBuilder::loose_name(id), with_empty_blocks(most + 1));
  CHECK(problem_of(git, id) == Problem::Damaged);
}

TEST_CASE("packed objects, whole and as deltas of both kinds, with short and wide offsets") {
  for (const bool wide : {false, true}) {
    GitBuilder git;
    git.pack("a", chain(300, true), wide);
    CHECK(store_of(git).read(blob_id("300"))->bytes == "300");
    CHECK(store_of(git).read(blob_id("0"))->bytes == "0");
    git.pack("a", chain(300, false), wide);
    CHECK(store_of(git).read(blob_id("300"))->bytes == "300");
    CHECK(problem_of(git, blob_id("301")) == Problem::MissingObject);
  }
}

TEST_CASE("an object is found in the second pack") {
  GitBuilder git;
  git.pack("a", chain(2, true));
  PackBuilder second;
  second.add(blob_id("other"), kBlob, "other");
  git.pack("b", second);
  CHECK(store_of(git).read(blob_id("other"))->bytes == "other");
}

TEST_CASE("references of deltas that run in a circle end") {
  PackBuilder pack;
  const std::string delta = DeltaBuilder(1, 1).insert("a").text();
  pack.add(blob_id("a"), PackBuilder::kReferenceDelta, delta, blob_id("b").bytes);
  pack.add(blob_id("b"), PackBuilder::kReferenceDelta, delta, blob_id("a").bytes);
  pack.add(blob_id("c"), PackBuilder::kReferenceDelta, delta, blob_id("c").bytes);
  GitBuilder git;
  git.pack("a", pack);
  CHECK(problem_of(git, blob_id("a")) == Problem::TooLarge);
  CHECK(problem_of(git, blob_id("c")) == Problem::TooLarge);
}

TEST_CASE("wrong entries of a pack are refused") {
  const auto problem = [](unsigned type, std::uint64_t size, const std::string& data) {
    PackBuilder pack;
    pack.add(blob_id("base"), kBlob, "base");
    pack.add_raw(blob_id("x"), type, size, data);
    GitBuilder git;
    git.pack("a", pack);
    return problem_of(git, blob_id("x"));
  };
  const std::string good = test::deflated(DeltaBuilder(4, 1).insert("x").text());
  CHECK(problem(kBlob, 1, test::deflated("x")) == std::nullopt);
  CHECK(problem(kBlob, 1, test::deflated("y")) == Problem::Damaged);
  CHECK(problem(kBlob, 2, test::deflated("x")) == Problem::Damaged);
  CHECK(problem(kBlob, 0, test::deflated("x")) == Problem::Damaged);
  CHECK(problem(1, 1, test::deflated("x")) == Problem::Damaged);
  CHECK(problem(0, 1, test::deflated("x")) == Problem::Damaged);
  CHECK(problem(5, 1, test::deflated("x")) == Problem::Damaged);
  CHECK(problem(kBlob, 1, "no zlib stream") == Problem::Damaged);
  CHECK(problem(kBlob, std::uint64_t{1} << 59U, test::deflated("x")) == Problem::TooLarge);
  CHECK(problem(PackBuilder::kReferenceDelta, 4, blob_id("base").bytes + good) == std::nullopt);
  CHECK(problem(PackBuilder::kReferenceDelta, 4, blob_id("else").bytes + good) == Problem::Damaged);
  CHECK(problem(PackBuilder::kOffsetDelta, 4, PackBuilder::distance(14) + good) ==
        Problem::Damaged);  // the header
  CHECK(problem(PackBuilder::kOffsetDelta, 4, PackBuilder::distance(0) + good) == Problem::Damaged);
  CHECK(problem(PackBuilder::kOffsetDelta, 4, PackBuilder::distance(5000) + good) == Problem::Damaged);
  CHECK(problem(PackBuilder::kOffsetDelta, 4, std::string(20, '\xFF') + good) == Problem::Damaged);
  const std::string wrong_base = test::deflated(DeltaBuilder(5, 1).insert("x").text());
  CHECK(problem(PackBuilder::kReferenceDelta, 4, blob_id("base").bytes + wrong_base) == Problem::Damaged);
}

TEST_CASE("a size that never ends is no size") {
  PackBuilder pack;
  pack.add_raw(blob_id("x"), kBlob, 0, "");
  GitBuilder git;
  git.pack("a", pack);
  std::string& bytes = git.at("objects/pack/a.pack");
  bytes.resize(12);
  bytes += std::string(100, '\xBF');
  CHECK(problem_of(git, blob_id("x")) == Problem::Damaged);
  bytes.resize(13);
  CHECK(problem_of(git, blob_id("x")) == Problem::Damaged);
  bytes.resize(12);
  CHECK(problem_of(git, blob_id("x")) == Problem::Damaged);
}

TEST_CASE("packs and indices that are cut off or belong to others") {
  const std::string wanted = "5";
  GitBuilder whole;
  whole.pack("a", chain(5, true));
  for (const char* name : {"objects/pack/a.pack", "objects/pack/a.idx"}) {
    // Checksums at the end, which the ids of objects make needless, and of the index the offsets of other objects.
    const std::size_t trailer = std::string(name).ends_with("pack") ? 20 : 40 + 6 * 4;
    for (std::size_t size = 0; size < whole.at(name).size() - trailer; size += 7) {
      GitBuilder git = whole;
      git.at(name).resize(size);
      const auto problem = problem_of(git, blob_id(wanted));
      INFO(name << " of " << size << " bytes");
      CHECK((problem == Problem::Damaged || problem == Problem::Unsupported));
    }
  }
  GitBuilder git = whole;
  git.files.files.erase("/repo/.git/objects/pack/a.pack");
  CHECK(problem_of(git, blob_id(wanted)) == Problem::Unreadable);
  git = whole;
  git.file("objects/pack/a.idx", chain(4, true).index());
  CHECK(problem_of(git, blob_id(wanted)) == Problem::Damaged);
  git = whole;
  git.at("objects/pack/a.pack")[7] = 9;
  CHECK(problem_of(git, blob_id(wanted)) == Problem::Unsupported);
  git = whole;
  git.at("objects/pack/a.idx")[8] = 1;  // the first of 256 ascending numbers
  CHECK(problem_of(git, blob_id(wanted)) == Problem::Damaged);
}

TEST_CASE("whichever bit of a pack or an index is flipped, nothing wrong is read") {
  GitBuilder whole;
  whole.pack("a", chain(3, true), true);
  for (const char* name : {"objects/pack/a.pack", "objects/pack/a.idx"}) {
    GitBuilder git = whole;
    const std::string right = git.at(name);
    for (std::size_t bit = 0; bit < 8 * right.size(); ++bit) {
      std::string wrong = right;
      wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
      git.file(name, wrong);
      const auto object = store_of(git).read(blob_id("3"));
      if (object && object->bytes != "3") FAIL(name << ", bit " << bit);
    }
  }
}

TEST_CASE("bounds of objects, at the last size that is read and the first that is not") {
  GitBuilder git;
  PackBuilder pack;
  pack.add(blob_id("123456"), kBlob, "123456");
  pack.add(blob_id("12345678"), PackBuilder::kReferenceDelta,
           DeltaBuilder(6, 8).copy(0, 6).insert("78").text(), blob_id("123456").bytes);
  git.pack("a", pack);
  const ObjectId loose = git.blob("abcdef");
  git::Bounds bounds;
  bounds.object_bytes = 6;
  CHECK(problem_of(git, loose, bounds) == std::nullopt);
  CHECK(problem_of(git, blob_id("123456"), bounds) == std::nullopt);
  bounds.object_bytes = 5;
  CHECK(problem_of(git, loose, bounds) == Problem::TooLarge);
  CHECK(problem_of(git, blob_id("123456"), bounds) == Problem::TooLarge);
  const std::size_t delta = DeltaBuilder(6, 8).copy(0, 6).insert("78").text().size();
  bounds.object_bytes = delta;
  CHECK(problem_of(git, blob_id("12345678"), bounds) == std::nullopt);
  bounds.object_bytes = delta - 1;
  CHECK(problem_of(git, blob_id("12345678"), bounds) == Problem::TooLarge);
  bounds = {};
  bounds.inflated_bytes = 6 + delta + 8;  // base, delta, result
  CHECK(problem_of(git, blob_id("12345678"), bounds) == std::nullopt);
  --bounds.inflated_bytes;
  CHECK(problem_of(git, blob_id("12345678"), bounds) == Problem::TooLarge);
}

TEST_CASE("what all objects of a store may cost is bounded") {
  GitBuilder git;
  const ObjectId id = git.blob("123456");
  git::Bounds bounds;
  bounds.inflated_bytes = 12;
  const git::ObjectStore store = store_of(git, bounds);
  CHECK(store.read(id));
  CHECK(store.read(id));
  CHECK(store.read(id).error().problem == Problem::TooLarge);
}

TEST_CASE("deltas on deltas are bounded") {
  for (const bool by_offset : {false, true}) {
    GitBuilder git;
    git.pack("a", chain(20, by_offset));
    git::Bounds bounds;
    bounds.delta_depth = 10;
    CHECK(problem_of(git, blob_id("10"), bounds) == std::nullopt);
    CHECK(problem_of(git, blob_id("11"), bounds) == Problem::TooLarge);
  }
  GitBuilder git;
  git.pack("a", chain(limits::kGitDeltaDepth + 1, true));
  CHECK(problem_of(git, blob_id("4095")) == std::nullopt);
  CHECK(problem_of(git, blob_id("4096")) == Problem::TooLarge);
}

TEST_CASE("packs, their size, and objects that share two digits are bounded") {
  GitBuilder git;
  git.pack("a", chain(1, true));
  git.pack("b", chain(2, true));
  git::Bounds bounds;
  bounds.packs = 2;
  CHECK(problem_of(git, blob_id("2"), bounds) == std::nullopt);
  bounds.packs = 1;
  CHECK(problem_of(git, blob_id("2"), bounds) == Problem::TooLarge);
  for (int i = 0; i < 20; ++i) git.file("objects/pack/" + std::to_string(i), "");
  CHECK(problem_of(git, blob_id("2"), bounds) == Problem::TooLarge);

  GitBuilder one;
  one.pack("a", chain(1, true));
  bounds = {};
  bounds.pack_bytes = 12;
  CHECK(problem_of(one, blob_id("0"), bounds) == std::nullopt);
  bounds.pack_bytes = 11;
  CHECK(problem_of(one, blob_id("0"), bounds) == Problem::TooLarge);

  GitBuilder shared;
  PackBuilder pack;
  ObjectId second = blob_id("0");
  second.bytes.back() = 'x';
  pack.add(blob_id("0"), kBlob, "0");
  pack.add(second, kBlob, "other");
  shared.pack("a", pack);
  bounds = {};
  bounds.bucket_entries = 2;
  CHECK(problem_of(shared, blob_id("0"), bounds) == std::nullopt);
  bounds.bucket_entries = 1;
  CHECK(problem_of(shared, blob_id("0"), bounds) == Problem::TooLarge);
}
