// A year of a whole network, loaded as cards and uses, comes back to the digit wherever it is read.
#include <gmock/gmock.h>

#include "schema/crypto/crypto.hpp"
#include "server/domain/municipalities.hpp"
#include "server/use_cases/import_history.hpp"
#include "server/use_cases/keep_network.hpp"
#include "tests/support/must.hpp"
#include "tests/support/published_runs.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/worked_example.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

class WorkedYear : public ServerTest {
 protected:
  WorkedYear() {
    for (auto const& area : worked_example()) load(area);
    write([](ledger::WriteTx& tx) { publish_run(tx, "2019"); });
  }

  void load(WorkedArea const& area) {
    domain::Caller admin;
    admin.role = domain::Role::admin;
    write([&](ledger::WriteTx& tx) {
      ledger::AreaSet entry;
      entry.area = area.id;
      entry.name.fi = area.name;
      for (auto const& code : area.municipalities) {
        entry.municipalities.push_back(domain::find_listed(code)->as_municipality());
      }
      must(use_cases::keep_area(tx, entry, admin));
      for (auto const& office : area.offices) {
        must(use_cases::keep_office(tx, {{}, area.id, office.municipality, "00100", office.name},
                                    admin));
      }
      for (std::size_t sector = 0; sector < area.venues.size(); ++sector) {
        auto const& venue = area.venues[sector];
        must(use_cases::keep_venue(tx,
                                   {{},
                                    area.id,
                                    venue.municipality,
                                    static_cast<contract::Sector>(sector),
                                    venue.name,
                                    std::nullopt,
                                    true},
                                   admin));
      }
    });
    domain::History history;
    write([&](ledger::WriteTx& tx) {
      history = domain::read_history({area.cards, area.uses},
                                     use_cases::places_for_history(tx, area.id, today()).value());
    });
    ASSERT_EQ(history.faults.in_all(), 0);
    use_cases::HistoryImport loading(history, {area.id, crypto::sha256(bytes_of(area.cards)),
                                               crypto::sha256(bytes_of(area.uses))});
    write([&](ledger::WriteTx& tx) { must(loading.begin(tx)); });
    while (!loading.is_whole()) {
      write([&](ledger::WriteTx& tx) { loading.go_on(tx); });
    }
  }
};

TEST_F(WorkedYear, comes_back_to_the_digit_from_the_api) {
  auto const reply = get(as("national"), "/api/v1/reports/annual?year=2019");
  ASSERT_EQ(reply.status, 200) << reply;
  auto const& report = reply.body;
  EXPECT_EQ(report.at("state"), "settled");
  EXPECT_EQ(report.at("registered"), worked_cards);
  EXPECT_EQ(report.at("taken_into_use"), worked_used_cards);
  EXPECT_EQ(report.at("usage_rate"), 0.2674);
  EXPECT_EQ(report.at("not_taken_into_use"), 3726);
  EXPECT_EQ(report.at("municipalities"), 24);
  auto const& uses = report.at("uses");
  EXPECT_EQ(uses.at("adult"),
            Json({{"culture", 5310}, {"education", 1204}, {"science", 561}, {"sport", 1118}}));
  EXPECT_EQ(uses.at("child"),
            Json({{"culture", 1402}, {"education", 0}, {"science", 247}, {"sport", 185}}));
  EXPECT_EQ(uses.at("adults"), 8193);
  EXPECT_EQ(uses.at("children"), 1834);
  EXPECT_EQ(uses.at("total"), 10'027);
  EXPECT_EQ(report.at("suppressed"), Json::array());
  EXPECT_EQ(report.at("as_of").at("run"), "2019");
}

TEST_F(WorkedYear, comes_back_to_the_digit_in_every_file_and_on_the_page) {
  auto const who = as("national");
  auto const finnish = get(who, "/api/v1/reports/annual.csv?year=2019&lang=fi").text;
  for (auto const* row : {"Rekisteröidyt kortit;5086;", "Käyttöönotetut kortit;1360;",
                          "Käyttöaste;0,2674;", "Käyttökerrat;10027;", "Lasten käyttökerrat;1834;",
                          "Kunnat;24;", "Kulttuuri;6712;5310;1402;"}) {
    EXPECT_THAT(finnish, HasSubstr(row));
  }
  auto const plain = get(who, "/api/v1/reports/annual.csv?year=2019&profile=rfc4180&lang=en").text;
  EXPECT_THAT(plain, HasSubstr("5086"));
  EXPECT_THAT(plain, HasSubstr("0.2674"));
  EXPECT_THAT(get(who, "/api/v1/reports/annual.pdf?year=2019").text, HasSubstr("%PDF-"));
  EXPECT_EQ(get(who, "/api/v1/reports/annual.xlsx?year=2019").text.substr(0, 2), "PK");
  auto const page = get(who, "/figures?year=2019").text;
  for (auto const* number : {"5086", "26,7\u00A0%", "10\u00A0027", "8193", "1834"}) {
    EXPECT_THAT(page, HasSubstr(number));
  }
}

TEST_F(WorkedYear, agrees_with_itself_from_each_side) {
  auto const sum_of = [&](std::string const& group, char const* measure) {
    auto const report =
        get(as("national"), "/api/v1/reports/usage?from=2019-01-01&to=2019-12-31&group_by=" + group)
            .body;
    std::int64_t sum = 0;
    for (auto const& row : report.at("rows")) {
      auto const& cell = std::string_view(measure) == "registered" ? row.at("registered")
                                                                   : row.at("uses").at(measure);
      EXPECT_TRUE(cell.is_number()) << group << " " << row;
      if (cell.is_number()) sum += cell.get<std::int64_t>();
    }
    return sum;
  };
  for (auto const* group : {"area", "home", "office", "month", "quarter"}) {
    EXPECT_EQ(sum_of(group, "registered"), worked_cards) << group;
  }
  for (auto const* group : {"area", "municipality", "venue", "sector", "month", "quarter"}) {
    EXPECT_EQ(sum_of(group, "total"), 10'027) << group;
  }
}

TEST_F(WorkedYear, verifies_and_comes_out_the_same_when_it_is_drawn_again) {
  write([](ledger::WriteTx& tx) {
    auto const run = tables::find_run(tx, {2019}).value();
    EXPECT_EQ(reports::draw_run(tx, run.name, run.as_of).hash, run.hash);
  });
  stop();
  EXPECT_EQ(verify(), "");
}

}  // namespace
}  // namespace kaiku::test
