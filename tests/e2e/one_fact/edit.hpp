// One fact of policies/hosts/hardened.yaml at a time: how its text changes, and which verdicts of
// policies/automate.pol change with it. Every verdict that is not listed must stay as it is.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace polc::test {

struct Edit {
  std::string name;
  std::string find;     ///< occurs exactly once in the host's text
  std::string replace;  ///< empty: the fact is taken out
  std::map<std::string, std::string> verdicts;
};

inline const std::string kTls10 = R"(TLS 1.0\Server':
    values:
)";
inline const std::string kTls11 = R"(TLS 1.1\Server':
    values:
)";
inline const std::string kSsl2 = R"(SSL 2.0\Server':
    values:
)";
inline const std::string kSsl3 = R"(SSL 3.0\Server':
    values:
)";
inline const std::string kOff = "      Enabled: 0\n      DisabledByDefault: 1\n";

}  // namespace polc::test
