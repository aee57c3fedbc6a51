// Which municipalities belonged to which area, as areas' entries say.
#include <gmock/gmock.h>

#include "server/ledger/ledger.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::ledger {
namespace {

using ::testing::ElementsAre;

struct Members : ::testing::Test {
  Members() { sql::migrate(connection); }

  std::int64_t set(std::string const& area, std::vector<std::string> const& codes) {
    auto entry = test::an_area(area);
    entry.municipalities.clear();
    for (auto const& code : codes) entry.municipalities.push_back({code, {code, code, code}});
    WriteTx tx(connection, keys, end, now, random);
    return append(tx, {}, entry).sequence;
  }
  // "091 ALFA 1–3 (1–2)": first and last day, counted from the first one of all, and the entries.
  std::vector<std::string> rows() {
    auto query = connection.prepare(
        "SELECT code, area_id, from_day, to_day, seq, ended_seq FROM municipality_member");
    auto const days = [&](int column) {
      return query.is_null(column) ? std::string()
                                   : std::to_string(query.integer(column) - first.value);
    };
    std::vector<std::string> found;
    while (query.step()) {
      found.push_back(std::string(query.text(0)) + " " + std::string(query.text(1)) + " " +
                      days(2) + "–" + days(3) + " (" + std::to_string(query.integer(4)) + "–" +
                      (query.is_null(5) ? "" : std::to_string(query.integer(5))) + ")");
    }
    return found;
  }
  void pass(int days) { now = now + days * day_us; }

  sql::Connection connection{":memory:", sql::OpenMode::memory};
  keys::KeyRing keys = test::test_keys();
  SeededRandom random{3};
  LedgerEnd end;
  Instant now{1'795'328'581'123'456};
  Day const first = helsinki_day(now);
};

TEST_F(Members, that_stay_keep_their_row) {
  set("ALFA", {"091", "092"});
  pass(1);
  set("ALFA", {"092", "091"});
  EXPECT_THAT(rows(), ElementsAre("091 ALFA 0– (1–)", "092 ALFA 0– (1–)"));
}

TEST_F(Members, belong_to_the_day_before_they_go_and_from_the_day_they_come) {
  set("ALFA", {"091"});
  set("BETA", {"049"});
  pass(3);
  set("ALFA", {});
  set("BETA", {"049", "091"});
  EXPECT_THAT(rows(), ElementsAre("049 BETA 0– (2–)", "091 ALFA 0–2 (1–3)", "091 BETA 3– (4–)"));
}

TEST_F(Members, that_come_back_begin_a_new_row) {
  set("ALFA", {"091"});
  pass(2);
  set("ALFA", {});
  pass(2);
  set("ALFA", {"091"});
  EXPECT_THAT(rows(), ElementsAre("091 ALFA 0–1 (1–2)", "091 ALFA 4– (3–)"));
}

TEST_F(Members, that_came_by_mistake_end_before_they_begin) {
  set("ALFA", {"091"});
  set("ALFA", {});
  EXPECT_THAT(rows(), ElementsAre("091 ALFA 0–-1 (1–2)"));
}

}  // namespace
}  // namespace kaiku::ledger
