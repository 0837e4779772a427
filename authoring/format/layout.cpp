#include "authoring/format/layout.hpp"

namespace polc::authoring {

std::vector<grammar::NodeId> Layout::children(NodeId id, std::size_t from) const {
  std::vector<NodeId> ids;
  for (const NodeId child : tree_.children(id)) {
    if (from > 0) {
      --from;
    } else {
      ids.push_back(child);
    }
  }
  return ids;
}

Doc Layout::node(NodeId id) {
  const Doc comments = comments_.before(begin(id));
  const Doc laid_out = shape(id);
  return comments == kNothing ? laid_out : concat({comments, laid_out});
}

Doc Layout::item(NodeId id) {
  const Doc comments = comments_.before(begin(id), true);
  const Doc laid_out = shape(id);
  return comments == kNothing ? laid_out : concat({comments, laid_out});
}

Doc Layout::keyword(std::string_view word, NodeId id) {
  return concat({text(word), child(id, 0)});
}

Doc Layout::suffixed(NodeId id, std::string_view joint) {
  const std::string_view word = grammar::op_text(tree_.op(id));
  const Doc operand = child(id, 0);
  const Doc comments = comments_.before(tree_.node(id).end - static_cast<std::uint32_t>(word.size()));
  return concat({operand, comments, text(joint), text(word)});
}

/// Complete over the kinds of nodes: a kind that is missing does not compile.
Doc Layout::shape(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::File:
      return file();
    case NodeKind::Policy:
      return declaration_with_body(id, "policy", 2);
    case NodeKind::Control:
      return declaration_with_body(id, "control", 2);
    case NodeKind::Setting:
      return declaration_with_body(id, "setting", 1);
    case NodeKind::Group:
      return declaration_with_body(id, "group", 1);
    case NodeKind::Test:
      return declaration_with_body(id, "test", 1);
    case NodeKind::Waive:
      return waive(id);
    case NodeKind::Profile:
      return profile(id);
    case NodeKind::Use:
      return use(id);
    case NodeKind::Param:
      return param(id);
    case NodeKind::Let:
      return definition(id, "let ");
    case NodeKind::Def:
      return definition(id, "def ");
    case NodeKind::Error:
      return verbatim(id);

    case NodeKind::ModulePath:
      return module_path(id);
    case NodeKind::Domain:
      return keyword("in ", id);
    case NodeKind::Default:
      return keyword("= ", id);
    case NodeKind::Direction:
      return keyword("stricter ", id);
    case NodeKind::Parameters:
      return bracketed("(", id, ")");
    case NodeKind::Parameter:
      return concat({child(id, 0), text(": "), child(id, 1)});
    case NodeKind::Host:
      return keyword("on host ", id);
    case NodeKind::From:
      return keyword("from ", id);
    case NodeKind::Until:
      return keyword("until ", id);
    case NodeKind::IdTarget:
      return child(id, 0);
    case NodeKind::TagTarget:
      return keyword("tag ", id);
    case NodeKind::GroupTarget:
      return keyword("group ", id);
    case NodeKind::Extends:
      return list_clause(id, "extends ");
    case NodeKind::Include:
      return list_clause(id, "include ");
    case NodeKind::Exclude:
      return list_clause(id, "exclude ");
    case NodeKind::Assignment:
      return concat({text("set "), child(id, 0), text(" "), child(id, 1)});
    case NodeKind::Regrading:
      return regrading(id);
    case NodeKind::Loosen:
      return loosen(id);
    case NodeKind::Field:
      return field(id);
    case NodeKind::FieldBlock:
      return body(kNothing, id, children(id));
    case NodeKind::TypeName:
      return type_name(id);
    case NodeKind::EnumType:
      return bracketed("enum {", id, "}");

    case NodeKind::Severity:
      return keyword("severity ", id);
    case NodeKind::Tags:
      return list_clause(id, "tags ");
    case NodeKind::Refs:
      return list_clause(id, "refs ");
    case NodeKind::Formerly:
      return list_clause(id, "formerly ");
    case NodeKind::Because:
      return keyword("because ", id);
    case NodeKind::Fix:
      return keyword("fix ", id);
    case NodeKind::When:
      return keyword("when ", id);
    case NodeKind::Require:
      return require(id);
    case NodeKind::Manual:
      return manual(id);
    case NodeKind::Attested:
      return keyword("attested ", id);
    case NodeKind::Within:
      return keyword("within ", id);

    case NodeKind::Given:
      return given(id);
    case NodeKind::At:
      return keyword("at ", id);
    case NodeKind::TestParam:
      return test_param(id);
    case NodeKind::With:
      return keyword("with ", id);
    case NodeKind::Change:
      return change(id);
    case NodeKind::Expect:
      return expect(id);
    case NodeKind::Cases:
      return cases(id);
    case NodeKind::Columns:
      return columns(id);
    case NodeKind::CaseRow:
      return case_row(id);
    case NodeKind::Equivalent:
      return concat({text("equivalent "), child(id, 0), text(" "), child(id, 1)});

    case NodeKind::Implies:
      return implication(id);
    case NodeKind::Or:
      return chain(id, "or ");
    case NodeKind::And:
      return chain(id, "and ");
    case NodeKind::Not:
      return keyword("not ", id);
    case NodeKind::Quantifier:
      return quantifier(id);
    case NodeKind::Block:
      return bracketed(tree_.op(id) == grammar::Op::All ? "all {" : "any {", id, "}", Inside::Spaced);
    case NodeKind::Comparison:
      return comparison(id);
    case NodeKind::IsTest:
      return is_test(id);
    case NodeKind::Absence:
      return suffixed(id, " or ");

    case NodeKind::Union:
      return chain(id, "| ");
    case NodeKind::Intersection:
      return chain(id, "& ");
    case NodeKind::Product:
      return chain(id, "* ");
    case NodeKind::Sum:
      return sum(id);
    case NodeKind::PortSuffix:
      return suffixed(id, "/");
    case NodeKind::Range:
      return range(id);
    case NodeKind::Negation:
      return keyword("-", id);
    case NodeKind::RightsOn:
      return concat({child(id, 0), text(" on "), child(id, 1)});
    case NodeKind::Call:
      return call(id);
    case NodeKind::NamedArgument:
    case NodeKind::Entry:
      return concat({child(id, 0), text(": "), child(id, 1)});
    case NodeKind::Member:
      return concat({child(id, 0), text("."), child(id, 1)});
    case NodeKind::Index:
      return concat({child(id, 0), text("["), child(id, 1), comments_.before(last_byte(id)), text("]")});
    case NodeKind::ByBlock:
      return by_block(id);
    case NodeKind::ByCase:
      return by_case(id);
    case NodeKind::Paren:
      return concat({text("("), child(id, 0), comments_.before(last_byte(id)), text(")")});
    case NodeKind::List:
      return bracketed("[", id, "]");
    case NodeKind::Braces: {
      const NodeId first = tree_.child(id, 0);
      const bool map = first != grammar::kNoNode && tree_.kind(first) == NodeKind::Entry;
      return bracketed("{", id, "}", map ? Inside::Spaced : Inside::Tight);
    }

    case NodeKind::Label:
    case NodeKind::Name:
    case NodeKind::Int:
    case NodeKind::HexInt:
    case NodeKind::Bool:
    case NodeKind::Duration:
    case NodeKind::Date:
    case NodeKind::RawString:
    case NodeKind::String:
    case NodeKind::Word:
      return text(tree_.text(id));
    case NodeKind::Operator:
      return text(grammar::op_text(tree_.op(id)));
    case NodeKind::TextBlock:
      return text_block(id);
  }
  return kNothing;
}

}  // namespace polc::authoring
