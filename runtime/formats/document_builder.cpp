#include "runtime/formats/document_builder.hpp"

#include <algorithm>
#include <functional>
#include <string>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"

namespace polc::formats {

bool DocumentBuilder::scalar(NodeKind kind, std::string_view text, std::uint32_t begin, std::uint32_t end) {
  if (text.size() > limits::kScalarBytes) {
    sink_.add(diag::ScalarTooLong{.limit = std::to_string(limits::kScalarBytes)}.at(at(begin, end)));
    return false;
  }
  if (at_key() && kind == NodeKind::Null) {
    sink_.add(diag::KeyNotText{}.at(at(begin, end)));
    return false;
  }
  return add({.kind = kind, .begin = begin, .end = end, .text = text});
}

bool DocumentBuilder::begin(NodeKind container, std::uint32_t offset) {
  if (at_key()) {
    sink_.add(diag::KeyNotText{}.at(at(offset, offset + 1)));
    return false;
  }
  if (open_.size() >= limits::kDocumentDepth) {
    sink_.add(diag::DataTooDeep{.limit = std::to_string(limits::kDocumentDepth)}.at(at(offset, offset + 1)));
    return false;
  }
  if (!add({.kind = container, .begin = offset, .end = offset + 1, .text = {}})) return false;
  const auto node = static_cast<std::uint32_t>(document_.nodes_.size() - 1);
  open_.push_back({.node = node, .mapping = container == NodeKind::Mapping});
  return true;
}

void DocumentBuilder::end() {
  if (open_.back().mapping) report_duplicates(open_.back().node);
  open_.pop_back();
}

bool DocumentBuilder::add(Document::Data data) {
  if (document_.nodes_.size() >= node_limit_) {
    const auto span = at(data.begin, data.end);
    sink_.add(diag::TooManyNodes{.limit = std::to_string(node_limit_)}.at(span));
    return false;
  }
  const auto index = static_cast<std::uint32_t>(document_.nodes_.size());
  document_.nodes_.push_back(data);
  if (open_.empty()) return true;

  Open& parent = open_.back();
  if (parent.last_child == 0) {
    document_.nodes_[parent.node].first_child = index;
  } else {
    document_.nodes_[parent.last_child].next = index;
  }
  parent.last_child = index;
  parent.key_given = parent.mapping && !parent.key_given;
  if (!parent.key_given) ++document_.nodes_[parent.node].size;
  return true;
}

void DocumentBuilder::report_duplicates(std::uint32_t mapping) {
  const auto& nodes = document_.nodes_;
  if (nodes[mapping].size < 2) return;
  keys_.clear();
  for (std::uint32_t key = nodes[mapping].first_child; key != 0; key = nodes[nodes[key].next].next) {
    keys_.emplace_back(std::hash<std::string_view>{}(nodes[key].text), key);
  }
  // By hash first: keys share long prefixes. By text within a hash: crafted collisions cost no more than a
  // sort.
  std::sort(keys_.begin(), keys_.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int order = nodes[a.second].text.compare(nodes[b.second].text);
    return order != 0 ? order < 0 : a.second < b.second;
  });
  for (std::size_t i = 1; i < keys_.size() && duplicates_ <= limits::kDiagnosticsPerFile; ++i) {
    const Document::Data& first = nodes[keys_[i - 1].second];
    const Document::Data& second = nodes[keys_[i].second];
    if (keys_[i - 1].first != keys_[i].first || first.text != second.text) continue;
    auto diagnostic = diag::DuplicateKey{.key = std::string(second.text)}.at(at(second.begin, second.end));
    diagnostic.labels.push_back({at(first.begin, first.end), "first given here"});
    sink_.add(std::move(diagnostic));
    ++duplicates_;
  }
}

Document DocumentBuilder::finish(std::shared_ptr<const void> storage) {
  document_.storage_ = std::move(storage);
  return std::move(document_);
}

}  // namespace polc::formats
