#include "runtime/base/paint.hpp"

namespace polc::base {
namespace {

std::string_view sequence(Ink ink) {
  switch (ink) {
    case Ink::Bold:
      return "\x1b[1m";
    case Ink::Faint:
      return "\x1b[2m";
    case Ink::Error:
      return "\x1b[1;31m";
    case Ink::Warning:
      return "\x1b[1;33m";
    case Ink::Note:
      return "\x1b[1;36m";
    case Ink::Frame:
      return "\x1b[1;34m";
    case Ink::Good:
      return "\x1b[1;32m";
    case Ink::Plain:
      break;
  }
  return "";
}

}  // namespace

std::string paint(bool color, Ink ink, std::string_view text) {
  if (!color || ink == Ink::Plain || text.empty()) return std::string(text);
  std::string out(sequence(ink));
  return out.append(text).append("\x1b[0m");
}

}  // namespace polc::base
