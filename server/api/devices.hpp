// Door devices: lists, enrolment, revocation, and the renewal of their certificates.
#pragma once

#include "schema/codec/json_fields.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::api {

// The name of a device, as it is given when it joins and afterwards.
inline constexpr codec::TextRule device_name_rule{.min = 1, .max = 80, .trimmed = true};

// ?venue_id= narrows the list.
Result<http::Response> get_devices(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_device(access::Call const& call, ledger::ReadTx& tx);
// {name} with If-Match.
Result<http::Response> patch_device(access::Call& call, ledger::WriteTx& tx);
// What of the device's journal is kept but does not count.
Result<http::Response> get_device_quarantine(access::Call const& call, ledger::ReadTx& tx);
// Uses with a verdict: ?area_id ?venue_id ?verdict ?standing ?from ?to narrow the list.
Result<http::Response> get_judged_uses(access::Call const& call, ledger::ReadTx& tx);
// Accepts or rejects one that waits, once.
Result<http::Response> post_ruling(access::Call& call, ledger::WriteTx& tx);
// {venue_id, uses?} → 201 {code, text, expires_at, door_ca_sha256}
Result<http::Response> post_enrolment_code(access::Call& call, ledger::WriteTx& tx);
// {code, csr, name?} by anybody who has a code → 201; the request is checked on the work lane.
Result<access::Work> prepare_enrolment(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_enrolment(access::Call& call, ledger::WriteTx& tx);
// {stolen?} → 200 with the device
Result<http::Response> post_device_revocation(access::Call& call, ledger::WriteTx& tx);

// POST /door/v1/certificates {csr}: a new certificate for the device's own key, 30 days; writes
// nothing.
Result<http::Response> post_door_certificate(access::Call const& call, ledger::ReadTx& tx);

// The device of the path, as the caller may see it; else not_found.
Result<tables::Device> named_device(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
