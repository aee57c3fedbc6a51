#include "server/tables/value_sets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

using domain::ValueLine;
using domain::ValueRange;
using domain::ValueRow;

struct ValueSets : ::testing::Test, test::CardOffice {
  std::int64_t save(std::optional<AreaId> area, int year, std::vector<ValueRow> rows = {}) {
    ledger::ValueSetSaved entry;
    entry.area = std::move(area);
    entry.year = year;
    entry.run = std::to_string(year);
    entry.rows = std::move(rows);
    return record(entry);
  }
  std::vector<ValueSet> of(std::optional<AreaId> const& area, int year) {
    return write([&](ledger::WriteTx& tx) { return value_sets_of(tx, area, year); });
  }
  std::int64_t have_event(std::optional<std::int64_t> cents, Day day, bool cancelled = false,
                          std::optional<VenueId> at = {}) {
    ledger::EventSet event;
    event.venue = at.value_or(venue);
    event.title = {"Konsertti", "Konsert", "Concert"};
    event.starts_at = instant_at(day, 18 * 60);
    event.ends_at = instant_at(day, 20 * 60);
    event.face_value = cents;
    event.cancelled = cancelled;
    return record(event);
  }
};

TEST_F(ValueSets, come_back_as_they_were_saved) {
  std::vector<ValueRow> const rows{{.line = ValueLine::adult_sport,
                                    .range = ValueRange{500, 700, 900},
                                    .source = "Hinnasto 2025",
                                    .note = "Kertalippu"},
                                   {.line = ValueLine::costs}};
  auto const id = save(AreaId{"KEHA"}, 2025, rows);
  auto const set = write([&](ledger::WriteTx& tx) { return find_value_set(tx, id); }).value();
  EXPECT_EQ(set.id, id);
  EXPECT_EQ(set.area, AreaId{"KEHA"});
  EXPECT_EQ(set.year, 2025);
  EXPECT_EQ(set.run, "2025");
  EXPECT_EQ(set.saved_at, database.clock.now());
  EXPECT_EQ(set.author, actor);
  EXPECT_EQ(set.rows, rows);
  EXPECT_FALSE(write([&](ledger::WriteTx& tx) { return find_value_set(tx, id + 1); }));
}

TEST_F(ValueSets, are_versions_of_their_area_and_year) {
  auto const first = save(AreaId{"KEHA"}, 2025);
  auto const of_network = save({}, 2025);
  save(AreaId{"KEHA"}, 2024);
  auto const second = save(AreaId{"KEHA"}, 2025);
  auto const sets = of(AreaId{"KEHA"}, 2025);
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].id, second);
  EXPECT_EQ(sets[0].version, 2);
  EXPECT_EQ(sets[1].id, first);
  EXPECT_EQ(sets[1].version, 1);
  ASSERT_EQ(of({}, 2025).size(), 1U);
  EXPECT_EQ(of({}, 2025)[0].id, of_network);
  EXPECT_EQ(of({}, 2025)[0].version, 1);
  EXPECT_FALSE(of({}, 2025)[0].area);
}

TEST_F(ValueSets, start_from_the_least_the_mean_and_the_most_that_tickets_of_the_year_cost) {
  auto const day = day_from(2026, 12, 31).value();
  have_event(1'000, day);
  have_event(1'501, day_from(2026, 1, 1).value());
  have_event(9'999, day + 1);
  have_event(9'999, day, true);
  have_event({}, day);
  auto values = write([](ledger::WriteTx& tx) { return face_values(tx, AreaId{"KEHA"}, 2026); });
  auto const& sport = values.at(static_cast<std::size_t>(contract::Sector::sport));
  EXPECT_EQ(sport.events, 2);
  EXPECT_EQ(sport.range, (ValueRange{1'000, 1'251, 1'501}));
  EXPECT_EQ(values.at(0).events, 0);
  auto far = test::an_area("MUU");
  far.municipalities = {{"991", {"Muula", "Muula", "Muula"}}};
  record(far);
  auto other = test::a_venue("Muulan halli");
  other.area = AreaId{"MUU"};
  other.municipality = "991";
  have_event(200, day, false, VenueId{record(other)});
  values = write([](ledger::WriteTx& tx) { return face_values(tx, AreaId{"KEHA"}, 2026); });
  EXPECT_EQ(values.at(static_cast<std::size_t>(contract::Sector::sport)).events, 2);
  values = write([](ledger::WriteTx& tx) { return face_values(tx, {}, 2026); });
  EXPECT_EQ(values.at(static_cast<std::size_t>(contract::Sector::sport)).range.low, 200);
}

}  // namespace
}  // namespace kaiku::tables
