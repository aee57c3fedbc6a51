#include "server/use_cases/recovery_code.hpp"

#include "server/tables/cards.hpp"

namespace kaiku::use_cases {
namespace {

std::string canonical(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

}  // namespace

std::string make_recovery_code(ledger::WriteTx& tx, LineageId lineage) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (;;) {
    std::string code;
    for (auto const byte : tx.random().bytes<8>()) code += alphabet[byte & 31];
    if (tables::lineage_of_recovery_code(tx, code)) continue;
    tables::put_recovery_code(tx, lineage, code);
    return code;
  }
}

bool is_recovery_code(std::string_view typed) { return canonical(typed).size() == 8; }

std::optional<LineageId> find_by_recovery_code(ledger::ReadTx& tx, std::string_view typed) {
  if (!is_recovery_code(typed)) return std::nullopt;
  return tables::lineage_of_recovery_code(tx, canonical(typed));
}

}  // namespace kaiku::use_cases
