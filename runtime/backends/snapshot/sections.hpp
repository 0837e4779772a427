// One function a section: each fills its part of Decoder::evidence() from the section's node.
#pragma once

#include "runtime/backends/snapshot/decoder.hpp"

namespace polc::backends::snapshot {

void decode_host(Decoder& decoder, Node node);
void decode_registry(Decoder& decoder, Node node);
void decode_users(Decoder& decoder, Node node);
void decode_account_policy(Decoder& decoder, Node node);
void decode_user_rights(Decoder& decoder, Node node);
void decode_audit_policy(Decoder& decoder, Node node);
void decode_services(Decoder& decoder, Node node);
void decode_local_groups(Decoder& decoder, Node node);
void decode_accounts(Decoder& decoder, Node node);
void decode_names(Decoder& decoder, Node node);
void decode_listeners(Decoder& decoder, Node node);
void decode_firewall(Decoder& decoder, Node node);
void decode_iis(Decoder& decoder, Node node);
void decode_http(Decoder& decoder, Node node);
void decode_exposure(Decoder& decoder, Node node);
void decode_attestations(Decoder& decoder, Node node);
void decode_passwords(Decoder& decoder, Node node);
void decode_windows_features(Decoder& decoder, Node node);
void decode_certificates(Decoder& decoder, Node node);
void decode_volumes(Decoder& decoder, Node node);

/// These turn names into SIDs and need `host` and `names` to have been read.
void decode_file_security(Decoder& decoder, Node node);
void decode_key_security(Decoder& decoder, Node node);
void decode_shares(Decoder& decoder, Node node);

}  // namespace polc::backends::snapshot
