#include "server/reports/draw_run.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "server/domain/declared_words.hpp"
#include "tests/support/card_office.hpp"
#include "tests/support/report_cells.hpp"

namespace kaiku::reports {
namespace {

using domain::RunName;
using domain::Table;
using test::count_of;
using test::find;
using test::late_row;
using test::quarter;
using test::uses_of_network;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words_of(std::vector<Table> const& tables) {
  std::vector<std::string> words;
  for (auto const table : tables) words.emplace_back(domain::word_of(table));
  return words;
}

// A pool and twenty cards, on 22.11.2026.
struct DrawRun : ::testing::Test, kaiku::test::CardOffice {
  DrawRun() {
    for (int card = 0; card < 20; ++card) cards.push_back(issue());
  }
  void use(int times, Instant at) {
    for (int time = 0; time < times; ++time) {
      auto const& card = cards[domain::index(uses++ % 20)];
      ledger::UseRedeemed entry;
      entry.venue = venue;
      entry.occurred_at = at;
      entry.tickets = {.adult = 1};
      if (now() - at > day_us) entry.verdict = "fine";
      entry.card = card.ref;
      entry.lineage = card.lineage_ref;
      entry.idempotency_key = "use:" + std::to_string(uses);
      record(entry);
    }
  }
  Instant now() { return database.clock.now(); }
  Instant noon_of(int year, unsigned month, unsigned day) {
    return start_of(day_from(year, month, day).value()) + 12 * hour_us;
  }
  void go_to(Instant at) { database.clock.advance(at - now()); }
  std::int64_t end() {
    return write([](ledger::WriteTx& tx) { return tx.ledger_end().last_sequence(); });
  }
  DrawnRun draw(RunName const& name, std::int64_t as_of, std::vector<Table> const& without = {}) {
    return write([&](ledger::WriteTx& tx) { return draw_run(tx, name, as_of, without); });
  }
  void publish(DrawnRun const& run) {
    ASSERT_FALSE(run.refused);
    ledger::ReportPublished entry;
    entry.run = text_of(run.name);
    entry.year = run.name.year;
    if (run.name.is_quarter()) entry.quarter = run.name.quarter;
    entry.edition = run.name.edition;
    entry.as_of = run.as_of;
    entry.left_out = words_of(run.left_out);
    entry.left_out_openly = words_of(run.left_out_openly);
    entry.cells = static_cast<std::int64_t>(run.cells.size());
    entry.hash = run.hash;
    write([&](ledger::WriteTx& tx) {
      tables::keep_cells(tx, ledger::append(tx, actor, entry).sequence, run.cells);
      return true;
    });
  }
  void publish_now(RunName const& name, std::vector<Table> const& without = {}) {
    publish(draw(name, end(), without));
  }

  std::vector<Issued> cards;
  int uses = 0;
};

TEST_F(DrawRun, comes_out_the_same_whenever_it_is_drawn) {
  use(40, now());
  auto const as_of = end();
  auto const run = draw({.year = 2026}, as_of);
  ASSERT_FALSE(run.refused);
  EXPECT_EQ(count_of(run.cells, uses_of_network()), 40);
  EXPECT_EQ(run.as_of, as_of);
  EXPECT_EQ(run.hash, crypto::sha256(bytes_of(tables::published_form(run.cells))));
  publish(run);
  use(30, now());
  auto const again = draw({.year = 2026}, as_of);
  EXPECT_EQ(again.cells, run.cells);
  EXPECT_EQ(again.hash, run.hash);
}

TEST_F(DrawRun, tells_nothing_twice_and_late_uses_in_a_row_of_their_own) {
  auto const february = noon_of(2027, 2, 1);
  go_to(february);
  use(30, february);
  go_to(noon_of(2027, 4, 11));
  auto const first = draw({.year = 2027, .quarter = 1}, end());
  EXPECT_EQ(count_of(first.cells, uses_of_network(quarter(1))), 30);
  publish(first);
  use(6, february);
  go_to(noon_of(2027, 11, 1));
  use(20, now());
  go_to(noon_of(2028, 3, 2));
  auto const settlement = draw({.year = 2027}, end());
  ASSERT_FALSE(settlement.refused);
  EXPECT_EQ(find(settlement.cells, uses_of_network(quarter(1))), nullptr);
  EXPECT_EQ(count_of(settlement.cells, uses_of_network(late_row)), 6);
  EXPECT_EQ(count_of(settlement.cells, uses_of_network(quarter(4))), 20);
  EXPECT_EQ(count_of(settlement.cells, uses_of_network()), 56);
}

TEST_F(DrawRun, shows_quarters_of_an_area_by_what_the_year_before_was) {
  use(60, now());
  go_to(noon_of(2027, 2, 1));
  use(30, now());
  domain::CellKey const key{
      .table = Table::uses_area, .period = quarter(1), .area = AreaId{"KEHA"}};
  RunName const first{.year = 2027, .quarter = 1};
  auto const unknown = draw(first, end());
  ASSERT_NE(find(unknown.cells, key), nullptr);
  EXPECT_EQ(find(unknown.cells, key)->in_charge.sign, domain::Sign::complementary);
  publish_now({.year = 2026});
  auto const known = draw(first, end());
  EXPECT_EQ(find(known.cells, key)->in_charge.sign, domain::Sign::shown);
}

TEST_F(DrawRun, keeps_a_table_left_out_for_the_rest_of_the_year) {
  auto const february = noon_of(2027, 2, 1);
  go_to(february);
  use(30, february);
  publish_now({.year = 2027, .quarter = 1}, {Table::uses_area});
  auto const settlement = draw({.year = 2027}, end());
  ASSERT_FALSE(settlement.refused);
  EXPECT_THAT(settlement.left_out, ElementsAre(Table::uses_area));
  for (auto const& cell : settlement.cells) EXPECT_NE(cell.key.table, Table::uses_area);
  auto const next_year = draw({.year = 2028}, end());
  EXPECT_THAT(next_year.left_out, IsEmpty());
}

TEST_F(DrawRun, of_an_edition_moves_what_has_become_five_since_the_newest_run) {
  use(40, now());
  publish_now({.year = 2026});
  RunName const second{.year = 2026, .edition = 2};
  EXPECT_THAT(draw(second, end()).cells, IsEmpty());
  use(4, now());
  EXPECT_THAT(draw(second, end()).cells, IsEmpty());
  use(1, now());
  auto const edition = draw(second, end());
  EXPECT_EQ(count_of(edition.cells, uses_of_network()), 45);
  publish(edition);
  EXPECT_THAT(draw({.year = 2026, .edition = 3}, end()).cells, IsEmpty());
}

TEST_F(DrawRun, of_an_edition_needs_a_settlement) {
  auto const as_of = end();
  write([&](ledger::WriteTx& tx) {
    EXPECT_THROW(draw_run(tx, {.year = 2026, .edition = 2}, as_of), std::invalid_argument);
    return true;
  });
}

}  // namespace
}  // namespace kaiku::reports
