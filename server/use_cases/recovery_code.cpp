#include "server/use_cases/recovery_code.hpp"

#include "server/storage/cards.hpp"

namespace kaiku::use_cases {

std::string make_recovery_code(storage::WriteTx& tx, LineageId lineage) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (;;) {
    std::string code;
    for (auto const byte : tx.random().bytes<8>()) code += alphabet[byte & 31];
    if (storage::lineage_of_recovery_code(tx, code)) continue;
    storage::put_recovery_code(tx, lineage, code);
    return code;
  }
}

}  // namespace kaiku::use_cases
