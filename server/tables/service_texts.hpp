// What the installation says of itself, as it holds now.
#pragma once

#include <vector>

#include "server/domain/service_settings.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct ServiceTexts {
  std::int64_t seq = 0;  // of the entry that said them; 0: nobody has
  std::vector<domain::ServiceText> texts;
};
ServiceTexts service_texts(ledger::ReadTx& tx);
// Whether one that is needed is not told (domain::missing_in): the texts themselves stay where they
// are.
bool lacks_service_texts(ledger::ReadTx& tx);

}  // namespace kaiku::tables
