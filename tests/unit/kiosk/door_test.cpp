// The door between its network and its journal: who decides, and what is written before what is
// said. The decision itself is tried in own_decision_test.
#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"
#include "schema/contract/problem_document.hpp"
#include "tests/unit/kiosk/door_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using contract::Answer;
using kiosk::Given;
using kiosk::Looked;
using kiosk::NoAnswer;
using kiosk::NotGiven;
using kiosk::Trouble;
using kiosk::UndoResult;

class KioskDoor : public DoorTest {
 protected:
  KioskDoor() : code_(maker_.add_card()) { take_snapshot(); }

  void answer_check(Answer answer, int children_max = 2) {
    contract::CheckReply reply;
    reply.answer = answer;
    reply.children_max = children_max;
    link_.answer(200, contract::to_json(reply).dump());
  }
  void answer_given(std::int64_t redemption) {
    contract::RedemptionReply reply;
    reply.redemption = RedemptionId{redemption};
    reply.tickets = {.adult = 1};
    reply.receipt_sequence = redemption;
    reply.receipt_entry = {1};
    link_.answer(201, contract::to_json(reply).dump());
  }
  void answer_problem(int status, Problem problem) {
    link_.answer(status, contract::problem_document(Error(problem)).dump());
  }
  // The attempt that the last outcome closes.
  contract::Attempt last_attempt() {
    return std::get<contract::Attempt>(entry(last_outcome().of).what);
  }
  std::int64_t entries() { return journal_.head().sequence; }
  // Everything that may be sent now, in two entries an act.
  std::vector<kiosk::WaitingEntry> waiting() { return journal_.waiting(100); }

  contract::CardCode code_;
};

// Enrolled, and without data yet.
class NewKioskDoor : public DoorTest {};

TEST_F(KioskDoor, lets_the_server_decide_on_the_network) {
  go_online();
  answer_check(Answer::ok);
  answer_given(900);
  auto const result = give(code_);
  auto const& given = std::get<Given>(result);
  EXPECT_FALSE(given.offline);
  EXPECT_EQ(given.redemption, RedemptionId{900});
  EXPECT_EQ(given.children_max, 2);
  auto const outcome = last_outcome();
  EXPECT_EQ(outcome.answer, Answer::ok);
  EXPECT_FALSE(outcome.offline);
  EXPECT_EQ(outcome.redemption, RedemptionId{900});
  EXPECT_EQ(entry(entries()).snapshot_sequence, 0);
  EXPECT_EQ(journal_.queue(), 0);
  EXPECT_FALSE(waiting().at(0).sealed_card.empty()) << "the server may be restored before it goes";
}

TEST_F(KioskDoor, sends_the_attempts_own_key_after_the_attempt_is_committed) {
  go_online();
  std::vector<std::int64_t> committed;
  link_.before_answer = [&] {
    kiosk::Database other(folder_.file("kiosk.db"), kiosk::Database::Mode::read_only);
    kiosk::Journal seen(other, DeviceId{7}, key_, server_key_.public_key());
    committed.push_back(seen.head().sequence);
  };
  answer_given(900);
  kiosk::Ask ask;
  ask.card = code_.text();
  door_.give(ask);
  EXPECT_EQ(committed, std::vector<std::int64_t>{1});
  auto const body = nlohmann::json::parse(link_.bodies.at(0));
  EXPECT_EQ(body.at("idempotency_key"), "d:7:1");
  auto const hash = contract::attempt_hash(journal_.hash_at(1).value());
  EXPECT_EQ(body.at("attempt_hash"), to_hex(hash));
}

TEST_F(KioskDoor, counts_a_use_online_for_decisions_without_a_network) {
  event_ = EventId{77};
  maker_.add_event(*event_);
  take_snapshot();
  go_online();
  answer_check(Answer::ok);
  answer_given(900);
  EXPECT_EQ(try_card(code_), "ok");
  contact_.lost("cut");
  EXPECT_EQ(try_card(code_), "already_used_here");
}

TEST_F(KioskDoor, journals_the_servers_no_and_drops_the_card) {
  go_online();
  answer_check(Answer::blocked);
  EXPECT_EQ(try_card(code_), "blocked");
  EXPECT_EQ(last_outcome().answer, Answer::blocked);
  EXPECT_FALSE(last_outcome().offline);
  EXPECT_EQ(journal_.queue(), 0);
  EXPECT_TRUE(waiting().at(0).sealed_card.empty());
  EXPECT_TRUE(journal_.latest_uses(Instant{}, 1).empty());
}

TEST_F(KioskDoor, decides_at_once_by_itself_when_the_line_is_cut_before_the_answer) {
  go_online();
  answer_check(Answer::ok);  // and the redemption is cut
  auto const result = give(code_);
  auto const& given = std::get<Given>(result);
  EXPECT_TRUE(given.offline);
  EXPECT_EQ(link_.seen.size(), 2U);
  EXPECT_FALSE(door_.is_online());
  // One attempt, whose key settles what the server may have recorded.
  EXPECT_EQ(entries(), 2);
  EXPECT_EQ(last_outcome().of, 1);
  EXPECT_TRUE(last_outcome().offline);
  EXPECT_EQ(entry(2).snapshot_sequence, 1'000);
  EXPECT_EQ(journal_.queue(), 1);
  EXPECT_FALSE(waiting().at(0).sealed_card.empty());
}

TEST_F(KioskDoor, waits_for_the_network_once_and_then_no_more) {
  go_online();
  EXPECT_EQ(try_card(code_), "ok");
  EXPECT_EQ(link_.seen.size(), 1U);
  EXPECT_EQ(try_card(maker_.new_code()), "unknown_card");
  door_.look(code_.text(), {});
  EXPECT_EQ(link_.seen.size(), 1U);
}

TEST_F(KioskDoor, decides_by_itself_when_the_server_is_busy) {
  go_online();
  answer_problem(503, Problem::overloaded);
  EXPECT_EQ(try_card(code_), "ok");
  EXPECT_TRUE(last_outcome().offline);
  EXPECT_FALSE(door_.is_online());
  EXPECT_NE(contact_.standing().last_failure.find("503"), std::string::npos);
}

TEST_F(KioskDoor, decides_by_itself_when_its_certificate_has_expired_and_says_so) {
  go_online();
  answer_problem(403, Problem::device_expired);
  EXPECT_EQ(try_card(code_), "ok");
  EXPECT_TRUE(last_outcome().offline);
  EXPECT_EQ(door_.standing().trouble, Trouble::certificate_expired);
  EXPECT_FALSE(door_.is_online());
}

TEST_F(KioskDoor, says_that_it_is_revoked_on_the_network_and_then_without_it_too) {
  go_online();
  answer_problem(403, Problem::device_revoked);
  EXPECT_EQ(try_card(code_), "device_revoked");
  EXPECT_EQ(last_outcome().answer, Answer::device_revoked);
  EXPECT_EQ(door_.standing().trouble, Trouble::revoked);
  contact_.lost("cut");
  EXPECT_EQ(try_card(code_), "device_revoked");
  EXPECT_TRUE(last_outcome().offline);
  contact_.found_trouble(Trouble::none);
  EXPECT_EQ(try_card(code_), "ok");
}

TEST_F(KioskDoor, waits_when_the_server_asks_to_wait_with_typed_codes) {
  go_online();
  answer_problem(429, Problem::too_many_requests);
  link_.answers.back().retry_after_s = 30;
  auto const result = give(code_);
  ASSERT_EQ(word(result), "too_many_tries");
  EXPECT_EQ(std::get<NoAnswer>(result).retry_after_s, 30);
  EXPECT_EQ(last_outcome().answer, std::nullopt);
  EXPECT_TRUE(door_.is_online());
}

TEST_F(KioskDoor, says_what_the_server_does_not_accept) {
  go_online();
  answer_problem(422, Problem::validation_failed);
  auto const result = give(code_);
  ASSERT_EQ(word(result), "not_accepted");
  EXPECT_NE(std::get<NoAnswer>(result).detail.find("validation-failed"), std::string::npos);
  EXPECT_TRUE(door_.is_online());
}

TEST_F(NewKioskDoor, cannot_know_a_card_whose_code_it_has_no_algorithm_for) {
  auto const code = maker_.add_card();
  maker_.keys.stretches.push_back({2, "argon2id", {1, 19'456, 2}});
  maker_.cards.row_key.stretch.number = 2;
  using Taken = kiosk::SnapshotStore::Taken;
  ASSERT_EQ(snapshots_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  ASSERT_EQ(snapshots_.take_cards(database_, maker_.signed_cards(), SnapshotMaker::noon),
            Taken::refused);
  for (auto const& card : {code.text(), maker_.token(code)}) {
    auto const result = give(card);
    ASSERT_EQ(word(result), "no_data");
    EXPECT_NE(
        std::get<NoAnswer>(result).detail.find("an algorithm that this program does not know"),
        std::string::npos);
  }
}

TEST_F(KioskDoor, journals_nothing_for_what_is_no_card) {
  auto const result = give("hello");
  ASSERT_EQ(word(result), "unreadable");
  EXPECT_EQ(std::get<NotGiven>(result).attempt, 0);
  EXPECT_EQ(word(give(std::string(600, 'A'))), "unreadable");
  EXPECT_EQ(entries(), 0);
}

TEST_F(KioskDoor, writes_attempt_and_outcome_of_each_own_decision) {
  auto const blocked =
      card_with([](contract::CardRow& row) { row.state = contract::StoredState::blocked; });
  maker_.cards.sequence = 1'234;
  take_snapshot();
  give(code_, {.adult = 1, .child = 1});
  EXPECT_EQ(last_attempt().tickets, (contract::Tickets{.adult = 1, .child = 1}));
  EXPECT_EQ(entry(1).snapshot_sequence, 1'234);
  EXPECT_EQ(entry(2).snapshot_sequence, 1'234);
  give(blocked);
  EXPECT_EQ(last_outcome().answer, Answer::blocked);
  EXPECT_EQ(last_outcome().of, 3);
  give(maker_.token(maker_.new_code()));
  EXPECT_EQ(last_outcome().answer, Answer::ok_offline);
  EXPECT_EQ(entries(), 6);
  EXPECT_EQ(journal_.first_fault(), std::nullopt);
  EXPECT_EQ(journal_.unknown_cards_on(helsinki_day(SnapshotMaker::noon)), 1);
  // Cards go along for the two that gave, and for no other.
  EXPECT_FALSE(waiting().at(0).sealed_card.empty());
  EXPECT_TRUE(waiting().at(2).sealed_card.empty());
  EXPECT_FALSE(waiting().at(4).sealed_card.empty());
}

TEST_F(KioskDoor, says_nothing_was_given_when_the_journal_cannot_be_written) {
  database_.execute("PRAGMA query_only=ON");
  EXPECT_THROW(give(code_), kiosk::StorageFailure);
  database_.execute("PRAGMA query_only=OFF");
  EXPECT_EQ(entries(), 0);
}

TEST_F(KioskDoor, looks_without_writing) {
  auto const own = door_.look(code_.text(), {});
  EXPECT_TRUE(std::get<Looked>(own).offline);
  EXPECT_EQ(std::get<Looked>(own).reply.answer, Answer::ok);
  EXPECT_EQ(std::get<Looked>(own).reply.children_max, 2);
  EXPECT_FALSE(std::get<Looked>(own).reply.staff.empty());
  go_online();
  answer_check(Answer::expired);
  auto const told = door_.look(code_.text(), {});
  EXPECT_FALSE(std::get<Looked>(told).offline);
  EXPECT_EQ(std::get<Looked>(told).reply.answer, Answer::expired);
  auto const cut = door_.look(code_.text(), {});
  EXPECT_TRUE(std::get<Looked>(cut).offline);
  EXPECT_FALSE(door_.is_online());
  EXPECT_EQ(entries(), 0);
}

TEST_F(KioskDoor, wakes_the_sync_with_each_outcome_and_undo) {
  // A sync that nobody wakes rests for a minute.
  auto const is_woken = [&] {
    auto const before = std::chrono::steady_clock::now();
    contact_.rest(minute_us);
    return std::chrono::steady_clock::now() - before < std::chrono::seconds(30);
  };
  give(code_);
  EXPECT_TRUE(is_woken());
  door_.undo(1);
  EXPECT_TRUE(is_woken());
}

TEST_F(KioskDoor, undoes_the_latest_use_within_a_quarter_of_an_hour) {
  EXPECT_TRUE(door_.uses_to_undo().empty());
  EXPECT_EQ(door_.undo(1).kind, UndoResult::Kind::nothing_to_undo);
  give(code_, {.adult = 1, .child = 2});
  hand_.pass(15 * minute_us);
  ASSERT_EQ(door_.uses_to_undo().size(), 1U);
  auto const undone = door_.undo(door_.uses_to_undo().front().attempt);
  EXPECT_EQ(undone.kind, UndoResult::Kind::undone);
  EXPECT_EQ(undone.tickets, (contract::Tickets{.adult = 1, .child = 2}));
  EXPECT_EQ(std::get<contract::Undo>(entry(3).what).void_of, 1);
  EXPECT_EQ(door_.undo(1).kind, UndoResult::Kind::nothing_to_undo);
  EXPECT_TRUE(link_.seen.empty());
}

TEST_F(KioskDoor, is_too_late_with_an_undo_after_a_quarter_of_an_hour_by_the_corrected_clock) {
  give(code_);
  hand_.wall = hand_.wall + -hour_us;  // the wall clock goes back, the real time on
  hand_.monotonic += 15 * minute_us + 1;
  clock_.server_said(SnapshotMaker::noon + 15 * minute_us + 1);
  EXPECT_EQ(door_.undo(1).kind, UndoResult::Kind::too_late);
  EXPECT_EQ(entries(), 2);
}

TEST_F(KioskDoor, closes_at_start_what_an_earlier_run_left_open) {
  journal_.append_attempt(clock_.stamp(), {}, code_.text());
  EXPECT_EQ(door_.start(), 1);
  EXPECT_EQ(last_outcome().answer, std::nullopt);
  EXPECT_EQ(last_outcome().of, 1);
  EXPECT_EQ(door_.start(), 0);
}

TEST_F(KioskDoor, tells_news_of_snapshot_and_own_uses_without_a_request) {
  event_ = EventId{77};
  auto& event = maker_.add_event(*event_);
  event.quota = 20;
  event.used_elsewhere = 5;
  maker_.venue.tickets_elsewhere_today = 8;
  maker_.venue.children_elsewhere_today = 3;
  EXPECT_EQ(door_.news().events.size(), 0U);
  take_snapshot();
  give(code_, {.adult = 1, .child = 2, .assistant = 1});
  auto const news = door_.news();
  EXPECT_EQ(news.venue_name, "Kaupunginteatteri");
  EXPECT_EQ(news.tickets_today, 12);
  EXPECT_EQ(news.children_today, 5);
  ASSERT_EQ(news.events.size(), 1U);
  EXPECT_EQ(news.events[0].quota_left, 12);
  hand_.pass(day_us);  // the part's day is over
  EXPECT_EQ(door_.news().tickets_today, 0);
  EXPECT_TRUE(link_.seen.empty());
}

TEST_F(KioskDoor, tells_its_standing_from_what_it_has) {
  give(code_);
  hand_.pass(hour_us);
  auto const standing = door_.standing();
  EXPECT_FALSE(standing.online);
  EXPECT_EQ(standing.queue, 1);
  EXPECT_EQ(standing.unacknowledged, 2);
  EXPECT_EQ(standing.data_as_of, SnapshotMaker::noon);
  EXPECT_EQ(standing.data_age_s, 3'600);
  EXPECT_FALSE(standing.data_is_old);
  EXPECT_FALSE(standing.clock_fault);
  EXPECT_EQ(standing.snapshot_sequence, 1'000);
  EXPECT_EQ(standing.snapshot_epoch, 1);
  EXPECT_EQ(standing.cards, 1U);
  EXPECT_EQ(standing.key_list_version, 5);
  ASSERT_EQ(standing.key_ids.size(), 2U);
  EXPECT_EQ(standing.key_ids[0], to_hex(maker_.card_key.public_key().key_id()));
  EXPECT_TRUE(link_.seen.empty());
}

TEST_F(KioskDoor, remembers_the_last_contact_of_an_earlier_run) {
  EXPECT_FALSE(door_.standing().last_contact.has_value());
  kiosk::set_setting(database_, "last_contact_us", "5000000");
  EXPECT_EQ(door_.standing().last_contact, Instant{5 * second_us});
}

}  // namespace
}  // namespace kaiku::kiosk_tests
