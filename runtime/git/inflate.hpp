// Bounded inflating of one zlib stream, whose compressed bytes come in pieces. Private to runtime/git.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "runtime/git/result.hpp"

struct z_stream_s;

namespace polc::git {

/// Hands over the next compressed bytes; empty at the end of the file.
using NextBytes = std::function<Result<std::string>()>;

class Inflater {
 public:
  explicit Inflater(NextBytes next);

  /// Appends up to `count` bytes to `output`; fewer only where the stream ends, with a checksum that is right.
  Result<void> read(std::size_t count, std::string& output);

  /// The stream holds exactly as much as its header said.
  Result<void> expect_end();

 private:
  struct Release {
    void operator()(z_stream_s* stream) const;
  };

  Result<void> refill();

  NextBytes next_;
  std::string input_;  ///< what the stream looks into
  std::unique_ptr<z_stream_s, Release> stream_;
  bool ended_ = false;
};

}  // namespace polc::git
