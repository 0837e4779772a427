#include "runtime/formats/document.hpp"

namespace polc::formats {

NodeKind Node::kind() const {
  return document_->nodes_[index_].kind;
}

bool Node::is_true() const {
  return kind() == NodeKind::Boolean && (text()[0] == 't' || text()[0] == 'T');
}

std::string_view Node::text() const {
  return document_->nodes_[index_].text;
}

base::Span Node::span() const {
  const Document::Data& data = document_->nodes_[index_];
  return {document_->file_, data.begin, data.end};
}

std::uint32_t Node::size() const {
  return document_->nodes_[index_].size;
}

Node::Items Node::items() const {
  return {document_, is_sequence() ? document_->nodes_[index_].first_child : 0};
}

Node::Members Node::members() const {
  return {document_, is_mapping() ? document_->nodes_[index_].first_child : 0};
}

Node::Items::Iterator& Node::Items::Iterator::operator++() {
  index_ = document_->nodes_[index_].next;
  return *this;
}

Member Node::Members::Iterator::operator*() const {
  return {Node(document_, index_), Node(document_, document_->nodes_[index_].next)};
}

Node::Members::Iterator& Node::Members::Iterator::operator++() {
  index_ = document_->nodes_[document_->nodes_[index_].next].next;
  return *this;
}

}  // namespace polc::formats
