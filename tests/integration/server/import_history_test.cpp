// Earlier years of an area: all of them or nothing, each row once, and no trace of who had a card.
#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

#include "schema/crypto/crypto.hpp"
#include "server/commands/command_report.hpp"
#include "server/tables/network.hpp"
#include "server/tables/true_counts.hpp"
#include "server/use_cases/import_history.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

// Three cards and five uses: one card of no use, one before it was registered, one written down
// late. The names of the cards are long enough to be looked for in a file.
constexpr std::string_view cards_text =
    "card_id,registered_on,municipality,office,birth_year,postcode,children\n"
    "ensimmäinen-kortti,2019-01-07,491,Mikkelin sosiaaliasema,1980,50670,2\n"
    "toinen-kortti,2019-02-07,097,Hirvensalmen palvelu,,,\n"
    "kolmas-kortti,7.3.2019,491,Mikkelin sosiaaliasema,1955,,\n";
constexpr std::string_view uses_text =
    "card_id;used_on;recorded_on;venue;sector;adults;children\r\n"
    "ensimmäinen-kortti;8.1.2019;8.1.2019;Taidemuseo;culture;1;2\r\n"
    "ensimmäinen-kortti;9.1.2019;10.1.2019;Rantakeitaan uimahalli;sport;1;0\r\n"
    "toinen-kortti;1.2.2019;1.2.2019;Taidemuseo;culture;1;0\r\n"
    "toinen-kortti;9.2.2019;11.2.2019;Taidemuseo;culture;1;0\r\n"
    "ensimmäinen-kortti;31.12.2019;1.1.2020;Tiedekeskus;science;0;1\r\n";

AreaId const south{"ETELA"};

std::size_t place_of(contract::Sector sector) { return static_cast<std::size_t>(sector); }

std::string bytes_in(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ImportHistory : public ServerTest {
 protected:
  // What the command said on both streams; its exit code first.
  std::string import(std::string_view cards, std::string_view uses, bool dry_run = false,
                     bool create = false) {
    commands::ImportHistory what;
    what.area = south;
    what.cards = folder().path() / "cards.csv";
    what.uses = folder().path() / "uses.csv";
    what.create = create;
    what.dry_run = dry_run;
    std::ofstream(what.cards, std::ios::binary) << cards;
    std::ofstream(what.uses, std::ios::binary) << uses;
    CaptureStdout();
    CaptureStderr();
    auto const code =
        commands::import_history({folder().path() / "installation", false}, "kaiku", what);
    return std::to_string(code) + " " + GetCapturedStdout() + GetCapturedStderr();
  }
  // A load of its own: the number makes the hashes of its files.
  struct Files {
    domain::History history;
    use_cases::HistoryFiles names;
  };
  Files files(int number) {
    Files made;
    write([&](ledger::WriteTx& tx) {
      auto places = use_cases::places_for_history(tx, south, helsinki_day(tx.now())).value();
      made.history = domain::read_history({cards_text, uses_text}, std::move(places));
    });
    EXPECT_EQ(made.history.faults.in_all(), 0);
    made.names = {south, crypto::sha256(bytes_of("cards " + std::to_string(number))),
                  crypto::sha256(bytes_of(uses_text))};
    return made;
  }
  void begin(use_cases::HistoryImport& load) {
    write([&](ledger::WriteTx& tx) { ASSERT_TRUE(load.begin(tx)); });
  }
  void finish(use_cases::HistoryImport& load) {
    while (!load.is_whole()) {
      write([&](ledger::WriteTx& tx) { load.go_on(tx, 2); });
    }
  }
  std::int64_t count(std::string_view sql) {
    std::int64_t counted = 0;
    write([&](ledger::WriteTx& tx) {
      auto row = tx.prepare(sql);
      row.step();
      counted = row.integer(0);
    });
    return counted;
  }
  std::int64_t holders() {
    return count("SELECT COUNT(*) FROM lineage WHERE history_load_id IS NOT NULL");
  }
  std::int64_t uses() {
    return count("SELECT COUNT(*) FROM redemption WHERE recorded_on IS NOT NULL");
  }
};

TEST_F(ImportHistory, loads_cards_and_uses_that_are_counted) {
  auto const cards_before = count("SELECT COUNT(*) FROM card");
  auto const facts_before = count("SELECT COUNT(*) FROM vault_holder");
  auto const said = import(cards_text, uses_text);
  EXPECT_THAT(said, HasSubstr("0 {"));
  EXPECT_THAT(said, HasSubstr("\"cards\":3,\"loaded\":true"));
  EXPECT_THAT(said, HasSubstr("uses.csv:4: used_on: warning: is before the card was registered\n"));
  write([&](ledger::WriteTx& tx) {
    auto const counts = tables::count_year(tx, 2019, tx.ledger_end().last_sequence());
    std::int64_t registered = 0;
    std::int64_t taken = 0;
    for (auto const& cards : counts.cards) {
      EXPECT_EQ(cards.home_area, south) << "a municipality is of its first area before that began";
      for (auto const of_month : cards.registered) registered += of_month;
      taken += cards.taken;
    }
    EXPECT_EQ(registered, 3);
    EXPECT_EQ(taken, 2);
    std::array<std::int64_t, 4> adults{};
    std::array<std::int64_t, 4> children{};
    for (auto const& venue : counts.venues) {
      for (auto const of_month : venue.adults) adults.at(place_of(venue.sector)) += of_month;
      for (auto const of_month : venue.children) children.at(place_of(venue.sector)) += of_month;
    }
    EXPECT_EQ(adults, (std::array<std::int64_t, 4>{3, 0, 0, 1}));
    EXPECT_EQ(children, (std::array<std::int64_t, 4>{2, 0, 1, 0}));
    ASSERT_EQ(counts.beside.size(), 1U);
    EXPECT_EQ(counts.beside.front().late_tickets, 1)
        << "two days after; the day after is not surely late";
  });
  EXPECT_EQ(count("SELECT COUNT(*) FROM card"), cards_before) << "nobody has a card of them";
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_holder"), facts_before + 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM redemption WHERE card_id IS NOT NULL"), 0);
}

TEST_F(ImportHistory, keeps_no_name_of_a_card) {
  for (auto const* name : {"ensimmäinen-kortti", "toinen-kortti", "kolmas-kortti"}) {
    keep_secret(name);
  }
  EXPECT_THAT(import(cards_text, uses_text), HasSubstr("\"loaded\":true"));
  stop();
  for (auto const& entry :
       std::filesystem::recursive_directory_iterator(folder().path() / "installation")) {
    if (!entry.is_regular_file()) continue;
    auto const bytes = bytes_in(entry.path());
    EXPECT_EQ(bytes.find("-kortti"), std::string::npos) << entry.path();
  }
}

TEST_F(ImportHistory, loads_the_same_files_once) {
  import(cards_text, uses_text);
  auto const after = sequence();
  EXPECT_THAT(import(cards_text, uses_text), HasSubstr("\"were_loaded_before\":true"));
  EXPECT_EQ(sequence(), after);
  EXPECT_EQ(holders(), 3);
}

TEST_F(ImportHistory, changes_nothing_when_tried_or_faulty) {
  stop();
  auto const database = folder().path() / "installation" / "kaiku.db";
  // What any command brings up to date on its way is up to date after the first.
  EXPECT_THAT(import(cards_text, uses_text, true), HasSubstr("\"loaded\":false"));
  auto const before = bytes_in(database);
  EXPECT_THAT(import(cards_text, uses_text, true), HasSubstr("\"loaded\":false"));
  EXPECT_EQ(bytes_in(database), before);
  std::string const late_fault = std::string(uses_text) + "kuka;1.2.2019;1.2.2019;Museo;x;1;0\r\n";
  auto const said = import(cards_text, late_fault);
  EXPECT_THAT(said, HasSubstr("uses.csv:7: card_id: is not in the file of cards\n"));
  EXPECT_THAT(said, HasSubstr("uses.csv:7: venue: is not a venue of the area\n"));
  EXPECT_THAT(said, HasSubstr("uses.csv:7: sector: is not culture"));
  EXPECT_THAT(said, HasSubstr("Faults: 3. Nothing was loaded."));
  EXPECT_EQ(said.front(), '1');
  EXPECT_EQ(bytes_in(database), before);
  EXPECT_THAT(import("nonsense", ""), HasSubstr("cards.csv:1: card_id: is missing\n"));
  EXPECT_EQ(bytes_in(database), before);
  restart();
}

TEST_F(ImportHistory, makes_places_when_told_to) {
  constexpr std::string_view cards =
      "card_id,registered_on,municipality,office,birth_year,postcode,children\n"
      "ensimmäinen-kortti,2019-01-07,097,Kirjasto,,,\n";
  constexpr std::string_view uses =
      "card_id,used_on,recorded_on,venue,sector,adults,children,municipality\n"
      "ensimmäinen-kortti,2019-01-08,2019-01-08,Jäähalli,sport,1,0,097\n";
  EXPECT_THAT(import(cards, uses), HasSubstr("cards.csv:2: office: is not an office of the area"));
  EXPECT_THAT(import(cards, uses, false, true), HasSubstr("\"loaded\":true"));
  write([](ledger::WriteTx& tx) {
    auto const offices = tables::list_offices(tx, south, tables::every_row);
    EXPECT_EQ(offices.back().name, "Kirjasto");
    EXPECT_EQ(offices.back().municipality, "097");
    auto const venues = tables::list_venues(tx, south, tables::every_row);
    EXPECT_EQ(venues.back().name, "Jäähalli");
    EXPECT_EQ(venues.back().municipality, "097");
  });
  EXPECT_EQ(this->uses(), 1);
}

TEST_F(ImportHistory, goes_on_where_it_was_broken_off) {
  constexpr int transactions = 4;  // eight rows, two each
  for (int broken = 0; broken <= transactions; ++broken) {
    auto const held = holders();
    auto const used = uses();
    auto const given = files(broken);
    use_cases::HistoryImport first(given.history, given.names);
    begin(first);
    for (int done = 0; done < broken; ++done) {
      write([&](ledger::WriteTx& tx) { first.go_on(tx, 2); });
    }
    if (!first.is_whole()) {
      EXPECT_THROW(write([&](ledger::WriteTx& tx) {
                     first.go_on(tx, 2);
                     throw std::runtime_error("the power went");
                   }),
                   std::runtime_error);
    }
    restart();
    use_cases::HistoryImport second(given.history, given.names);
    begin(second);
    EXPECT_EQ(second.rows_done(), static_cast<std::size_t>(2 * broken));
    finish(second);
    EXPECT_EQ(holders(), held + 3) << "broken off after " << broken;
    EXPECT_EQ(uses(), used + 5) << "broken off after " << broken;
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM history_load WHERE whole_seq IS NOT NULL"),
            transactions + 1);
  EXPECT_EQ(count(R"(
    SELECT COUNT(*)
    FROM redemption
    JOIN lineage USING (lineage_id)
    WHERE municipality = '097' AND adult = 1)"),
            2 * (transactions + 1))
      << "each use is its own holder's";
}

TEST_F(ImportHistory, waits_for_the_load_that_was_broken_off) {
  auto const one = files(1);
  auto const other = files(2);
  use_cases::HistoryImport first(one.history, one.names);
  begin(first);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(tables::areas_with_open_history(tx), std::vector{south});
    use_cases::HistoryImport second(other.history, other.names);
    EXPECT_EQ(second.begin(tx).error().problem, Problem::conflict);
  });
  finish(first);
  write([](ledger::WriteTx& tx) { EXPECT_TRUE(tables::areas_with_open_history(tx).empty()); });
}

TEST_F(ImportHistory, is_not_done_by_two_at_once) {
  auto const given = files(1);
  use_cases::HistoryImport one(given.history, given.names);
  use_cases::HistoryImport other(given.history, given.names);
  begin(one);
  begin(other);
  write([&](ledger::WriteTx& tx) { one.go_on(tx, 2); });
  EXPECT_THROW(write([&](ledger::WriteTx& tx) { other.go_on(tx, 2); }), std::runtime_error);
  write([&](ledger::WriteTx& tx) { one.go_on(tx, 2); });
  finish(one);
  EXPECT_EQ(holders(), 3);
}

TEST_F(ImportHistory, is_a_command_of_its_group) {
  CLI::App cli;
  commands::Common common;
  common.dir = folder().path() / "installation";
  std::string const instance = "kaiku";
  int result = -1;
  auto const add = [&cli](char const* name, char const* what) -> CLI::App& {
    return *cli.add_subcommand(name, what);
  };
  commands::add_report_commands({add, common, instance, result});
  std::ofstream(folder().path() / "c.csv", std::ios::binary) << cards_text;
  std::ofstream(folder().path() / "u.csv", std::ios::binary) << uses_text;
  CaptureStdout();
  CaptureStderr();
  cli.parse("import-history --area ETELA --dry-run --cards " +
            (folder().path() / "c.csv").string() + " --uses " +
            (folder().path() / "u.csv").string());
  EXPECT_THAT(GetCapturedStdout(), HasSubstr("\"loaded\":false"));
  GetCapturedStderr();
  EXPECT_EQ(result, commands::good);
}

}  // namespace
}  // namespace kaiku::test
