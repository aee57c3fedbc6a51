// An office with stock and a worker, for tests of what it does with a card that it has given.
#pragma once

#include <gtest/gtest.h>

#include "server/lanes/read_lanes.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "tests/support/card_office.hpp"
#include "tests/support/must.hpp"

namespace kaiku::test {

struct OfficeAtWork : ::testing::Test, CardOffice {
  OfficeAtWork() {
    auto area = an_area();
    area.municipalities.push_back({"991", {"Suola", "Salt", "Salt"}});
    record(area);
    worker.role = domain::Role::issuer_worker;
    worker.actor = {domain::ActorKind::account, 7};
    worker.office = office;
    other = worker;
    other.office = OfficeId{record(an_office("Suolan nuorisotyö"))};
    write([this](ledger::WriteTx& tx) {
      must(use_cases::import_postcodes(
          tx, {{"99999", "990"}, {"99998", "991"}, {"99997", "990"}, {"99997", "991"}},
          crypto::sha256({}), actor));
      domain::Caller owner;
      owner.role = domain::Role::admin;
      auto drawn =
          use_cases::draw_batch(tx.keys(), tx.random(), BatchId{1}, AreaId{"KEHA"}, 3, tx.now());
      stock = must(use_cases::stock_cards(tx, std::move(drawn), office, owner)).cards;
      return true;
    });
  }

  // The first stock card, or one made on the spot.
  use_cases::Registered give(bool make = false) {
    return write([&](ledger::WriteTx& tx) {
      use_cases::RegisterCard request;
      if (!make) request.card = stock.front().code;
      request.holder = {1985, "99999", 2, "student", "", ""};
      request.code_waits = true;
      return must(use_cases::register_card(tx, request, worker));
    });
  }
  // An act of an office that has to succeed.
  template <class Act>
  void change(Act act) {
    write([&](ledger::WriteTx& tx) {
      must(act(tx));
      return true;
    });
  }
  // One adult's ticket at the venue; its entry's sequence.
  std::int64_t use(CardId id) {
    auto const used = card(id);
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.occurred_at = database.clock.now();
    entry.tickets.adult = 1;
    entry.card = used.ref;
    entry.lineage = used.lineage_ref;
    entry.idempotency_key = "use:1:" + std::to_string(id.value);
    return record(entry);
  }
  // A place at the first event, for an hour.
  void hold_a_place(CardId id) {
    auto const holder = card(id);
    ledger::ReservationMade held;
    held.venue = venue;
    held.event = EventId{1};
    held.tickets.adult = 1;
    held.until = database.clock.now() + hour_us;
    held.card = holder.ref;
    held.lineage = holder.lineage_ref;
    record(held);
  }
  tables::Card card(CardId id) {
    return write([&](ledger::WriteTx& tx) { return tables::find_card(tx, id).value(); });
  }
  LineageId lineage_of(CardId id) { return card(id).lineage.value(); }
  std::int64_t last_sequence() {
    return write([](ledger::WriteTx& tx) { return tx.ledger_end().last_sequence(); });
  }
  std::int64_t count(std::string_view sql) {
    return write([&](ledger::WriteTx& tx) { return count_rows(tx.connection(), sql); });
  }
  void wait(std::int64_t us) { database.clock.advance(us); }

  domain::Caller worker, other;
  std::vector<use_cases::StockCard> stock;
};

}  // namespace kaiku::test
