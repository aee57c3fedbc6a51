#include "server/use_cases/undo_renewal.hpp"

#include "server/use_cases/change_card.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct UndoneRenewal : test::OfficeAtWork {
  void renew(Registered const& given, std::optional<int> children = std::nullopt) {
    change([&](ledger::WriteTx& tx) { return renew_card(tx, given.code, children, worker); });
  }
  Result<void> undo(CardId id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return undo_renewal(tx, id, caller); });
  }
  Result<void> undo(CardId id) { return undo(id, worker); }
  int children(CardId id) {
    return write([&](ledger::WriteTx& tx) {
      return tables::holder_of(tx, tables::find_card(tx, id)->lineage.value())->children;
    });
  }
};

TEST_F(UndoneRenewal, gives_back_the_days_of_before) {
  auto const given = give();
  auto const before = card(given.card);
  renew(given);
  EXPECT_GT(card(given.card).last_valid, before.last_valid);
  wait(10 * minute_us);
  ASSERT_TRUE(undo(given.card));
  auto const after = card(given.card);
  EXPECT_EQ(after.first_valid, before.first_valid);
  EXPECT_EQ(after.last_valid, before.last_valid);
  EXPECT_EQ(after.state, contract::StoredState::registered);
  renew(given);
  EXPECT_GT(card(given.card).last_valid, before.last_valid) << "it is renewed anew";
}

TEST_F(UndoneRenewal, gives_back_the_children_too_where_it_changed_them) {
  auto const given = give();
  renew(given, 5);
  EXPECT_EQ(children(given.card), 5);
  ASSERT_TRUE(undo(given.card));
  EXPECT_EQ(children(given.card), 2);
}

TEST_F(UndoneRenewal, is_refused_without_a_renewal_later_twice_and_elsewhere) {
  auto const given = give();
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late) << "nobody renewed it";
  renew(given);
  EXPECT_EQ(undo(given.card, other).error().problem, Problem::forbidden);
  wait(10 * minute_us + 1);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
  EXPECT_EQ(undo(CardId{1}).error().problem, Problem::not_found);
  auto const again = give(true);
  renew(again);
  ASSERT_TRUE(undo(again.card));
  EXPECT_EQ(undo(again.card).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneRenewal, is_refused_once_the_card_is_blocked_or_used) {
  auto const blocked = give();
  renew(blocked);
  change([&](ledger::WriteTx& tx) {
    return block_card(tx, blocked.code, domain::BlockReason::lost, worker);
  });
  EXPECT_EQ(undo(blocked.card).error().problem, Problem::undo_too_late);
  auto const used = give(true);
  renew(used);
  use(used.card);
  EXPECT_EQ(undo(used.card).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneRenewal, is_refused_once_places_are_held_for_the_days_that_it_gave) {
  auto const given = give();
  hold_a_place(given.card);
  renew(given);
  ASSERT_TRUE(undo(given.card)) << "they were held before it";
  renew(given);
  hold_a_place(given.card);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
}

}  // namespace
}  // namespace kaiku::use_cases
