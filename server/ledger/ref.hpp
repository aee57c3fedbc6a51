// How the ledger names a card or a lineage.
#pragma once

#include "schema/values/bytes.hpp"

namespace kaiku::ledger {

using Ref = ByteArray<16>;  // a random 128-bit reference of a card or a lineage

}  // namespace kaiku::ledger
