#include "server/use_cases/print_sheet.hpp"

#include <optional>

#include "schema/contract/card_token.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {
namespace {

// How long drawing a batch, waiting for the writer and its commit can have taken.
constexpr std::int64_t longest_way_s = 60;
// Of cards whose text was made by a key that no longer signs there is no second to find.
constexpr int most_searches = 3;

}  // namespace

std::vector<std::string> qr_texts_of(keys::KeyRing const& keys, BatchId batch, AreaId const& area,
                                     std::vector<tables::StockCard> const& cards) {
  std::optional<std::int64_t> batch_signed_at;
  int searches = most_searches;
  std::vector<std::string> texts;
  for (auto const& card : cards) {
    contract::StockPosition const position{batch.value, card.position};
    auto const signed_at = [&](std::int64_t second) {
      return contract::make_card_token({area, second, card.code, position}, keys.card);
    };
    auto const made_at = card.made_at.us / second_us;
    auto text = signed_at(batch_signed_at.value_or(made_at));
    bool is_same = token_hash(text) == card.token_hash;
    if (!is_same && searches > 0) {
      --searches;
      for (auto back = std::int64_t{0}; !is_same && back <= longest_way_s; ++back) {
        text = signed_at(made_at - back);
        is_same = token_hash(text) == card.token_hash;
        if (is_same) batch_signed_at = made_at - back;
      }
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<void> note_sheet_printed(ledger::WriteTx& tx, BatchId id, Range const& range,
                                domain::PrintedAs printed_as, domain::Caller const& caller) {
  auto const batch = own_batch(tx, id, caller);
  if (!batch) return batch.error();
  auto const judged = judge_range(tx, *batch, range);
  if (judged.fault) return as_error(*judged.fault);
  ledger::append(tx, caller.actor, ledger::SheetPrinted{id, range.from, range.to, printed_as});
  return {};
}

}  // namespace kaiku::use_cases
