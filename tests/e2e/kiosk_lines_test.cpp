// The real kaiku-kiosk against a small door server over real TLS.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/contract/card_code.hpp"
#include "schema/contract/journal_entry.hpp"
#include "tests/e2e/kiosk_program.hpp"
#include "tests/support/kiosk_peer.hpp"

namespace kaiku::kiosk_tests {
namespace {

using nlohmann::json;

class KioskLines : public ::testing::Test {
 protected:
  void enrol() {
    auto const ca = kiosk.write_file("ca.pem", peer.ca_pem());
    auto const done = kiosk.run({"enrol", peer.url(), KioskPeer::enrolment_code, "--ca", ca});
    ASSERT_EQ(done.exit_code, 0) << done.errors;
  }
  std::vector<json> exported() {
    std::vector<json> entries;
    std::string const text = kiosk.run({"journal", "export"}).output;
    for (std::size_t at = 0; at < text.size();) {
      auto const end = text.find('\n', at);
      entries.push_back(json::parse(text.substr(at, end - at)));
      at = end + 1;
    }
    return entries;
  }
  std::size_t count(std::string const& target) {
    auto const seen = peer.seen();
    return static_cast<std::size_t>(std::count_if(
        seen.begin(), seen.end(), [&](auto const& request) { return request.target == target; }));
  }

  KioskPeer peer;
  KioskProgram kiosk;
};

TEST_F(KioskLines, records_a_valid_scan_at_once) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const answer = json::parse(lines.ask(peer.add_card(2)));
  EXPECT_EQ(answer.at("answer"), "ok");
  EXPECT_EQ(answer.at("offline"), false);
  EXPECT_EQ(answer.at("sequence"), 1);
  EXPECT_EQ(answer.at("redemption_id"), 1000);
  EXPECT_EQ(answer.at("children_max"), 2);
  EXPECT_EQ(lines.finish(), 0);
  EXPECT_EQ(peer.uses(), 1U);
  auto const seen = peer.seen();
  EXPECT_EQ(json::parse(seen.back().body).at("idempotency_key"), "d:7000:1");
  EXPECT_TRUE(seen.back().with_certificate);
  auto const entries = exported();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].at("told"), true);
}

TEST_F(KioskLines, answers_every_kind_of_line_and_goes_on) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(1);
  EXPECT_NE(lines.ask(R"({"card":"X","colour":1})").find("/colour"), std::string::npos);
  EXPECT_NE(lines.ask("{").find("error"), std::string::npos);
  EXPECT_EQ(json::parse(lines.ask("not a code")).at("answer"), "unreadable");
  EXPECT_EQ(count("POST /door/v1/checks"), 0U) << "an unreadable code was sent";
  SeededRandom random(5);
  auto const stranger = contract::CardCode::random(random).text();
  EXPECT_EQ(json::parse(lines.ask(stranger)).at("answer"), "unknown_card");
  json const many{{"card", card}, {"tickets", {{"adult", 1}, {"child", 2}}}};
  EXPECT_EQ(json::parse(lines.ask(many.dump())).at("answer"), "children_over_limit");
  json const fine{{"card", card}, {"event_id", KioskPeer::event_id}};
  EXPECT_EQ(json::parse(lines.ask(fine.dump())).at("answer"), "ok");
  json const child{{"card", card}, {"event_id", KioskPeer::event_id}, {"tickets", {{"child", 1}}}};
  EXPECT_EQ(json::parse(lines.ask(child.dump())).at("answer"), "ok");
  EXPECT_EQ(lines.terminate(), 0);
}

TEST_F(KioskLines, takes_a_card_read_twice_for_one_scan) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(0);
  auto const first = lines.ask(card);
  EXPECT_EQ(lines.ask(card), first);
  EXPECT_EQ(peer.uses(), 1U);
}

TEST_F(KioskLines, asks_again_with_the_same_key_when_an_answer_is_lost) {
  enrol();
  LinesProcess lines(kiosk.directory());
  peer.lose_next_answer();
  auto const answer = json::parse(lines.ask(peer.add_card(0)));
  EXPECT_EQ(answer.at("answer"), "ok");
  EXPECT_EQ(count("POST /door/v1/redemptions"), 2U);
  EXPECT_EQ(peer.uses(), 1U);
}

TEST_F(KioskLines, says_that_it_cannot_know_without_a_connection_and_recovers) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(0);
  peer.go_dark(true);
  auto const dark = json::parse(lines.ask(card));
  EXPECT_EQ(dark.at("error"), "no_connection");
  EXPECT_EQ(dark.at("offline"), true);
  EXPECT_EQ(dark.at("sequence"), 1);
  peer.go_dark(false);
  EXPECT_EQ(json::parse(lines.ask(card)).at("answer"), "ok");
  lines.finish();
  auto const entries = exported();
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].at("told"), false);
  EXPECT_EQ(entries[2].at("told"), true);
}

TEST_F(KioskLines, says_in_the_doors_words_that_it_was_revoked) {
  enrol();
  LinesProcess lines(kiosk.directory());
  peer.revoke();
  EXPECT_EQ(json::parse(lines.ask(peer.add_card(0))).at("answer"), "device_revoked");
}

TEST_F(KioskLines, has_a_whole_journal_after_each_hard_kill) {
  enrol();
  for (int round = 0; round < 8; ++round) {
    LinesProcess lines(kiosk.directory());
    lines.ask(peer.add_card(0));
    lines.send(peer.add_card(0));
    lines.kill_hard();
  }
  LinesProcess lines(kiosk.directory());
  lines.ask("not a code");
  lines.finish();
  auto const status = kiosk.run({"status", "--json"});
  EXPECT_EQ(status.exit_code, 0) << status.output << status.errors;
  auto const told = json::parse(status.output);
  EXPECT_EQ(told.at("journal").at("fault"), nullptr);
  EXPECT_GE(told.at("journal").at("sequence"), 16);
}

TEST_F(KioskLines, lets_one_process_use_a_folder) {
  enrol();
  LinesProcess lines(kiosk.directory());
  lines.ask("not a code");
  auto const second = kiosk.run({"lines"});
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_NE(second.errors.find("Another kaiku-kiosk"), std::string::npos);
}

TEST_F(KioskLines, stays_small_over_a_thousand_scans) {
  enrol();
  LinesProcess lines(kiosk.directory());
  for (int scan = 0; scan < 1000; ++scan) {
    auto const answer = lines.ask(R"({"card":")" + peer.add_card(0) + R"("})");
    ASSERT_NE(answer.find(R"("answer":"ok")"), std::string::npos) << answer;
  }
  RecordProperty("resident_kib", std::to_string(lines.resident_kib()));
  EXPECT_EQ(peer.uses(), 1000U);
  EXPECT_LT(lines.resident_kib(), 64 * 1024);
}

TEST_F(KioskLines, is_told_to_enrol_first) {
  auto const lines = kiosk.run({"lines"});
  EXPECT_EQ(lines.exit_code, 3);
  EXPECT_NE(lines.errors.find("kaiku-kiosk enrol"), std::string::npos);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
