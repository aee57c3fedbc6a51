// The real kaiku-kiosk against a small door server over real TLS.
#include <algorithm>
#include <filesystem>

#include "schema/contract/card_code.hpp"
#include "tests/e2e/kiosk_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using KioskLines = EnrolledKiosk;

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
  auto const request = std::ranges::find(seen, "POST /door/v1/redemptions", &SeenRequest::target);
  ASSERT_NE(request, seen.end());
  EXPECT_EQ(json::parse(request->body).at("idempotency_key"), "d:7000:1");
  EXPECT_TRUE(request->with_certificate);
  auto const entries = exported();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].at("told"), true);
}

TEST_F(KioskLines, says_of_itself_where_it_asks_for_the_venue_and_nowhere_else) {
  enrol();
  LinesProcess lines(kiosk.directory());
  lines.ask(peer.add_card(0));
  EXPECT_EQ(lines.finish(), 0);
  let_it_fetch();
  bool has_said = false;
  for (auto const& request : peer.seen()) {
    bool const is_venue = request.target.starts_with("GET /door/v1/snapshot/venue");
    if (request.said.empty()) continue;
    EXPECT_TRUE(is_venue) << request.target;
    EXPECT_TRUE(request.said.starts_with("clock=")) << request.said;
    has_said = has_said || request.said.ends_with("; unsent=0");
  }
  EXPECT_TRUE(has_said);
}

TEST_F(KioskLines, answers_every_kind_of_line_and_goes_on) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(1);
  EXPECT_NE(lines.ask(R"({"card":"X","colour":1})").find("/colour"), std::string::npos);
  EXPECT_NE(lines.ask("{").find("error"), std::string::npos);
  EXPECT_EQ(json::parse(lines.ask("not a code")).at("answer"), "unreadable");
  EXPECT_EQ(peer.count("POST /door/v1/checks"), 0U) << "an unreadable code was sent";
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

TEST_F(KioskLines, answers_each_line_that_had_arrived_before_it_is_told_to_stop) {
  enrol();
  LinesProcess lines(kiosk.directory());
  lines.ask("not a code");
  std::string all;
  for (int i = 0; i < 40; ++i) all += i % 4 == 0 ? "\n \t\r\nnot a code\n" : "not a code\r\n";
  lines.send_raw(all + peer.add_card(0));  // the last one has no end
  auto const answers = lines.last_words();
  ASSERT_EQ(answers.size(), 41U);
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(json::parse(answers[static_cast<std::size_t>(i)]).at("answer"), "unreadable");
  EXPECT_NE(answers.back().find("stopped"), std::string::npos);
  EXPECT_EQ(peer.uses(), 0U);
}

TEST_F(KioskLines, answers_a_last_line_without_an_end_when_the_input_is_over) {
  enrol();
  auto const card = peer.add_card(0);
  LinesProcess lines(kiosk.directory());
  lines.send_raw(card);
  EXPECT_EQ(lines.finish(), 0);
  EXPECT_EQ(peer.uses(), 1U);
}

TEST_F(KioskLines, looks_without_writing) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(2);
  auto const looked = json::parse(lines.ask(json{{"look", card}}.dump()));
  EXPECT_EQ(looked.at("answer"), "ok");
  EXPECT_EQ(looked.at("children_max"), 2);
  EXPECT_FALSE(looked.contains("sequence"));
  EXPECT_EQ(peer.uses(), 0U);
  EXPECT_EQ(lines.finish(), 0);
  EXPECT_TRUE(exported().empty());
}

TEST_F(KioskLines, undoes_what_it_gave_and_nothing_else) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(0);
  auto const given = json::parse(lines.ask(card));
  auto const undo = json{{"undo", given.at("sequence")}}.dump();
  auto const undone = json::parse(lines.ask(undo));
  EXPECT_EQ(undone.at("undone"), true);
  EXPECT_EQ(undone.at("tickets").at("adult"), 1);
  EXPECT_EQ(json::parse(lines.ask(undo)).at("error"), "nothing_to_undo");
  EXPECT_EQ(json::parse(lines.ask(R"({"undo":4711})")).at("error"), "nothing_to_undo");
  EXPECT_EQ(json::parse(lines.ask(card)).at("answer"), "ok") << "a new scan, not the last answer";
  EXPECT_EQ(lines.finish(), 0);
}

TEST_F(KioskLines, keeps_its_files_to_itself_whatever_the_folder_was) {
  enrol();
  for (auto const& file : std::filesystem::directory_iterator(kiosk.directory())) {
    std::filesystem::permissions(file, std::filesystem::perms(0666));
  }
  std::filesystem::permissions(kiosk.directory() + "/device.key", std::filesystem::perms(0600));
  LinesProcess lines(kiosk.directory());
  lines.ask("not a code");
  for (auto const* name : {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm"}) {
    auto const mode = std::filesystem::status(kiosk.directory() + "/" + name).permissions();
    EXPECT_EQ(mode, std::filesystem::perms(0600)) << name;
  }
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
  EXPECT_EQ(peer.count("POST /door/v1/redemptions"), 2U);
  EXPECT_EQ(peer.uses(), 1U);
}

TEST_F(KioskLines, overrules_a_warning_with_a_reason) {
  enrol();
  LinesProcess lines(kiosk.directory());
  auto const card = peer.add_card(0);
  peer.use_elsewhere(card);
  json line{{"card", card}, {"event_id", KioskPeer::event_id}};
  EXPECT_EQ(ask(lines, line.dump()).at("answer"), "already_used_here");
  line["override"] = {{"answer", "already_used_here"}, {"reason", "left_and_returned"}};
  EXPECT_EQ(ask(lines, line.dump()).at("answer"), "ok");
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

TEST_F(KioskLines, stays_small_over_a_thousand_scans_with_a_national_snapshot) {
  enrol();
  auto const cards = add_cards(20'000);
  let_it_fetch();
  LinesProcess lines(kiosk.directory());
  for (std::size_t scan = 0; scan < 500; ++scan) {
    ASSERT_EQ(ask(lines, R"({"card":")" + cards[scan] + R"("})").at("offline"), false);
  }
  peer.go_dark(true);
  for (std::size_t scan = 500; scan < 1'000; ++scan) {
    ASSERT_EQ(ask(lines, R"({"card":")" + cards[scan] + R"("})").at("offline"), true);
  }
  // The figure that counts is a release build's; this one only sees what grows without an end.
  RecordProperty("resident_kib", std::to_string(lines.resident_kib()));
  EXPECT_LT(lines.resident_kib(), 64 * 1024);
  EXPECT_EQ(confirmed.size(), 1'000U);
}

TEST_F(KioskLines, is_told_to_enrol_first) {
  auto const lines = kiosk.run({"lines"});
  EXPECT_EQ(lines.exit_code, 3);
  EXPECT_NE(lines.errors.find("kaiku-kiosk enrol"), std::string::npos);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
