// An area with an office and a pool, and cards in people's hands, for tests of what doors are told.
#pragma once

#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::test {

struct CardOffice {
  struct Issued {
    CardId card;
    LineageId lineage;
    ledger::Ref ref{};
    ledger::Ref lineage_ref{};
    contract::CardCode code = contract::CardCode::from_bits(0);
  };

  CardOffice() {
    test::settle(writer, [this](ledger::WriteTx& tx) {
      ledger::append(tx, actor, an_area());
      office = OfficeId{ledger::append(tx, actor, an_office()).sequence};
      venue = VenueId{ledger::append(tx, actor, a_venue()).sequence};
      return true;
    });
  }

  // Commits what `job` writes and hands back what it returns.
  template <class Job>
  auto write(Job job) {
    std::optional<decltype(job(std::declval<ledger::WriteTx&>()))> made;
    auto const end = writer.run([&](ledger::WriteTx& tx) {
      made.emplace(job(tx));
      return true;
    });
    if (end != lanes::JobEnd::committed) throw std::runtime_error("the test cannot write");
    return std::move(*made);
  }

  // A personal card made on the spot, valid for a year from today.
  Issued issue(int children = 0) {
    return write([&](ledger::WriteTx& tx) {
      Issued made;
      ledger::CardRegistered entry;
      entry.made_on_the_spot = true;
      entry.card = made.ref = tx.random().bytes<16>();
      entry.lineage = made.lineage_ref = tx.random().bytes<16>();
      entry.area = AreaId{"KEHA"};
      entry.municipality = "990";
      entry.office = office;
      entry.registered_on = entry.first_valid = helsinki_day(tx.now());
      entry.last_valid = last_valid_day(entry.first_valid, 12);
      auto const sequence = ledger::append(tx, actor, entry).sequence;
      made.card = CardId{sequence << 16};
      made.lineage = LineageId{sequence};
      made.code = contract::CardCode::random(tx.random());
      tables::put_card_in_vault(tx, made.card, made.code, tx.random().bytes<32>());
      tables::put_holder(tx, made.lineage, sequence, tx.now(),
                         {1980, "99999", children, "", "", ""});
      return made;
    });
  }

  std::int64_t record(ledger::Entry const& entry) {
    return write([&](ledger::WriteTx& tx) { return ledger::append(tx, actor, entry).sequence; });
  }

  domain::Actor const actor{};
  TestDatabase database;
  lanes::WriterLane writer{database.settings(), database.keys, database.clock, database.random};
  OfficeId office;
  VenueId venue;
};

}  // namespace kaiku::test
