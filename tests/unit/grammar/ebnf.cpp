#include "tests/unit/grammar/ebnf.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <stdexcept>

namespace polc::grammar::test {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Recursive descent over the notation explained at the head of polc.ebnf.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::map<std::string, Term> read() {
    std::map<std::string, Term> productions;
    while (skip(), at_ < text_.size()) {
      const std::string name = word();
      expect('=');
      if (!productions.emplace(name, choice()).second) fail("a second production " + name);
      expect(';');
    }
    return productions;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(what + " at offset " + std::to_string(at_));
  }

  void skip() {
    while (at_ < text_.size()) {
      if (text_.compare(at_, 2, "(*") == 0) {
        at_ = text_.find("*)", at_) + 2;
      } else if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        ++at_;
      } else {
        return;
      }
    }
  }

  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  void expect(char c) {
    if (peek() != c) fail(std::string("expected ") + c);
    ++at_;
  }

  std::string word() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (at_ == begin) fail("expected a name");
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string quoted(char quote) {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != quote) at_ += text_[at_] == '\\' ? 2 : 1;
    return std::string(text_.substr(begin, at_++ - begin));
  }

  Term choice() {
    Term result{Term::Kind::Choice, {}, {sequence()}, {}};
    while (peek() == '|') {
      ++at_;
      result.parts.push_back(sequence());
    }
    return result.parts.size() == 1 ? result.parts.front() : result;
  }

  Term sequence() {
    Term result{Term::Kind::Sequence, {}, {}, {}};
    while (std::string_view("|)]};").find(peek()) == std::string_view::npos)
      result.parts.push_back(exception());
    return result.parts.size() == 1 ? result.parts.front() : result;
  }

  Term exception() {
    Term left = atom();
    if (peek() != '-') return left;
    ++at_;
    return {Term::Kind::Except, {}, {std::move(left), atom()}, {}};
  }

  Term bracketed(Term::Kind kind, char closing) {
    ++at_;
    Term inside = choice();
    expect(closing);
    return {kind, {}, {std::move(inside)}, {}};
  }

  Term atom() {
    switch (peek()) {
      case '(':
        return bracketed(Term::Kind::Sequence, ')');
      case '[':
        return bracketed(Term::Kind::Optional, ']');
      case '{':
        return bracketed(Term::Kind::Repeat, '}');
      case '"':
        return {Term::Kind::Literal, quoted('"'), {}, {}};
      case '/': {
        const std::string pattern = quoted('/');
        return {Term::Kind::Pattern, pattern, {}, std::regex(pattern)};
      }
      default:
        return {Term::Kind::Name, word(), {}, {}};
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Ebnf::Ebnf(std::string_view text) : productions_(Reader(text).read()) {
  for (const auto& [name, term] : productions_) check(term);
}

void Ebnf::check(const Term& term) const {
  if (term.kind == Term::Kind::Name && productions_.count(term.text) == 0) {
    throw std::runtime_error("no production " + term.text);
  }
  for (const Term& part : term.parts) check(part);
}

bool Recognizer::accepts(const std::string& production) {
  for (const std::size_t end : ends_of_name(production, 0)) {
    if (skip_trivia(end) == text_.size()) return true;
  }
  return false;
}

std::size_t Recognizer::skip_trivia(std::size_t at) const {
  while (at < text_.size()) {
    if (text_.compare(at, 2, "//") == 0) {
      at = std::min(text_.find('\n', at), text_.size());
    } else if (std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

/// A token that ends in a word character does not stop inside a word.
Recognizer::Ends Recognizer::ends_of_token(std::size_t at, std::size_t length) const {
  const std::size_t end = at + length;
  if (length == 0) return {};
  const bool runs_on = end < text_.size() && is_word(text_[end - 1]) && is_word(text_[end]);
  return runs_on ? Ends{} : Ends{end};
}

Recognizer::Ends Recognizer::ends_of_name(const std::string& name, std::size_t at) {
  const auto key = std::pair(name, at);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  Ends found = ends(grammar_.productions().at(name), at);
  known_[key] = found;
  return found;
}

Recognizer::Ends Recognizer::ends(const Term& term, std::size_t at) {
  Ends result;
  switch (term.kind) {
    case Term::Kind::Name:
      return ends_of_name(term.text, at);
    case Term::Kind::Literal: {
      const std::size_t begin = skip_trivia(at);
      if (text_.compare(begin, term.text.size(), term.text) != 0) return {};
      return ends_of_token(begin, term.text.size());
    }
    case Term::Kind::Pattern: {
      const std::size_t begin = skip_trivia(at);
      std::match_results<std::string_view::const_iterator> match;
      const auto from = text_.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto flags = std::regex_constants::match_continuous;
      if (!std::regex_search(from, text_.end(), match, term.pattern, flags)) return {};
      return ends_of_token(begin, static_cast<std::size_t>(match.length()));
    }
    case Term::Kind::Sequence: {
      result = {at};
      for (const Term& part : term.parts) {
        Ends next;
        for (const std::size_t end : result) next.merge(ends(part, end));
        result = std::move(next);
      }
      return result;
    }
    case Term::Kind::Choice:
      for (const Term& part : term.parts) result.merge(ends(part, at));
      return result;
    case Term::Kind::Optional:
      result = ends(term.parts[0], at);
      result.insert(at);
      return result;
    case Term::Kind::Repeat: {
      Ends fresh{at};
      while (!fresh.empty()) {
        Ends next;
        for (const std::size_t end : fresh) next.merge(ends(term.parts[0], end));
        result.merge(fresh);
        fresh.clear();
        for (const std::size_t end : next) {
          if (result.count(end) == 0) fresh.insert(end);
        }
      }
      return result;
    }
    case Term::Kind::Except: {
      const Ends excluded = ends(term.parts[1], at);
      for (const std::size_t end : ends(term.parts[0], at)) {
        if (excluded.count(end) == 0) result.insert(end);
      }
      return result;
    }
  }
  return result;
}

const std::map<std::string, std::vector<std::string>>& samples() {
  static const std::map<std::string, std::vector<std::string>> samples{
      {"word", {"a", "b2", "_c", "loopback", "Enabled", "present", "default", "true"}},
      {"text_block", {"\"\"\"\"\"\"", "\"\"\"\n  text\n\"\"\"", "\"\"\"with \" quotes\"\"\""}},
      {"quoted_string", {"\"\"", R"("text")", R"("tab \t and \u{20AC}")"}},
      {"raw_string", {"''", R"('C:\Windows')", "'it''s'"}},
      {"date", {"2027-03-31", "1999-12-01"}},
      {"hex_integer", {"0xFF", "0X0_1"}},
      {"duration", {"0s", "15min", "24h", "1_000d"}},
      {"integer", {"0", "7", "1_000"}},
  };
  return samples;
}

Generator::Generator(const Ebnf& grammar, std::map<std::string, std::vector<std::string>> samples,
                     unsigned seed)
    : grammar_(grammar), samples_(std::move(samples)), random_(seed) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [name, term] : grammar_.productions()) {
      const int now = height(term);
      const auto known = heights_.find(name);
      if (now == std::numeric_limits<int>::max() || (known != heights_.end() && known->second <= now))
        continue;
      heights_[name] = now;
      changed = true;
    }
  }
}

int Generator::height(const Term& term) const {
  int most = 0;
  int least = std::numeric_limits<int>::max();
  switch (term.kind) {
    case Term::Kind::Literal:
    case Term::Kind::Pattern:
    case Term::Kind::Optional:
    case Term::Kind::Repeat:
      return 0;
    case Term::Kind::Name: {
      const auto known = heights_.find(term.text);
      return known == heights_.end() ? std::numeric_limits<int>::max() : known->second + 1;
    }
    case Term::Kind::Choice:
      for (const Term& part : term.parts) least = std::min(least, height(part));
      return least;
    case Term::Kind::Sequence:
      for (const Term& part : term.parts) most = std::max(most, height(part));
      return most;
    case Term::Kind::Except:
      return height(term.parts[0]);
  }
  return 0;
}

const Term& Generator::choose(const std::vector<Term>& alternatives, int depth) {
  if (depth > 0) return alternatives[pick(alternatives.size())];
  return *std::min_element(alternatives.begin(), alternatives.end(),
                           [&](const Term& a, const Term& b) { return height(a) < height(b); });
}

std::string Generator::sentence(const std::string& production) {
  constexpr int kDepth =
      40;  // productions between the sentence and its tokens, before it is brought to an end
  std::string out;
  generate({Term::Kind::Name, production, {}, {}}, production, kDepth, out);
  return out;
}

void Generator::generate(const Term& term, const std::string& production, int depth, std::string& out) {
  constexpr std::size_t kLongEnough = 600;  // bytes, after which nothing optional is added
  const bool brief = depth <= 0 || out.size() > kLongEnough;
  switch (term.kind) {
    case Term::Kind::Name:
      return generate(grammar_.productions().at(term.text), term.text, depth - 1, out);
    case Term::Kind::Literal:
      out += term.text + " ";
      return;
    case Term::Kind::Pattern: {
      const std::vector<std::string>& texts = samples_.at(production);
      out += texts[pick(texts.size())] + " ";
      return;
    }
    case Term::Kind::Sequence:
      for (const Term& part : term.parts) generate(part, production, depth, out);
      return;
    case Term::Kind::Choice:
      return generate(choose(term.parts, brief ? 0 : depth), production, depth, out);
    case Term::Kind::Optional:
      if (!brief && pick(3) == 0) generate(term.parts[0], production, depth, out);
      return;
    case Term::Kind::Repeat:
      for (std::size_t n = brief ? 0 : pick(3); n > 0; --n) generate(term.parts[0], production, depth, out);
      return;
    case Term::Kind::Except:
      for (;;) {
        std::string left;
        generate(term.parts[0], production, depth, left);
        Recognizer excluded(grammar_, left);
        const bool is_excluded = term.parts[1].kind == Term::Kind::Literal
                                     ? left == term.parts[1].text + " "
                                     : excluded.accepts(term.parts[1].text);
        if (is_excluded) continue;
        out += left;
        return;
      }
  }
}

}  // namespace polc::grammar::test
