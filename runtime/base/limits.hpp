// Every bound that protects polc from hostile or absurd input, in one place. Each is tested at N and N + 1.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace polc::limits {

// Policy text.
inline constexpr std::size_t kSourceBytes = 4U << 20U;   ///< one .pol file
inline constexpr std::size_t kPolicyBytes = 64U << 20U;  ///< all files of one compilation
inline constexpr std::size_t kModules = 256;             ///< files reached through `use`
inline constexpr std::size_t kNesting = 64;              ///< every recursive grammar rule
inline constexpr std::size_t kOperands = 16384;  ///< items of one list, set, map, block or operator chain
inline constexpr std::size_t kStringBytes = 64U << 10U;  ///< one string literal or text block
inline constexpr std::size_t kDiagnosticsPerFile = 100;
inline constexpr std::size_t kSyntaxErrors =
    1000;                                        ///< after these the parser leaves the rest of a file unread
inline constexpr std::size_t kInlineDepth = 64;  ///< nested `def` and `let` expansions
inline constexpr std::size_t kExpressionDepth = 256;        ///< levels of one expression, helpers expanded
inline constexpr std::size_t kExpressionNodes = 1U << 18U;  ///< parts of one control, helpers expanded
inline constexpr std::size_t kControls = 100'000;
inline constexpr std::size_t kControlId = 128;  ///< characters of an id
inline constexpr std::size_t kProfiles = 64;    ///< of one policy and its modules
inline constexpr std::size_t kTargetTests =
    1U << 22U;  ///< controls looked at for all patterns of waivers and profiles

// Evaluation.
inline constexpr std::uint64_t kEvaluationSteps = 10'000'000;  ///< nodes visited for one control on one host
inline constexpr std::size_t kCollection = 1U << 17U;          ///< elements of one evaluated collection
inline constexpr std::size_t kEvaluationDepth = 512;           ///< sized for a 1 MiB Windows stack
inline constexpr std::size_t kPatternCharacters = 1024;        ///< of one `like` pattern or host glob
inline constexpr std::size_t kVariables = 64;                  ///< quantifiers inside one another
inline constexpr std::size_t kUnknownsPerControl = 1000;       ///< reasons kept for one control

inline constexpr std::size_t kExplainedNodes = 200'000;  ///< nodes looked at for one explanation
inline constexpr std::size_t kOutcomeBytes = 16384;      ///< of one value's text in an explanation
inline constexpr std::size_t kPlanSteps = 1U << 20U;     ///< nodes looked at for one plan

// Program files.
inline constexpr std::size_t kProgramBytes = 256U << 20U;
inline constexpr std::size_t kProgramMemory = 1U << 30U;  ///< what reading one may allocate

// Evidence files.
inline constexpr std::size_t kTargetBytes = 512U << 20U;  ///< any target file; SOFTWARE hives are the largest
inline constexpr std::size_t kFolderEntries = 1U << 16U;  ///< names in one folder of a target
inline constexpr std::size_t kFolderDepth = 32;           ///< of folders searched in a target
inline constexpr std::size_t kTargetFolders = 1U << 16U;  ///< folders searched in one target
inline constexpr std::chrono::milliseconds kProbeTime{120'000};  ///< until a probe is ended
inline constexpr std::size_t kProbeOutputBytes = 64U << 20U;
inline constexpr std::uint32_t kProbeLines = 10'000;        ///< of one answer
inline constexpr std::size_t kProbeErrorColumns = 120;      ///< of a probe's own words in a message
inline constexpr std::size_t kSnapshotBytes = 128U << 20U;  ///< JSON; YAML is capped lower, it is for people
inline constexpr std::size_t kYamlBytes = 16U << 20U;
inline constexpr std::size_t kDocumentNodes = 8U << 20U;
inline constexpr std::size_t kDocumentDepth = 32;
inline constexpr std::size_t kScalarBytes =
    16U << 20U;  ///< one text of a data file, such as an IIS configuration
inline constexpr std::size_t kXmlBytes = 16U << 20U;
inline constexpr std::size_t kXmlDepth = 64;
inline constexpr std::size_t kXmlNodes = 1U << 20U;            ///< elements and attributes of one file
inline constexpr std::size_t kXmlAttributes = 256;             ///< of one element
inline constexpr std::size_t kFirewallRuleBytes = 64U << 10U;  ///< one rule in its registry form
inline constexpr std::size_t kHiveBytes = 512U << 20U;         ///< one registry hive
inline constexpr std::size_t kHiveLogBytes = 64U << 20U;       ///< one of its transaction logs
inline constexpr std::size_t kHiveEvidence = 512U << 20U;      ///< what the rows of one hive may take
inline constexpr std::size_t kRegistryDepth = 512;             ///< levels of a registry tree, as in Windows
inline constexpr std::size_t kRegistryDataBytes = 16U << 20U;  ///< data of one value
inline constexpr std::size_t kSddlBytes = 1U << 20U;           ///< one security descriptor as text
inline constexpr std::size_t kRegistryPolBytes = 32U << 20U;   ///< one Registry.pol
inline constexpr std::size_t kRegistryPolEntries = 1U << 18U;
inline constexpr std::size_t kInfBytes = 4U << 20U;  ///< one security template, as UTF-8
inline constexpr std::size_t kInfSections = 256;
inline constexpr std::size_t kInfFields = 16384;  ///< of one line
inline constexpr std::size_t kCsvBytes = 4U << 20U;
inline constexpr std::size_t kCsvFields = 256;             ///< of one record
inline constexpr std::size_t kRegFileBytes = 64U << 20U;   ///< one .reg file, as UTF-8
inline constexpr std::size_t kRegFileEntries = 1U << 20U;  ///< keys and values of one .reg file
inline constexpr std::size_t kRegistryKeys = 1U << 18U;    ///< keys that one policy or .reg file leads to
inline constexpr std::size_t kRegistryLevels = 512;        ///< of one key ("Registry element size limits")
inline constexpr std::size_t kGpoFolders = 1024;           ///< looked into for Group Policy objects
inline constexpr std::size_t kGpoFolderLevels = 8;         ///< of them
inline constexpr std::size_t kSddlEntries = 4096;  ///< entries of one list; a binary one holds at most 3276

// A live host.
inline constexpr std::size_t kLiveRows = 1U << 17U;  ///< of one table, and of one list that Windows gives
inline constexpr std::string_view kLiveRowsInWords = "131072 entries";
inline constexpr std::size_t kGrowingReads = 8;      ///< of something that is larger each time it is read
inline constexpr std::size_t kLiveKeys = 1U << 18U;  ///< registry keys of one run
inline constexpr std::size_t kLiveKeyDepth = 512;    ///< levels of the registry, as Windows has them
inline constexpr std::size_t kLiveSubkeysPerKey = 1U << 18U;  ///< names in one key
inline constexpr std::size_t kLiveValuesPerKey = 1U << 17U;
inline constexpr std::size_t kLiveValueBytes = 1U << 20U;       ///< of one registry value
inline constexpr std::size_t kLiveRegistryBytes = 256U << 20U;  ///< what all of them may take

// Live HTTP.
inline constexpr std::size_t kUrlBytes = 2048;
inline constexpr std::size_t kHostHeaderBytes = 255;
inline constexpr std::size_t kHttpRequests = 256;              ///< of one run
inline constexpr std::chrono::milliseconds kHttpTime{10'000};  ///< of one: name, connection, TLS and answer
inline constexpr std::chrono::milliseconds kHttpTotalTime{120'000};  ///< of all of them
inline constexpr std::size_t kHttpHeadBytes =
    64U << 10U;  ///< status line and header fields, and what they are read with
inline constexpr std::size_t kHttpFields = 256;                 ///< of one answer
inline constexpr std::size_t kHttpInterimAnswers = 8;           ///< 1xx before the answer
inline constexpr std::size_t kTlsHandshakeBytes = 256U << 10U;  ///< that a server may send for one handshake

// Reports. The numbers of SARIF are GitHub's: "SARIF support for code scanning", as of 2026.
inline constexpr std::size_t kSarifRuns = 20;
inline constexpr std::size_t kSarifResults = 25'000;  ///< of one run; of the rules too
inline constexpr std::size_t kSarifShownResults = 5'000;
inline constexpr std::size_t kSarifRelated = 100;  ///< related locations of one result
inline constexpr std::size_t kSarifTags = 10;      ///< of one rule
inline constexpr std::size_t kSarifNameBytes = 255;
inline constexpr std::size_t kSarifTextBytes = 1024;      ///< descriptions
inline constexpr std::size_t kMessageBytes = 1024;        ///< the sentences about one result
inline constexpr std::size_t kMarkdownBytes = 1U << 20U;  ///< of a job summary: GitHub refuses larger ones
inline constexpr std::size_t kBaselineBytes = 128U << 20U;
inline constexpr std::size_t kBaselineResults = 200'000;

// Git repositories.
inline constexpr std::size_t kGitFileBytes = 1U << 20U;         ///< HEAD, config, one loose reference
inline constexpr std::size_t kGitPackedRefsBytes = 64U << 20U;  ///< all packed references
inline constexpr std::size_t kGitSymbolicRefs = 5;              ///< from one reference to the next, as in git
inline constexpr std::size_t kGitTags = 16;                     ///< annotated tags of tags
inline constexpr std::size_t kGitAncestors = 1U << 16U;         ///< commits passed by `~N` and `^N`
inline constexpr std::size_t kGitPacks = 1024;                  ///< of one repository
inline constexpr std::size_t kGitBucketEntries = 1U << 20U;  ///< of an index, whose ids share the first byte
inline constexpr std::uint64_t kGitPackBytes = 1ULL << 40U;  ///< offsets in one pack
inline constexpr std::size_t kGitObjectBytes = 64U << 20U;   ///< one object, and one delta
inline constexpr std::size_t kGitDeltaDepth = 4095;          ///< deltas on deltas; what git packs at most
inline constexpr std::uint64_t kGitInflatedBytes = 1ULL << 30U;  ///< all that one repository is inflated to
inline constexpr std::size_t kGitDeadInput = 64U << 10U;  ///< compressed bytes beyond twice what they give
inline constexpr std::size_t kGitTreeEntries = 1U
                                               << 20U;  ///< of all folders of a revision that are looked into

// Secrets handed over on the command line.
inline constexpr std::size_t kSecretBytes = 4096;

}  // namespace polc::limits
