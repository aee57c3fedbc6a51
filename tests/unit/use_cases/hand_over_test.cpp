#include "server/use_cases/hand_over.hpp"

#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/undo_registration.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct HandOver : test::OfficeAtWork {
  Result<HandoverView> read(ledger::Ref const& id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return read_handover(tx, id, caller); });
  }
  Result<void> confirm(ledger::Ref const& id, domain::Caller const& caller,
                       domain::HandoverWay way = domain::HandoverWay::letter) {
    return write([&](ledger::WriteTx& tx) { return confirm_handover(tx, id, way, caller); });
  }
  std::size_t listed(domain::Caller const& caller, std::optional<std::int64_t> before = {}) {
    return write(
        [&](ledger::WriteTx& tx) { return list_handovers(tx, before, 2, caller).value().size(); });
  }
};

TEST_F(HandOver, keeps_the_recovery_code_readable_until_it_is_confirmed) {
  auto const given = give();
  auto const id = given.handover.value();
  auto const waiting = read(id, worker).value();
  EXPECT_EQ(waiting.recovery_code, given.recovery_code);
  EXPECT_EQ(waiting.code, given.code);
  EXPECT_EQ(waiting.postcode, "99999");
  EXPECT_EQ(waiting.card->municipality, "990");
  EXPECT_FALSE(waiting.is_made);
  EXPECT_FALSE(waiting.confirmed_at);

  wait(hour_us);
  auto const confirmed_at = database.clock.now();
  ASSERT_TRUE(confirm(id, worker, domain::HandoverWay::paper));
  auto const confirmed = read(id, worker).value();
  EXPECT_FALSE(confirmed.recovery_code);
  EXPECT_EQ(confirmed.confirmed_at, confirmed_at);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 0);
  auto const found =
      write([&](ledger::WriteTx& tx) { return find_by_recovery_code(tx, given.recovery_code); });
  EXPECT_EQ(found, lineage_of(given.card)) << "the holder's code still names the card";
}

TEST_F(HandOver, is_confirmed_once_and_by_the_own_office_alone) {
  auto const id = give().handover.value();
  EXPECT_EQ(confirm(id, other).error().problem, Problem::not_found);
  EXPECT_EQ(read(id, other).error().problem, Problem::not_found);
  auto colleague = worker;
  colleague.actor.id = 8;
  ASSERT_TRUE(confirm(id, colleague));
  auto const then = last_sequence();
  ASSERT_TRUE(confirm(id, worker, domain::HandoverWay::paper));
  EXPECT_EQ(last_sequence(), then);
  EXPECT_EQ(confirm(ledger::Ref{}, worker).error().problem, Problem::not_found);
}

TEST_F(HandOver, is_made_only_where_the_code_is_to_wait) {
  auto const told = write([&](ledger::WriteTx& tx) {
    RegisterCard request;
    request.card = stock.front().code;
    request.holder = {1985, "99999", 0, "", "", ""};
    return register_card(tx, request, worker).value();
  });
  EXPECT_FALSE(told.handover);
  EXPECT_EQ(count("SELECT COUNT(*) FROM handover"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 0);
}

TEST_F(HandOver, of_an_earlier_holder_of_a_stock_card_is_not_the_next_ones) {
  auto const first = give();
  auto const last_of = [&](LineageId lineage) {
    return write([&](ledger::WriteTx& tx) {
      auto const found = tables::last_handover_of(tx, lineage, first.card);
      return found ? std::optional(found->id) : std::nullopt;
    });
  };
  EXPECT_EQ(last_of(lineage_of(first.card)), first.handover);
  auto const told = write([&](ledger::WriteTx& tx) {
    test::must(undo_registration(tx, first.card, worker));
    RegisterCard request;
    request.card = stock.front().code;
    request.holder = {1985, "99999", 0, "", "", ""};
    return test::must(register_card(tx, request, worker));
  });
  ASSERT_EQ(told.card, first.card);
  EXPECT_FALSE(last_of(lineage_of(told.card))) << "its code was told and waits nowhere";
}

TEST_F(HandOver, of_a_community_card_waits_without_any_code) {
  auto const given = write([&](ledger::WriteTx& tx) {
    RegisterCard request;
    request.card = stock.front().code;
    request.kind = contract::CardKind::community;
    request.community_ceiling = 10;
    request.code_waits = true;
    return register_card(tx, request, worker).value();
  });
  EXPECT_TRUE(given.recovery_code.empty());
  auto const waiting = read(given.handover.value(), worker).value();
  EXPECT_EQ(waiting.card->community_ceiling, 10);
  EXPECT_FALSE(waiting.recovery_code);
  EXPECT_FALSE(waiting.has_letter);
  EXPECT_EQ(listed(worker), 1u);
  auto const replaced = write([&](ledger::WriteTx& tx) {
    return replace_card(tx, given.code, domain::ReplaceReason::lost, std::nullopt, worker, true)
        .value();
  });
  EXPECT_EQ(replaced.community_ceiling, 10);
  EXPECT_FALSE(read(replaced.handover.value(), worker).value().recovery_code);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_recovery"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 0);
}

TEST_F(HandOver, of_a_community_card_of_no_group_or_a_crowd_is_not_made) {
  for (int const people : {1, 51}) {
    auto const refused = write([&](ledger::WriteTx& tx) {
      RegisterCard request;
      request.kind = contract::CardKind::community;
      request.community_ceiling = people;
      return register_card(tx, request, worker);
    });
    ASSERT_FALSE(refused) << people;
    EXPECT_EQ(refused.error().fields.front().pointer, "/community_ceiling");
  }
}

TEST_F(HandOver, forgets_a_code_that_nobody_came_for) {
  auto const id = give().handover.value();
  auto const tidy_up = [&] {
    write([](ledger::WriteTx& tx) {
      tables::forget_recovery_codes_before(tx, tx.now() + -domain::recovery_code_kept_us);
      return true;
    });
  };
  wait(domain::recovery_code_kept_us);
  tidy_up();
  EXPECT_TRUE(read(id, worker).value().recovery_code);
  wait(1);
  tidy_up();
  EXPECT_FALSE(read(id, worker).value().recovery_code);
  EXPECT_EQ(listed(worker), 1u) << "somebody has still to say that it is handed over";
}

TEST_F(HandOver, lists_what_waits_the_newest_first_in_pages) {
  std::vector<ledger::Ref> ids;
  for (int n = 0; n < 3; ++n) ids.push_back(give(true).handover.value());
  write([&](ledger::WriteTx& tx) {
    auto const first = list_handovers(tx, std::nullopt, 2, worker).value();
    EXPECT_EQ(first.at(0).handover.id, ids.at(2));
    EXPECT_EQ(first.at(1).handover.id, ids.at(1));
    auto const rest = list_handovers(tx, first.back().handover.made_seq, 2, worker).value();
    EXPECT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest.at(0).handover.id, ids.at(0));
    EXPECT_EQ(tables::count_waiting_handovers(tx, office), 3);
    return true;
  });
  EXPECT_EQ(listed(other), 0u);
  ASSERT_TRUE(confirm(ids.at(2), worker));
  EXPECT_EQ(listed(worker), 2u);
}

TEST_F(HandOver, writes_who_opened_the_list_and_which_cards_it_showed) {
  auto const first = give(true);
  auto const before = last_sequence();
  listed(worker);
  EXPECT_EQ(last_sequence(), before + 1);
  listed(worker);
  EXPECT_EQ(last_sequence(), before + 1) << "the same list within five minutes";
  auto const second = give(true);
  listed(worker);
  EXPECT_EQ(last_sequence(), before + 3) << "another card, another list";
  wait(5 * minute_us + 1);
  listed(worker);
  EXPECT_EQ(last_sequence(), before + 4);
  listed(other);
  EXPECT_EQ(last_sequence(), before + 4) << "an empty list shows nobody";

  std::vector<ledger::CardsListed> entries;
  write([&](ledger::WriteTx& tx) {
    ledger::for_each_entry(tx, before + 1, [&](ledger::Recorded const& recorded) {
      auto const* listed = std::get_if<ledger::CardsListed>(&recorded.entry);
      if (listed) entries.push_back(*listed);
    });
    return true;
  });
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].list, "handovers");
  EXPECT_EQ(entries[0].cards, std::vector{card(first.card).ref});
  EXPECT_EQ(entries[1].cards, (std::vector{card(second.card).ref, card(first.card).ref}));
}

}  // namespace
}  // namespace kaiku::use_cases
