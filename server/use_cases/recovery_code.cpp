#include "server/use_cases/recovery_code.hpp"

#include "server/domain/spoken_code.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {
std::string make_recovery_code(ledger::WriteTx& tx, LineageId lineage) {
  for (;;) {
    auto code = domain::spoken_code(tx.random().bytes<8>());
    if (tables::lineage_of_recovery_code(tx, code)) continue;
    tables::put_recovery_code(tx, lineage, code);
    return code;
  }
}

std::optional<LineageId> find_by_recovery_code(ledger::ReadTx& tx, std::string_view typed) {
  if (!domain::is_recovery_code(typed)) return std::nullopt;
  return tables::lineage_of_recovery_code(tx, domain::folded_code(typed));
}

}  // namespace kaiku::use_cases
