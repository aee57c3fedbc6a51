// The real kaiku-kiosk when its network is cut, silently or not, and when it is killed.
#include <random>

#include "tests/e2e/kiosk_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using Clock = std::chrono::steady_clock;

class KioskOffline : public EnrolledKiosk {
 protected:
  milliseconds time_of(std::function<void()> const& what) {
    auto const began = Clock::now();
    what();
    return std::chrono::duration_cast<milliseconds>(Clock::now() - began);
  }
};

TEST_F(KioskOffline, a_silent_cut_holds_up_one_line_once) {
  enrol();
  auto const cards = add_cards(60);
  let_it_fetch();
  LinesProcess lines(kiosk.directory());
  for (std::size_t at = 0; at < 20; ++at) {
    EXPECT_EQ(ask(lines, cards[at]).at("offline"), false);
  }
  peer.go_silent(true);
  json first;
  // It waits once, 1.2 s, and not a second time; how long exactly is a figure of the door's bench.
  EXPECT_LT(time_of([&] { first = ask(lines, cards[20]); }), milliseconds(2'400));
  EXPECT_EQ(first.at("answer"), "ok");
  EXPECT_EQ(first.at("offline"), true);
  // Forty scans that waited for the network even now and then would take longer than this.
  EXPECT_LT(time_of([&] {
              for (std::size_t at = 21; at < cards.size(); ++at) {
                EXPECT_EQ(ask(lines, cards[at]).at("offline"), true);
              }
            }),
            milliseconds(5'000));
  peer.go_silent(false);
  auto const is_back = [&] { return ask(lines, peer.add_card(0)).at("offline") == false; };
  EXPECT_TRUE(comes_true(is_back, milliseconds(10'000)));
  EXPECT_TRUE(comes_true([&] { return books_are_right(); }, milliseconds(10'000)));
  EXPECT_EQ(confirmed.size(), 61U);
  EXPECT_EQ(lines.finish(), 0);
}

TEST_F(KioskOffline, a_thousand_uses_of_a_dark_day_reach_the_server_once_each_after_healing) {
  enrol();
  auto const cards = add_cards(1'000);
  let_it_fetch();
  peer.go_dark(true);
  LinesProcess lines(kiosk.directory());
  for (auto const& card : cards) ASSERT_EQ(ask(lines, card).at("offline"), true);
  EXPECT_EQ(status().at("queue"), 1'000);
  peer.lose_answers("POST /door/v1/journal", 3);
  peer.go_dark(false);
  EXPECT_TRUE(comes_true([&] { return books_are_right(); }, milliseconds(30'000)));
  EXPECT_TRUE(comes_true([&] { return status().at("unacknowledged") == 0; }, milliseconds(30'000)));
  lines.finish();
  EXPECT_EQ(confirmed.size(), 1'000U);
  for (auto const& [sequence, booked] : peer.journal()) {
    bool const attempt = std::holds_alternative<contract::Attempt>(booked.entry.what);
    ASSERT_EQ(attempt, !booked.card.empty()) << "a use without its card cannot be judged";
  }
  for (auto const& entry : exported()) {
    ASSERT_EQ(entry.at("acknowledged"), true);
  }
}

TEST_F(KioskOffline, an_answer_that_is_lost_is_settled_by_its_key) {
  enrol();
  auto const cards = add_cards(2);
  let_it_fetch();
  LinesProcess lines(kiosk.directory());
  EXPECT_EQ(ask(lines, cards[0]).at("offline"), false);
  // The server records the use; its answer and that to the second try are lost.
  peer.lose_answers("POST /door/v1/redemptions", 2);
  auto const answer = ask(lines, cards[1]);
  EXPECT_EQ(answer.at("answer"), "ok");
  EXPECT_EQ(answer.at("offline"), true);
  EXPECT_TRUE(comes_true([&] { return peer.use_keys()["d:7000:3"] == 2; }, milliseconds(15'000)))
      << "once online and once by journal: one use";
  EXPECT_TRUE(books_are_right());
}

TEST_F(KioskOffline, kills_at_random_points_lose_and_double_nothing) {
  enrol();
  auto const cards = add_cards(240);
  let_it_fetch();
  std::minstd_rand random(20261122);
  std::size_t next = 0;
  for (int round = 0; round < 16; ++round) {
    LinesProcess lines(kiosk.directory());
    if (round % 4 == 1) peer.go_dark(true);
    if (round % 4 == 2) peer.go_silent(true);
    if (round % 4 == 3) peer.lose_answers("POST /door/v1/journal", 1);
    auto const scans = random() % 8;
    for (unsigned scan = 0; scan < scans; ++scan) ask(lines, cards[next++]);
    lines.send(cards[next++]);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    lines.kill_hard();
    peer.go_dark(false);
    peer.go_silent(false);
  }
  // What was answered just before a kill and not read counts for neither side: the books decide.
  auto const done = kiosk.run({"sync"});
  EXPECT_EQ(done.exit_code, 0) << done.output << done.errors;
  std::map<std::int64_t, bool> gave;
  for (auto const& [sequence, booked] : peer.journal()) {
    EXPECT_EQ(sequence, static_cast<std::int64_t>(gave.size()) + 1) << "a gap in the journal";
    gave[sequence] = true;
  }
  auto const uses = peer.use_keys();
  for (auto const& key : confirmed) EXPECT_TRUE(uses.contains(key)) << key << " was confirmed";
  EXPECT_LE(uses.size(), confirmed.size() + 16) << "only the killed lines may be more";
  auto const told = status();
  EXPECT_EQ(told.at("journal").at("fault"), nullptr);
  EXPECT_EQ(told.at("unacknowledged"), 0);
  EXPECT_EQ(told.at("queue"), 0);
}

TEST_F(KioskOffline, a_new_kiosk_without_a_network_says_that_it_has_no_data) {
  enrol();
  peer.go_dark(true);
  LinesProcess lines(kiosk.directory());
  auto const answer = ask(lines, peer.add_card(0));
  EXPECT_EQ(answer.at("error"), "no_data");
  EXPECT_EQ(answer.at("offline"), true);
}

TEST_F(KioskOffline, a_blocked_card_is_refused_and_a_fresh_genuine_one_is_let_in) {
  enrol();
  auto const blocked = peer.add_card(0);
  peer.set_state(blocked, contract::StoredState::blocked);
  let_it_fetch();
  peer.go_dark(true);
  LinesProcess lines(kiosk.directory());
  auto const refused = ask(lines, blocked);
  EXPECT_EQ(refused.at("answer"), "blocked");
  EXPECT_EQ(refused.at("offline"), true);
  auto const fresh = peer.add_unpublished_card(0);
  EXPECT_EQ(ask(lines, peer.qr_of(fresh)).at("answer"), "ok_offline");
  EXPECT_EQ(ask(lines, peer.add_unpublished_card(0)).at("error"), "cannot_know");
  peer.go_dark(false);
  EXPECT_TRUE(comes_true([&] { return peer.journal().size() == 6; }, milliseconds(15'000)));
  auto const books = peer.journal();
  EXPECT_EQ(books.at(1).card, "") << "a refused scan is told without its code";
  EXPECT_EQ(books.at(3).card, peer.qr_of(fresh));
  EXPECT_TRUE(books_are_right());
}

TEST_F(KioskOffline, a_server_that_is_in_trouble_is_no_reason_to_wait) {
  enrol();
  auto const cards = add_cards(5);
  let_it_fetch();
  LinesProcess lines(kiosk.directory());
  EXPECT_EQ(ask(lines, cards[0]).at("offline"), false);
  peer.fail_with(503, "overloaded");
  for (std::size_t at = 1; at < cards.size(); ++at) {
    EXPECT_EQ(ask(lines, cards[at]).at("offline"), true);
  }
  peer.fail_with(0, "");
  EXPECT_TRUE(comes_true([&] { return books_are_right(); }, milliseconds(15'000)));
}

TEST_F(KioskOffline, ends_at_once_while_the_server_is_silent) {
  enrol();
  peer.go_silent(true);
  LinesProcess lines(kiosk.directory());
  ask(lines, peer.add_card(0));
  EXPECT_LT(time_of([&] { EXPECT_EQ(lines.terminate(), 0); }), milliseconds(1'000));
}

}  // namespace
}  // namespace kaiku::kiosk_tests
