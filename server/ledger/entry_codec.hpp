// Entries as bytes: their two halves as deterministic CBOR.
#pragma once

#include <string_view>

#include "schema/values/bytes.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/entries.hpp"

namespace kaiku::cbor {
class Writer;
}

namespace kaiku::ledger {

int kind_of(Entry const& entry);
std::string_view name_of_kind(int kind);

// The two halves as deterministic CBOR maps {1: …, 2: …}; an empty map when there are no fields.
Bytes encode_public(Entry const& entry);
Bytes encode_private(Entry const& entry);
// The public half straight into a larger item, and whether the kind has a private half at all.
void write_public(Entry const& entry, cbor::Writer& out);
bool has_private_fields(Entry const& entry);
// Throws std::runtime_error that names the kind when a stored half does not decode. A private half
// that was erased is passed as nullptr: its fields keep their defaults.
Entry decode_entry(int kind, ByteView public_half, ByteView const* private_half);
// The policy alone, as it lies in area.policy.
Bytes encode_policy(domain::Policy const& policy);
domain::Policy decode_policy(ByteView encoded);

}  // namespace kaiku::ledger
