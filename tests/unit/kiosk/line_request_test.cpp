#include "kiosk/lines/line_request.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "kiosk/device/kiosk_clock.hpp"
#include "kiosk/link/enrolment.hpp"
#include "tests/support/card_readings.hpp"

namespace kaiku::kiosk {
namespace {

Ask ask_of(std::string_view line) {
  auto const read = read_line_request(line);
  auto const* fault = std::get_if<LineFault>(&read);
  EXPECT_EQ(fault, nullptr) << (fault ? fault->error : "");
  return fault ? Ask{} : std::get<Ask>(read);
}

std::string fault_of(std::string_view line) {
  auto const read = read_line_request(line);
  auto const* fault = std::get_if<LineFault>(&read);
  return fault ? fault->error : "no fault";
}

TEST(LineRequest, takes_a_bare_code_for_one_adult) {
  auto const ask = ask_of("  abcd-efgh-jkmn \r");
  EXPECT_EQ(ask.card, "abcd-efgh-jkmn");
  EXPECT_EQ(ask.tickets, contract::Tickets{.adult = 1});
  EXPECT_EQ(ask.event, std::nullopt);
}

TEST(LineRequest, takes_event_and_tickets) {
  auto const ask = ask_of(R"({"card":"X","event_id":12,"tickets":{"adult":1,"child":2}})");
  EXPECT_EQ(ask.event, EventId{12});
  EXPECT_EQ(ask.tickets, (contract::Tickets{.adult = 1, .child = 2}));
}

TEST(LineRequest, takes_a_look) {
  auto const read = read_line_request(R"({"look":"abcd-efgh-jkmn","event_id":12})");
  ASSERT_TRUE(std::holds_alternative<Look>(read));
  EXPECT_EQ(std::get<Look>(read).card, "abcd-efgh-jkmn");
  EXPECT_EQ(std::get<Look>(read).event, EventId{12});
  EXPECT_NE(fault_of(R"({"look":7})").find("/look"), std::string::npos);
  EXPECT_NE(fault_of(R"({"look":"X","card":"X"})").find("/card"), std::string::npos);
}

TEST(LineRequest, takes_an_undo) {
  auto const read = read_line_request(R"({"undo":17})");
  ASSERT_TRUE(std::holds_alternative<UndoOf>(read));
  EXPECT_EQ(std::get<UndoOf>(read).sequence, 17);
  EXPECT_NE(fault_of(R"({"undo":"17"})").find("/undo"), std::string::npos);
  EXPECT_NE(fault_of(R"({"undo":0})").find("/undo"), std::string::npos);
}

TEST(LineFor, a_card_that_the_device_cannot_know_is_no_unknown_card) {
  contract::CheckReply unknown;
  unknown.answer = contract::Answer::unknown_card;
  auto const offline = nlohmann::json::parse(line_for(DoorResult(NotGiven{3, unknown, true})));
  EXPECT_EQ(offline.at("error"), "cannot_know");
  EXPECT_EQ(offline.at("sequence"), 3);
  EXPECT_FALSE(offline.contains("answer"));
  auto const online = nlohmann::json::parse(line_for(DoorResult(NotGiven{3, unknown, false})));
  EXPECT_EQ(online.at("answer"), "unknown_card");
  auto const looked = nlohmann::json::parse(line_for(LookResult(Looked{unknown, true})));
  EXPECT_EQ(looked.at("error"), "cannot_know");
}

TEST(LineRequest, names_an_unknown_member) {
  EXPECT_NE(fault_of(R"({"card":"X","colour":"red"})").find("/colour"), std::string::npos);
  EXPECT_NE(fault_of(R"({"card":"X","tickets":{"dog":1}})").find("/tickets/dog"),
            std::string::npos);
}

TEST(LineRequest, names_a_member_of_the_wrong_type) {
  EXPECT_NE(fault_of(R"({"card":7})").find("/card"), std::string::npos);
  EXPECT_NE(fault_of(R"({"card":"X","event_id":"7"})").find("/event_id"), std::string::npos);
  EXPECT_NE(fault_of(R"({"card":"X","tickets":{"adult":-1}})").find("/tickets/adult"),
            std::string::npos);
  EXPECT_NE(fault_of(R"({"event_id":7})").find("/card"), std::string::npos);
}

TEST(LineRequest, refuses_an_ask_for_nothing) {
  EXPECT_NE(fault_of(R"({"card":"X","tickets":{}})").find("/tickets"), std::string::npos);
}

TEST(LineRequest, refuses_broken_json_and_endless_lines) {
  EXPECT_EQ(fault_of(R"({"card":"X")"), "the line is not valid JSON");
  EXPECT_EQ(fault_of(R"({"card":"X","card":"Y"})"), "the line is not valid JSON");
  EXPECT_NE(fault_of("{" + std::string(longest_line, 'A')), "no fault");
}

TEST(LineRequest, takes_any_text_for_a_card_bare_or_in_json) {
  auto const code = contract::CardCode::from_bits(77);
  auto const other = contract::CardCode::from_bits(78).text();
  for (auto const& [name, text] : test::good_readings(code.text(), code.text())) {
    for (auto const& line : {text, nlohmann::json{{"card", text}}.dump()}) {
      if (line.find('\n') != std::string::npos) continue;  // that ends a line
      auto const read = contract::parse_card_input(ask_of(line).card);
      ASSERT_TRUE(read) << name;
      EXPECT_EQ(code_of(*read), code) << name;
    }
  }
  for (auto const& [name, text] : test::bad_readings(code.text(), other)) {
    auto const line = nlohmann::json{{"card", text}}.dump();
    EXPECT_TRUE(contract::parse_card_input(ask_of(line).card).has_error()) << name;
    EXPECT_TRUE(contract::parse_card_input(ask_of(text).card).has_error()) << name;
  }
}

TEST(LineRequest, never_repeats_a_value_in_a_fault) {
  EXPECT_EQ(fault_of(R"({"card":"X","event_id":"SECRET"})").find("SECRET"), std::string::npos);
}

TEST(LineRequest, takes_an_override_with_its_reason) {
  auto const ask =
      ask_of(R"({"card":"X","override":{"answer":"already_used_here","reason":"scanned_twice"}})");
  ASSERT_TRUE(ask.override.has_value());
  EXPECT_EQ(ask.override->answer, contract::Answer::already_used_here);
  EXPECT_EQ(ask.override->reason, "scanned_twice");
  EXPECT_NE(fault_of(R"({"card":"X","override":{"answer":"no"}})").find("/override/answer"),
            std::string::npos);
}

TEST(LineAnswer, has_the_members_of_the_contract) {
  Given given;
  given.attempt = 3;
  given.redemption = RedemptionId{44};
  given.tickets = {.adult = 1};
  given.children_max = 2;
  EXPECT_EQ(line_for(DoorResult{given}),
            R"({"answer":"ok","offline":false,"sequence":3,"redemption_id":44,"children_max":2})");
  contract::CheckReply reply;
  reply.answer = contract::Answer::unreadable;
  EXPECT_EQ(line_for(DoorResult{NotGiven{0, reply, false}}),
            R"({"answer":"unreadable","offline":false})");
}

TEST(LineAnswer, says_when_the_door_decided_by_itself) {
  Given given;
  given.attempt = 5;
  given.answer = contract::Answer::ok_offline;
  given.offline = true;
  EXPECT_EQ(line_for(DoorResult{given}), R"({"answer":"ok_offline","offline":true,"sequence":5})");
  contract::CheckReply reply;
  reply.answer = contract::Answer::blocked;
  EXPECT_EQ(line_for(DoorResult{NotGiven{7, reply, true}}),
            R"({"answer":"blocked","offline":true,"sequence":7,"children_max":0})");
  given.age = {300'000, true};
  EXPECT_EQ(line_for(DoorResult{given}),
            R"({"answer":"ok_offline","offline":true,"data_age_s":300000,"sequence":5})");
  EXPECT_EQ(line_for(LookResult{Looked{reply, true, {60, false}}}),
            R"({"answer":"blocked","offline":true,"data_age_s":60,"children_max":0})");
}

TEST(LineAnswer, says_when_there_is_no_answer) {
  EXPECT_EQ(line_for(DoorResult{NoAnswer{NoAnswer::Why::no_data, 5, "", {}}}),
            R"({"error":"no_data","offline":true,"sequence":5})");
  EXPECT_EQ(line_for(DoorResult{NoAnswer{NoAnswer::Why::too_many_tries, 5, "", 30}}),
            R"({"error":"too_many_tries","offline":false,"sequence":5,"retry_after_s":30})");
}

TEST(EnrolmentText, is_read_as_people_write_it) {
  auto const plain = parse_enrolment_text("KAIKU-abcd-EFGH-jkmn-pqrs");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->code, "ABCDEFGHJKMNPQRS");
  EXPECT_EQ(parse_enrolment_text("abcd efgh jkmn pqrs")->code, "ABCDEFGHJKMNPQRS");
  EXPECT_EQ(parse_enrolment_text("KAIKUABCDEFGHJKM")->code, "KAIKUABCDEFGHJKM");
  auto const fingerprint = std::string(62, 'a') + "0F";
  auto const whole = parse_enrolment_text("ABCDEFGHJKMNPQRS." + fingerprint);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->fingerprint, std::string(62, 'a') + "0f");
}

TEST(EnrolmentText, is_refused_when_something_is_missing) {
  EXPECT_FALSE(parse_enrolment_text(""));
  EXPECT_FALSE(parse_enrolment_text("ABCDEFGHJKMNPQR"));
  EXPECT_FALSE(parse_enrolment_text("ABCDEFGHJKMNPQRS."));
  EXPECT_FALSE(parse_enrolment_text("ABCDEFGHJKMNPQRS.abcd"));
  EXPECT_FALSE(parse_enrolment_text("ABCDEFGHJKMNPQR!"));
}

class HandClock final : public Clock {
 public:
  Instant now() const override { return wall; }
  std::int64_t monotonic_us() const override { return monotonic; }
  Instant wall{1'000'000'000};
  std::int64_t monotonic = 0;
};

TEST(KioskClock, measures_the_difference_and_keeps_it_when_the_wall_clock_jumps) {
  HandClock hand;
  KioskClock clock(hand, 0);
  clock.server_said(hand.wall + 3 * second_us);
  EXPECT_EQ(clock.difference_us(), 3 * second_us);
  hand.monotonic += 10 * second_us;
  hand.wall = hand.wall + 10 * second_us + -hour_us;
  EXPECT_EQ(clock.difference_us(), 3 * second_us + hour_us);
  EXPECT_TRUE(clock.has_fault());
  EXPECT_EQ(clock.now(), hand.wall + clock.difference_us());
}

TEST(KioskClock, a_wall_clock_days_ahead_does_not_move_the_day_once_the_server_was_heard) {
  HandClock hand;
  KioskClock clock(hand, 0);
  auto const server = hand.wall + -2 * day_us;
  clock.server_said(server);
  EXPECT_EQ(clock.now(), server);
  hand.monotonic += minute_us;
  EXPECT_EQ(clock.now(), server + minute_us);
  clock.at_least(server + hour_us);
  EXPECT_EQ(clock.now(), server + hour_us);
}

TEST(KioskClock, goes_by_the_stored_difference_before_the_first_contact) {
  HandClock hand;
  KioskClock const clock(hand, -7 * second_us);
  EXPECT_EQ(clock.stamp().clock_difference_us, -7 * second_us);
  EXPECT_EQ(clock.now(), hand.wall);
}

}  // namespace
}  // namespace kaiku::kiosk
