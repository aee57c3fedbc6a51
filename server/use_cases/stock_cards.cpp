#include "server/use_cases/stock_cards.hpp"

#include <algorithm>

#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/hand_range.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {

Result<void> may_stock(ledger::ReadTx& tx, std::int64_t count, domain::Caller const& caller,
                       Day today) {
  if (caller.actor.kind == domain::ActorKind::system) return {};
  auto const made = tables::cards_made_by(tx, caller.actor, today);
  if (made + count <= cards_a_day_without_approval) return {};
  auto const left = std::max<std::int64_t>(0, cards_a_day_without_approval - made);
  return Error(Problem::batch_too_large,
               std::vector<FieldFault>{
                   {"/count", FaultCode::needs_approval,
                    "one person makes 500 cards a day, more need a second person; today " +
                        std::to_string(left) + " are left"}});
}

DrawnBatch draw_batch(keys::KeyRing const& keys, Random& random, BatchId number, AreaId const& area,
                      std::int64_t count, Instant now) {
  DrawnBatch drawn{number, area, now, {}};
  for (std::int64_t position = 1; position <= count; ++position) {
    auto const ref = random.bytes<16>();
    auto const code = contract::CardCode::random(random);
    contract::CardClaims const claims{area, now.us / second_us, code,
                                      contract::StockPosition{number.value, position}};
    drawn.cards.push_back({ref, code, contract::make_card_token(claims, keys.card)});
  }
  return drawn;
}

Result<StockedBatch> stock_cards(ledger::WriteTx& tx, DrawnBatch drawn,
                                 std::optional<OfficeId> office, domain::Caller const& caller) {
  auto const ordered = static_cast<std::int64_t>(drawn.cards.size());
  auto const allowed = may_stock(tx, ordered, caller, helsinki_day(tx.now()));
  if (!allowed) return allowed.error();
  return stock_approved_cards(tx, std::move(drawn), office, caller);
}

StockedBatch stock_approved_cards(ledger::WriteTx& tx, DrawnBatch drawn,
                                  std::optional<OfficeId> office, domain::Caller const& caller) {
  auto const ordered = static_cast<std::int64_t>(drawn.cards.size());
  auto const next = BatchId{tables::last_batch_number(tx) + 1};
  if (drawn.number != next) {
    drawn = draw_batch(tx.keys(), tx.random(), next, drawn.area, ordered, tx.now());
  }
  ledger::BatchMade entry;
  entry.batch = next;
  entry.area = drawn.area;
  entry.office = office;
  entry.count = ordered;
  entry.made_on = helsinki_day(tx.now());
  for (auto const& card : drawn.cards) entry.cards.push_back(card.ref);
  auto const receipt = ledger::append(tx, caller.actor, entry);
  std::int64_t position = 0;
  for (auto& card : drawn.cards) {
    ++position;
    CardId const id{(receipt.sequence << 16) | position};
    if (tables::find_card(tx, card.code)) {
      auto made = make_code(tx, id, drawn.area, contract::StockPosition{next.value, position});
      card.code = made.code;
      card.token = std::move(made.token);
    } else {
      tables::put_card_in_vault(tx, id, card.code, token_hash(card.token));
    }
  }
  return StockedBatch{next, receipt.sequence, std::move(drawn.cards)};
}

Result<AreaId> area_for_batch(ledger::ReadTx& tx, std::optional<OfficeId> office,
                              std::optional<AreaId> const& area, domain::Caller const& caller) {
  std::optional<AreaId> wanted = area ? area : caller.area;
  if (office) {
    auto const found = tables::find_office(tx, *office);
    if (!found) return field_error("/office_id", FaultCode::not_found, "is no office");
    if (area && *area != found->area) {
      return field_error("/area_id", FaultCode::outside_area, "is not the area of the office");
    }
    wanted = found->area;
  }
  if (!wanted)
    return field_error("/area_id", FaultCode::required, "is missing: name an office or an area");
  auto const own = domain::require_area(caller, *wanted, domain::Named::in_body);
  if (!own) return own.error();
  if (!tables::find_area(tx, *wanted))
    return field_error("/area_id", FaultCode::not_found, "is no area");
  return *wanted;
}

Result<std::int64_t> void_stock(ledger::WriteTx& tx, BatchId batch, std::int64_t from,
                                std::int64_t to, domain::Caller const& caller,
                                std::optional<domain::VoidReason> reason) {
  auto const found = own_batch(tx, batch, caller);
  if (!found) return found.error();
  auto const judged = judge_range(tx, *found, {from, to});
  if (judged.fault) return as_error(*judged.fault);
  ledger::append(tx, caller.actor, ledger::StockVoided{batch, from, to, reason});
  return judged.in_stock;
}

}  // namespace kaiku::use_cases
