// The list of public keys that doors may believe and of how codes are stretched, signed by the root
// key and kept with its version.
#pragma once

#include "schema/contract/key_list.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// At start: signs a new list, one version higher, when the keys of this installation or the cost of
// its row hashes are not those of the stored one. Keys that stay keep the time from which they
// hold. True when it wrote.
bool refresh_key_list(ledger::WriteTx& tx);
// As signed. Throws std::runtime_error when the installation has not kept one yet.
Bytes signed_key_list(ledger::ReadTx& tx);

}  // namespace kaiku::tables
