// Bounds of the tools for authors; runtime/base/limits.hpp has those of everything else. Each is tested at N and N + 1.
#pragma once

#include <cstddef>
#include <cstdint>

namespace polc::limits {

// Analysis of policies. Above a bound the answer is "undetermined", never "fine".
inline constexpr std::size_t kAnalysisAtoms = 1U << 16U;  ///< comparisons of one question, ranges unrolled
inline constexpr std::size_t kAnalysisRange = 8192;       ///< elements of one range, looked at one by one
inline constexpr std::size_t kAnalysisRegions = 4096;     ///< of one location
inline constexpr std::size_t kAnalysisRelation = 1U
                                                 << 16U;  ///< combinations in one comparison of several facts
inline constexpr std::size_t kAnalysisReadings = 4096;    ///< texts that the patterns at one place tell apart
inline constexpr std::uint64_t kAnalysisSteps = 1'000'000;  ///< of one search for a witness
inline constexpr std::size_t kAnalysisDepth = 2048;         ///< choices inside one another

// Lint.
inline constexpr std::size_t kLintPairs = 1U << 14U;  ///< pairs of controls about one place that are compared

// Diff.
inline constexpr std::size_t kDiffCover = 32;  ///< controls that may together do what a removed one did
inline constexpr std::size_t kCommentBytes =
    65'000;  ///< of Markdown: comments of GitHub hold 65536 characters

// The language server.
inline constexpr std::size_t kRequestBytes = 32U << 20U;  ///< one message; JSON makes texts longer
inline constexpr int kMessageDepth = 64;                  ///< lists and objects inside one another
inline constexpr std::size_t kWorkspacePolicies = 64;     ///< policies of one workspace that are looked at
inline constexpr std::size_t kCompletionItems = 500;      ///< offered at one place
inline constexpr std::size_t kQueuedRequests = 1024;      ///< messages that are read ahead

}  // namespace polc::limits
