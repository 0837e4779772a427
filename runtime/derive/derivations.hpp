// One function a matter: the fact of an address of that resource kind. All are pure; each lives in the file of
// its matter. Those with state worth keeping between questions have headers of their own.
#pragma once

#include "runtime/derive/context.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

value::Fact host_fact(const Context& context, const value::Address& address);  // host.cpp
value::Fact gpo_fact(const Context& context, const Registry& registry, const value::Address& address);
value::Fact tls_fact(const Context& context, const Registry& registry, const value::Address& address);
value::Fact users_fact(const Context& context);                                           // users.cpp
value::Fact user_right_fact(const Context& context, std::string_view right);              // user_rights.cpp
value::Fact audit_fact(const Context& context, std::string_view subcategory);             // audit.cpp
value::Fact service_fact(const Context& context, const value::Address& address);          // services.cpp
value::Fact local_group_fact(const Context& context, const value::Address& address);      // groups.cpp
value::Fact account_fact(const Context& context, const value::Address& address);          // accounts.cpp
value::Fact accounts_fact(const Context& context);                                        // accounts.cpp
value::Fact http_fact(const Context& context, const value::Address& address);             // http.cpp
value::Fact exposure_fact(const Context& context, const value::Address& address);         // exposure.cpp
value::Fact attested_fact(const Context& context, const value::Address& address);         // attested.cpp
value::Fact password_fact(const Context& context, const value::Address& address);         // password.cpp
value::Fact windows_feature_fact(const Context& context, const value::Address& address);  // inventory.cpp
value::Fact certificates_fact(const Context& context, const value::Address& address);     // inventory.cpp
value::Fact volumes_fact(const Context& context);                                         // inventory.cpp
value::Fact shares_fact(const Context& context);                                          // inventory.cpp

/// Fields of the account policy in the order of the resource's attributes (account_policy.cpp).
value::Fact account_policy_fact(const Context& context, value::AttributeId attribute);

/// The same by its name in GptTmpl.inf ("MinimumPasswordLength"); Unknown(unsupported) for other names.
value::Fact account_policy_fact(const Context& context, std::string_view inf_key);

}  // namespace polc::derive
