#include "server/tables/true_counts.hpp"

#include <gmock/gmock.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// A pool and its office on 22.11.2026.
struct TrueCounts : ::testing::Test, test::CardOffice {
  std::int64_t use(Issued const& of, Instant at, std::optional<std::string> verdict = {}) {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.occurred_at = at;
    entry.tickets = {.adult = 1};
    entry.verdict = std::move(verdict);
    entry.card = of.ref;
    entry.lineage = of.lineage_ref;
    entry.idempotency_key = "use:" + std::to_string(++uses);
    return record(entry);
  }
  Instant now() { return database.clock.now(); }
  void go_to(Instant at) { database.clock.advance(at - now()); }
  std::int64_t end() {
    return write([](ledger::WriteTx& tx) { return tx.ledger_end().last_sequence(); });
  }
  YearCounts counts(int year, std::optional<std::int64_t> as_of = {}) {
    auto const sequence = as_of ? *as_of : end();
    return write([&](ledger::WriteTx& tx) { return count_year(tx, year, sequence); });
  }
  static std::int64_t adults(YearCounts const& counts) {
    std::int64_t all = 0;
    for (auto const& row : counts.venues) {
      for (auto const month : row.adults) all += month;
    }
    return all;
  }
  static std::int64_t taken(YearCounts const& counts) {
    return counts.cards.empty() ? 0 : counts.cards.front().taken;
  }

  Instant const new_year = start_of(day_from(2027, 1, 1).value());
  int uses = 0;
};

TEST_F(TrueCounts, of_nothing_are_nothing) {
  auto const counted = counts(2026);
  EXPECT_THAT(counted.venues, IsEmpty());
  EXPECT_THAT(counted.cards, IsEmpty());
  EXPECT_THAT(counted.beside, IsEmpty());
  EXPECT_THAT(counted.flows, IsEmpty());
  EXPECT_EQ(write([](ledger::WriteTx& tx) { return first_year(tx); }), std::nullopt);
}

TEST_F(TrueCounts, divide_new_years_night_at_midnight_in_helsinki) {
  auto const card = issue();
  go_to(new_year + hour_us);
  use(card, new_year + -minute_us, "fine");
  use(card, new_year);
  auto const before = counts(2026);
  auto const after = counts(2027);
  ASSERT_EQ(before.venues.size(), 1u);
  EXPECT_EQ(before.venues[0].adults[11], 1);
  ASSERT_EQ(after.venues.size(), 1u);
  EXPECT_EQ(after.venues[0].adults[0], 1);
  EXPECT_EQ(before.cards[0].registered[10], 1);
  EXPECT_EQ(before.cards[0].taken, 1);
  EXPECT_EQ(after.cards[0].taken, 0);
  EXPECT_EQ(after.cards[0].earlier_years, 1);
  EXPECT_EQ(before.flows, (std::vector{FlowYear{AreaId{"KEHA"}, AreaId{"KEHA"}, 1}}));
}

TEST_F(TrueCounts, take_no_card_into_use_by_a_use_of_before_its_registration) {
  auto const card = issue();
  use(card, now() + -2 * day_us, "late_not_valid");
  EXPECT_EQ(adults(counts(2026)), 1);
  EXPECT_EQ(taken(counts(2026)), 0);
  EXPECT_EQ(counts(2026).beside[0].late_tickets, 1);
  use(card, now());
  EXPECT_EQ(taken(counts(2026)), 1);
}

// Only days are known of it, and its entry is years younger.
TEST_F(TrueCounts, call_a_use_of_earlier_years_late_by_the_day_on_which_it_was_written_down) {
  auto const card = issue();
  for (int const days : {0, 1, 2}) {
    ledger::UseRedeemed entry;
    entry.venue = venue;
    entry.occurred_at = now();
    entry.tickets = {.adult = 1};
    entry.lineage = card.lineage_ref;
    entry.recorded_on = helsinki_day(now()) + days;
    entry.idempotency_key = "history:" + std::to_string(days);
    record(entry);
  }
  EXPECT_EQ(counts(2026).beside[0].all_tickets, 3);
  EXPECT_EQ(counts(2026).beside[0].late_tickets, 1);
}

TEST_F(TrueCounts, hold_what_waits_from_its_acceptance_on_and_what_is_undone_until_then) {
  auto const card = issue();
  auto const waiting = use(card, now(), "implausible");
  EXPECT_EQ(adults(counts(2026)), 0);
  auto const accepted = record(ledger::UseRuled{RedemptionId{waiting}, true, "known"});
  auto const undone = record(ledger::UseUndone{RedemptionId{waiting}, "mistake"});
  EXPECT_EQ(adults(counts(2026, waiting)), 0);
  EXPECT_EQ(adults(counts(2026, accepted)), 1);
  EXPECT_EQ(taken(counts(2026, accepted)), 1);
  EXPECT_EQ(adults(counts(2026, undone)), 0);
  EXPECT_EQ(taken(counts(2026, undone)), 0);
  EXPECT_EQ(counts(2026, undone).beside[0].undone_tickets, 1);
}

TEST_F(TrueCounts, forget_a_registration_that_was_undone_as_of_before_too) {
  auto const card = issue();
  auto const registered = end();
  EXPECT_EQ(counts(2026, registered).cards.size(), 1u);
  record(ledger::RegistrationUndone{card.lineage});
  EXPECT_THAT(counts(2026, registered).cards, IsEmpty());
}

TEST_F(TrueCounts, leave_no_sum_of_an_undone_registration_and_keep_that_of_the_others) {
  auto const sums = [&] {
    return write([](ledger::WriteTx& tx) {
      auto query = tx.prepare("SELECT COUNT(*), IFNULL(SUM(registered), 0) FROM card_day");
      query.step();
      return std::pair(query.integer(0), query.integer(1));
    });
  };
  auto const one = issue();
  auto const other = issue();
  EXPECT_EQ(sums(), std::pair(std::int64_t{1}, std::int64_t{2}));
  record(ledger::RegistrationUndone{one.lineage});
  EXPECT_EQ(sums(), std::pair(std::int64_t{1}, std::int64_t{1}));
  record(ledger::RegistrationUndone{other.lineage});
  EXPECT_EQ(sums(), std::pair(std::int64_t{0}, std::int64_t{0})) << "no row of nought";
}

TEST_F(TrueCounts, keep_a_holder_where_the_registration_put_them) {
  auto const card = issue();
  record(ledger::HolderChanged{card.lineage_ref, std::nullopt, false, "091"});
  auto const counted = counts(2026);
  ASSERT_EQ(counted.cards.size(), 1u);
  EXPECT_EQ(counted.cards[0].home, "990");
  EXPECT_EQ(counted.cards[0].home_area, AreaId{"KEHA"});
}

TEST_F(TrueCounts, follow_a_venue_that_changes_from_the_day_of_the_change_on) {
  auto const card = issue();
  auto const yesterday = now();
  use(card, yesterday);
  go_to(now() + day_us);
  use(card, now());
  auto changed = test::a_venue();
  changed.venue = venue;
  changed.sector = contract::Sector::culture;
  changed.municipality = "091";
  auto const before = end();
  record(changed);
  use(card, yesterday, "fine");
  auto const counted = counts(2026);
  ASSERT_EQ(counted.venues.size(), 2u);
  EXPECT_EQ(counted.venues[0].municipality, "091");
  EXPECT_EQ(counted.venues[0].sector, contract::Sector::culture);
  EXPECT_EQ(counted.venues[0].adults[10], 1);
  EXPECT_EQ(counted.venues[1].municipality, "990");
  EXPECT_EQ(counted.venues[1].sector, contract::Sector::sport);
  EXPECT_EQ(counted.venues[1].adults[10], 2);
  ASSERT_EQ(counts(2026, before).venues.size(), 1u);
  EXPECT_EQ(counts(2026, before).venues[0].adults[10], 2);
}

TEST_F(TrueCounts, add_up_the_days_of_one_venue) {
  auto const card = issue();
  use(card, now());
  auto const first = venue;
  venue = VenueId{record(test::a_venue("Toinen halli"))};
  use(card, now());
  use(card, now());
  auto const sums_of = [&](VenueId of) {
    return write([&](ledger::WriteTx& tx) { return sum_year_of_venue(tx, 2026, of); });
  };
  EXPECT_EQ(adults(sums_of(first)), 1);
  EXPECT_EQ(adults(sums_of(venue)), 2);
  auto const all = write([](ledger::WriteTx& tx) { return sum_year(tx, 2026); });
  EXPECT_EQ(sums_of(venue).venues, (std::vector{all.venues.back()}));
  EXPECT_THAT(sums_of(venue).cards, IsEmpty());
}

TEST_F(TrueCounts, name_the_areas_and_municipalities_of_a_year) {
  auto const network = [&](int year) {
    auto const sequence = end();
    return write([&](ledger::WriteTx& tx) { return network_of_year(tx, year, sequence); });
  };
  go_to(new_year + day_us);
  auto left = test::an_area();
  left.municipalities.clear();
  record(left);
  auto joined = test::an_area("ALFA");
  record(joined);
  EXPECT_THAT(network(2025).areas, IsEmpty());
  EXPECT_THAT(network(2026).areas, ElementsAre(AreaId{"KEHA"}));
  EXPECT_THAT(network(2026).municipalities, ElementsAre(Pair("990", AreaId{"KEHA"})));
  EXPECT_THAT(network(2027).areas, ElementsAre(AreaId{"ALFA"}, AreaId{"KEHA"}));
  EXPECT_THAT(network(2027).municipalities, ElementsAre(Pair("990", AreaId{"ALFA"})));
}

TEST_F(TrueCounts, begin_with_the_year_of_the_oldest_use_that_counts) {
  auto const card = issue();
  auto const first = [&] {
    return write([](ledger::WriteTx& tx) { return first_year(tx); }).value();
  };
  auto const waiting = use(card, start_of(day_from(2020, 6, 1).value()), "implausible");
  EXPECT_EQ(first(), 2026);
  record(ledger::UseRuled{RedemptionId{waiting}, true, "known"});
  EXPECT_EQ(first(), 2020);
}

}  // namespace
}  // namespace kaiku::tables
