#include "runtime/git/inflate.hpp"

#include <zlib.h>

#include <algorithm>

#include "runtime/base/limits.hpp"

namespace polc::git {
namespace {

// Memory follows what really comes out, not what a header promises.
constexpr std::size_t kOutputPiece = 256U << 10U;

}  // namespace

void Inflater::Release::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

Inflater::Inflater(NextBytes next) : next_(std::move(next)), stream_(new z_stream_s{}) {
  // Fails only without memory; reading then says "damaged", because no stream state is there.
  inflateInit(stream_.get());
}

Result<void> Inflater::refill() {
  auto more = next_();
  if (!more) return tl::unexpected(more.error());
  if (more->empty()) return failure(Problem::Damaged, "compressed data ends too early");
  input_ = std::move(*more);
  stream_->next_in = reinterpret_cast<Bytef*>(input_.data());
  stream_->avail_in = static_cast<uInt>(input_.size());
  return {};
}

Result<void> Inflater::read(std::size_t count, std::string& output) {
  const std::size_t wanted = output.size() + count;
  while (output.size() < wanted && !ended_) {
    if (stream_->avail_in == 0) {
      if (auto more = refill(); !more) return more;
    }
    const std::size_t before = output.size();
    output.resize(std::min(wanted, before + kOutputPiece));
    stream_->next_out = reinterpret_cast<Bytef*>(output.data() + before);
    stream_->avail_out = static_cast<uInt>(output.size() - before);
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    output.resize(output.size() - stream_->avail_out);
    ended_ = code == Z_STREAM_END;
    if (!ended_ && code != Z_OK) return failure(Problem::Damaged, "compressed data is damaged");
    if (stream_->total_in / 2 > stream_->total_out + limits::kGitDeadInput / 2)
      return failure(Problem::Damaged, "compressed data is longer than what it gives");
  }
  return {};
}

Result<void> Inflater::expect_end() {
  std::string rest;
  if (auto done = read(1, rest); !done) return done;
  if (!rest.empty()) return failure(Problem::Damaged, "an object is longer than its header says");
  return {};
}

}  // namespace polc::git
