#include "runtime/backends/snapshot/redaction.hpp"

#include <algorithm>
#include <array>

#include "runtime/formats/xml.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/glob.hpp"

namespace polc::backends::snapshot {
namespace {

/// Values that are secrets whatever they hold. Keys and names are globs.
struct SecretPlace {
  std::string_view key;
  std::string_view name;
};
constexpr std::array kSecretPlaces{
    // Automatic logon (Microsoft Learn, "Protecting the automatic logon password").
    SecretPlace{"HKLM\\*\\Windows NT\\CurrentVersion\\Winlogon", "DefaultPassword"},
    // LSA secrets, their keys, and cached domain logons.
    SecretPlace{"HKLM\\SECURITY\\Policy\\Secrets*", "*"},
    SecretPlace{"HKLM\\SECURITY\\Policy\\PolEKList", "*"},
    SecretPlace{"HKLM\\SECURITY\\Policy\\PolSecretEncryptionKey", "*"},
    SecretPlace{"HKLM\\SECURITY\\Cache", "*"},
    // Password hashes of local accounts, and the key that they are enciphered with.
    SecretPlace{"HKLM\\SAM\\SAM\\Domains\\Account", "F"},
    SecretPlace{"HKLM\\SAM\\SAM\\Domains\\*\\Users\\*", "V"},
    SecretPlace{"HKLM\\SAM\\SAM\\Domains\\*\\Users\\*", "F"},
    SecretPlace{"HKLM\\SAM\\SAM\\Domains\\*\\Users\\*", "SupplementalCredentials"},
    // Remote control programs: passwords under names that do not say so.
    SecretPlace{"HKLM\\SOFTWARE\\*VNC*", "*Passwd*"},
    SecretPlace{"HKLM\\SOFTWARE\\*TeamViewer*", "*PasswordAES"},
};

/// Names that say that a text is a secret, of registry values and of settings.
constexpr std::array<std::string_view, 8> kSecretNames{
    "*password*", "*passwd*", "*passphrase*", "*pwd", "*secret", "*apikey*", "*api_key*", "*accesstoken*"};

bool matches(std::string_view pattern, std::string_view text) {
  const auto glob = value::Glob::parse(pattern);
  return glob && glob->matches(text);
}

/// Each pattern is taken apart once.
bool is_secret_name(std::string_view name) {
  static const std::vector<value::Glob> globs = [] {
    std::vector<value::Glob> all;
    for (const std::string_view pattern : kSecretNames) all.push_back(*value::Glob::parse(pattern));
    return all;
  }();
  return std::any_of(globs.begin(), globs.end(), [&](const value::Glob& glob) { return glob.matches(name); });
}

/// "...;Password=x;..." or "Pwd = x" with something behind it.
bool holds_password(std::string_view text) {
  const std::string folded = value::folded(text);
  for (const std::string& word : {value::folded("password"), value::folded("pwd")}) {
    for (std::size_t at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1)) {
      const std::size_t sign = folded.find_first_not_of(' ', at + word.size());
      if (sign == std::string::npos || folded[sign] != '=') continue;
      const std::size_t content = folded.find_first_not_of(' ', sign + 1);
      if (content != std::string::npos && folded[content] != ';') return true;
    }
  }
  return false;
}

struct IsSecretData {
  bool by_name;  ///< the value's name says so

  bool operator()(std::monostate) const { return false; }
  bool operator()(std::uint64_t) const { return false; }  // settings about passwords are numbers
  bool operator()(const std::string& text) const { return by_name ? !text.empty() : holds_password(text); }
  bool operator()(const std::vector<std::string>& texts) const {
    return std::any_of(texts.begin(), texts.end(), *this);
  }
  bool operator()(const std::vector<std::uint8_t>& bytes) const { return by_name && !bytes.empty(); }
};

bool is_name_character(char c) {
  return std::string_view(" \t\r\n=<>/\"'").find(c) == std::string_view::npos;
}

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out += text[i];
    if (text[i] == '\r' && text.substr(i + 1, 1) != "\n") out += '\n';
  }
  return out;
}

/// Copies well-formed XML and leaves the secrets out. Comments are searched like markup: what was commented out is
/// a secret all the same.
class XmlCopier {
 public:
  explicit XmlCopier(std::string_view text) : text_(text) {}

  std::string copy() {
    while (at_ < text_.size()) {
      if (text_.substr(at_, 4) == "<!--") {
        out_ += "<!--";
        at_ += 4;
      } else if (text_[at_] == '<') {
        copy_tag();
      } else {
        copy_text();
      }
    }
    return std::move(out_);
  }

 private:
  struct Attribute {
    std::string_view name;
    std::string_view value;
    std::size_t begin = 0;  ///< of the value
  };

  void copy_text() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view content = text_.substr(at_, end - at_);
    const bool blank = content.find_first_not_of(" \t\n") == std::string_view::npos;
    if (blank || !(element_ == "CipherValue" || holds_password(content))) {
      out_ += content;
    } else {
      withhold(content);
    }
    at_ = end;
  }

  void copy_tag() {
    const std::size_t begin = at_++;
    std::size_t name_end = at_;
    while (name_end < text_.size() && (is_name_character(text_[name_end]) || name_end == at_)) ++name_end;
    element_ = text_.substr(at_, name_end - at_);
    at_ = name_end;
    const std::vector<Attribute> attributes = read_attributes();
    std::size_t copied = begin;
    for (const Attribute& attribute : attributes) {
      if (!is_secret(attribute, attributes)) continue;
      out_ += text_.substr(copied, attribute.begin - copied);
      withhold(attribute.value);
      copied = attribute.begin + attribute.value.size();
    }
    out_ += text_.substr(copied, at_ - copied);
  }

  /// The rest of the tag, up to and with its '>'.
  std::vector<Attribute> read_attributes() {
    std::vector<Attribute> attributes;
    std::size_t name_begin = at_;
    while (at_ < text_.size() && text_[at_] != '>') {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        const std::size_t end = std::min(text_.find(c, at_ + 1), text_.size());
        attributes.push_back({name_before(name_begin), text_.substr(at_ + 1, end - at_ - 1), at_ + 1});
        at_ = std::min(end + 1, text_.size());
        name_begin = at_;
      } else {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    return attributes;
  }

  std::string_view name_before(std::size_t begin) const {
    const std::string_view between = text_.substr(begin, at_ - begin);
    const std::string_view name = between.substr(0, between.find_last_not_of(" \t\n=") + 1);
    return name.substr(name.find_last_of(" \t\n<") + 1);
  }

  static bool is_secret(const Attribute& attribute, const std::vector<Attribute>& all) {
    const auto is = [&](std::string_view name) {
      return value::folded(attribute.name) == value::folded(name);
    };
    if (attribute.value.empty()) return false;
    if (matches("*password", attribute.name) || holds_password(attribute.value)) return true;
    if (is("validationKey") || is("decryptionKey")) return !attribute.value.starts_with("AutoGenerate");
    if (is("sessionKey")) return true;
    if (!is("value")) return false;
    return std::any_of(all.begin(), all.end(), [](const Attribute& other) {
      return (other.name == "key" || other.name == "name") && is_secret_name(other.value);
    });
  }

  /// The word for it, on as many lines.
  void withhold(std::string_view secret) {
    out_ += value::kWithheld;
    out_.append(static_cast<std::size_t>(std::count(secret.begin(), secret.end(), '\n')), '\n');
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view element_;
  std::string out_;
};

}  // namespace

value::Unknown withheld() {
  return {value::UnknownReason::NotCollected, {}, "a secret, withheld"};
}

SecretValues::SecretValues(std::string_view key_path) {
  static const std::vector<value::Glob> keys = [] {
    std::vector<value::Glob> all;
    for (const SecretPlace& place : kSecretPlaces) all.push_back(*value::Glob::parse(place.key));
    return all;
  }();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].matches(key_path)) names_.push_back(kSecretPlaces[i].name);
  }
}

bool SecretValues::holds(const value::RegistryValueEvidence& row) const {
  if (!row.data.present()) return false;
  const bool listed = std::any_of(names_.begin(), names_.end(),
                                  [&](std::string_view name) { return matches(name, row.name); });
  return listed || std::visit(IsSecretData{is_secret_name(row.name)}, row.data.value.data);
}

std::optional<std::string> without_secrets(std::string_view xml) {
  if (!formats::parse_xml(xml)) return std::nullopt;
  const std::string text = with_line_feeds(xml);
  return XmlCopier(text).copy();
}

}  // namespace polc::backends::snapshot
