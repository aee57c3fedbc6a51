#include "schema/contract/messages.hpp"
#include "schema/contract/problem_document.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace kaiku::contract {
namespace {

using Found = std::vector<std::string>;

Json good_check() {
  return Json::parse(R"({"card": "ABCD-EFGH-JKMN", "venue_id": 7, "tickets": {"adult": 1}})");
}
Json good_redemption() {
  auto json = good_check();
  json["idempotency_key"] = "till-3:0001";
  return json;
}

template <class T>
Found faults_in(Result<T> const& result) {
  Found found;
  if (result) return found;
  EXPECT_EQ(result.error().problem, Problem::validation_failed);
  for (auto const& fault : result.error().fields)
    found.push_back(fault.pointer + " " + std::string(word_of(fault.code)));
  std::sort(found.begin(), found.end());
  return found;
}
Found check_faults(Json const& json) { return faults_in(read_check_request(json)); }
Found redemption_faults(Json const& json) { return faults_in(read_redemption_request(json)); }

template <class Value>
Json with(Json json, char const* pointer, Value const& value) {
  json[Json::json_pointer(pointer)] = value;
  return json;
}
Json without(Json json, char const* name) {
  json.erase(name);
  return json;
}

TEST(CheckRequest, needs_a_card_a_venue_and_tickets) {
  auto const request = read_check_request(good_check());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->card, "ABCD-EFGH-JKMN");
  EXPECT_EQ(request->venue, VenueId{7});
  EXPECT_EQ(request->event, std::nullopt);
  EXPECT_EQ(request->kind, std::nullopt);
  EXPECT_EQ(request->tickets, Tickets{.adult = 1});
  EXPECT_EQ(check_faults(Json::object()),
            (Found{"/card required", "/tickets required", "/venue_id required"}));
}

TEST(CheckRequest, reads_every_optional_member) {
  auto json = good_check();
  json["event_id"] = 12;
  json["kind"] = "season_pass";
  json["tickets"] = {
      {"adult", 1}, {"child", 2}, {"assistant", 1}, {"interpreter", 1}, {"companion", 1}};
  auto const request = read_check_request(json);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->event, EventId{12});
  EXPECT_EQ(request->kind, UseKind::season_pass);
  EXPECT_EQ(request->tickets, (Tickets{1, 2, 1, 1, 1}));
  EXPECT_EQ(to_json(*request), json);
}

TEST(CheckRequest, tells_of_every_fault_at_once) {
  auto const json = Json::parse(R"({"card": 5, "venue_id": "7", "event_id": 0, "kind": "party",
    "tickets": {"adult": 21, "child": 1.0, "dog": 1}, "venue": 7})");
  EXPECT_EQ(check_faults(json),
            (Found{"/card wrong_type", "/event_id out_of_range", "/kind not_an_option",
                   "/tickets/adult out_of_range", "/tickets/child wrong_type",
                   "/tickets/dog unknown_field", "/venue unknown_field", "/venue_id wrong_type"}));
}

TEST(CheckRequest, takes_whole_numbers_of_tickets_from_0_to_20) {
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", 20)), Found{});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", 21)),
            Found{"/tickets/child out_of_range"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", -1)),
            Found{"/tickets/child out_of_range"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", 1.5)),
            Found{"/tickets/child wrong_type"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", true)),
            Found{"/tickets/child wrong_type"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/child", "2")),
            Found{"/tickets/child wrong_type"});
}

TEST(CheckRequest, asks_for_at_least_one_ticket) {
  EXPECT_EQ(check_faults(with(good_check(), "/tickets", Json::object())),
            Found{"/tickets at_least_one"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/adult", 0)), Found{"/tickets at_least_one"});
  EXPECT_EQ(check_faults(with(good_check(), "/tickets", Json::array({1}))),
            Found{"/tickets wrong_type"});
  // Also beside another fault elsewhere, and not when a count was wrong already.
  EXPECT_EQ(check_faults(with(without(good_check(), "card"), "/tickets/adult", 0)),
            (Found{"/card required", "/tickets at_least_one"}));
  EXPECT_EQ(check_faults(with(good_check(), "/tickets/adult", -1)),
            Found{"/tickets/adult out_of_range"});
}

TEST(CheckRequest, takes_any_text_for_a_card_and_leaves_it_to_the_one_reader_of_cards) {
  for (auto const& card : {std::string(), std::string(5'000, 'A'), std::string("A\r\n\t\x1D")}) {
    EXPECT_EQ(check_faults(with(good_check(), "/card", card)), Found{}) << card.size();
  }
}

TEST(CheckRequest, takes_ids_of_1_to_18_digits) {
  EXPECT_EQ(check_faults(with(good_check(), "/venue_id", 999'999'999'999'999'999)), Found{});
  for (auto const& wrong : {Json(0), Json(-1), Json(1'000'000'000'000'000'000), Json(UINT64_MAX)}) {
    EXPECT_EQ(check_faults(with(good_check(), "/venue_id", wrong)),
              Found{"/venue_id out_of_range"});
  }
  EXPECT_EQ(check_faults(with(good_check(), "/venue_id", 7.0)), Found{"/venue_id wrong_type"});
}

TEST(CheckRequest, has_no_members_of_a_redemption) {
  EXPECT_EQ(check_faults(good_redemption()), Found{"/idempotency_key unknown_field"});
}

TEST(Requests, refuse_a_personal_identity_code_in_any_text) {
  // The Digital and Population Data Services Agency's own example of the form.
  auto const code = "131052-308T";
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/card", code)),
            Found{"/card personal_identity_code"});
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/idempotency_key", code)),
            Found{"/idempotency_key personal_identity_code"});
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/kind", code)),
            Found{"/kind personal_identity_code"});
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/occurred_at", code)),
            Found{"/occurred_at personal_identity_code"});
  auto overruled = good_redemption();
  overruled["override"] = {{"answer", "already_used_here"}, {"reason", "hetu 131052-308T"}};
  EXPECT_EQ(redemption_faults(overruled), Found{"/override/reason personal_identity_code"});
}

TEST(Requests, never_repeat_what_was_sent_in_a_fault) {
  auto json = good_redemption();
  json["card"] = std::string(600, 'Q');
  json["kind"] = "QQQQQQ";
  json["occurred_at"] = "QQQQQQ";
  json["idempotency_key"] = "QQQQQQ QQQQQQ";
  auto const read = read_redemption_request(json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fields.size(), 3U);
  EXPECT_EQ(problem_document(read.error()).dump().find("QQ"), std::string::npos);
}

TEST(RedemptionRequest, reads_every_member_and_writes_the_same) {
  auto json = good_redemption();
  json["event_id"] = 12;
  json["kind"] = "admission";
  json["tickets"] = {
      {"adult", 1}, {"child", 2}, {"assistant", 0}, {"interpreter", 0}, {"companion", 1}};
  json["occurred_at"] = "2026-11-22T06:23:01.123456Z";
  json["override"] = {{"answer", "already_used_here"}, {"reason", "left_and_came_back"}};
  json["attempt_hash"] = "000102030405060708090a0b0c0d0e0f";
  auto const request = read_redemption_request(json);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->idempotency_key, "till-3:0001");
  EXPECT_EQ(request->occurred_at, instant_from_rfc3339("2026-11-22T06:23:01.123456Z"));
  EXPECT_EQ(request->override, (Override{Answer::already_used_here, "left_and_came_back"}));
  EXPECT_EQ(to_json(*request), json);
}

TEST(RedemptionRequest, has_a_key_of_8_to_64_plain_characters) {
  auto const faults = [](std::string const& key) {
    return redemption_faults(with(good_redemption(), "/idempotency_key", key));
  };
  EXPECT_EQ(faults("abcdefgh"), Found{});
  EXPECT_EQ(faults("d:12:34567"), Found{});
  EXPECT_EQ(faults("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), Found{});
  EXPECT_EQ(faults(std::string(64, 'x')), Found{});
  EXPECT_EQ(faults("abcdefg"), Found{"/idempotency_key not_a_key"});
  EXPECT_EQ(faults(std::string(65, 'x')), Found{"/idempotency_key not_a_key"});
  for (auto const wrong : {"abc defgh", "abcdefg.", "abcdefg/", "abcdefgä", "abcdefg+"}) {
    EXPECT_EQ(faults(wrong), Found{"/idempotency_key not_a_key"}) << wrong;
  }
  EXPECT_EQ(redemption_faults(good_check()), Found{"/idempotency_key required"});
}

TEST(RedemptionRequest, names_an_attempt_by_sixteen_bytes) {
  auto const faults = [](Json const& hash) {
    return redemption_faults(with(good_redemption(), "/attempt_hash", hash));
  };
  EXPECT_EQ(faults(std::string(32, 'a')), Found{});
  EXPECT_EQ(faults(nullptr), Found{});
  EXPECT_EQ(faults(std::string(31, 'a')), Found{"/attempt_hash too_short"});
  EXPECT_EQ(faults(std::string(64, 'a')), Found{"/attempt_hash too_long"});
  EXPECT_EQ(faults(std::string(32, 'g')), Found{"/attempt_hash not_a_hash"});
  EXPECT_EQ(faults(7), Found{"/attempt_hash wrong_type"});
}

TEST(RedemptionRequest, may_hold_an_identity_code_s_shape_within_a_long_key) {
  auto const key = "a1131052-308t-4f89-9a0c-0305e82c3301";
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/idempotency_key", key)), Found{});
}

TEST(RedemptionRequest, has_an_override_with_an_answer_and_a_reason) {
  auto const faults = [](Json const& override) {
    return redemption_faults(with(good_redemption(), "/override", override));
  };
  EXPECT_EQ(faults(Json::object()),
            (Found{"/override/answer required", "/override/reason required"}));
  EXPECT_EQ(faults({{"answer", "nope"}, {"reason", ""}}),
            (Found{"/override/answer not_an_option", "/override/reason required"}));
  EXPECT_EQ(faults({{"answer", "ok"}, {"reason", "x"}, {"by", "me"}}),
            Found{"/override/by unknown_field"});
  EXPECT_EQ(faults("already_used_here"), Found{"/override wrong_type"});
}

TEST(RedemptionRequest, has_a_time_by_rfc_3339) {
  for (auto const& wrong : {Json("2026-11-22 06:23:01Z"), Json("22.11.2026"), Json("yesterday")}) {
    EXPECT_EQ(redemption_faults(with(good_redemption(), "/occurred_at", wrong)),
              Found{"/occurred_at not_a_time"});
  }
  EXPECT_EQ(redemption_faults(with(good_redemption(), "/occurred_at", 1764742981)),
            Found{"/occurred_at wrong_type"});
}

TEST(Requests, that_are_no_object_have_one_fault) {
  for (auto const& json : {Json(), Json(1), Json("x"), Json::array()}) {
    EXPECT_EQ(check_faults(json), Found{" wrong_type"});
    EXPECT_EQ(redemption_faults(json), Found{" wrong_type"});
  }
}

CheckReply some_check_reply() {
  Decision decision;
  decision.answer = Answer::already_used_here;
  decision.may_override = true;
  decision.children_max = 2;
  decision.allowed = {0, 2, 1, 1, 1};
  decision.quota_left = 6;
  decision.used_at = Instant{1'764'000'000'000'000};
  return reply_for(decision, Language::fi);
}

TEST(CheckReply, has_the_members_of_the_contract) {
  auto const reply = some_check_reply();
  EXPECT_EQ(to_json(reply), Json::parse(R"({
    "answer": "already_used_here", "may_override": true, "children_max": 2,
    "tickets_allowed": {"adult": 0, "child": 2, "assistant": 1, "interpreter": 1, "companion": 1},
    "quota_left": 6, "used_at": "2025-11-24T16:00:00Z",
    "texts": {"staff": "Tällä kortilla on jo annettu lippu. Anna toinen vain, jos siihen on syy.",
              "aloud": "Odota hetki, tarkistan."}})"));
  EXPECT_FALSE(to_json(CheckReply{}).contains("quota_left"));
  EXPECT_FALSE(to_json(CheckReply{}).contains("used_at"));
}

TEST(CheckReply, is_read_as_it_was_written) {
  auto const reply = some_check_reply();
  auto const read = read_check_reply(to_json(reply));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(reply));
}

TEST(CheckReply, as_text_is_its_document_for_every_answer_and_language) {
  for (std::size_t index = 0; index < answer_count; ++index) {
    for (auto const language : languages) {
      Decision decision;
      decision.answer = static_cast<Answer>(index);
      if (index % 2 == 0) decision.quota_left = 0;
      auto const reply = reply_for(decision, language);
      EXPECT_EQ(to_text(reply), to_json(reply).dump());
    }
  }
  EXPECT_EQ(to_text(some_check_reply()), to_json(some_check_reply()).dump());
}

TEST(CheckReply, as_text_escapes_what_json_escapes) {
  CheckReply reply;
  reply.staff =
      "a\"b\\c\x01"
      "d\x1f"
      "ä";
  EXPECT_EQ(Json::parse(to_text(reply)), to_json(reply));
}

RedemptionReply some_redemption_reply() {
  RedemptionReply reply;
  reply.redemption = {991};
  reply.answer = Answer::ok;
  reply.tickets = {1, 2, 0, 0, 1};
  reply.receipt_sequence = 991;
  reply.receipt_leaf_hash.fill(0xAB);
  reply.receipt_entry = {0x87, 0x01, 0xFF, 0x00};
  reply.quota_left = 3;
  return reply;
}

TEST(RedemptionReply, has_the_members_of_the_contract) {
  auto const json = to_json(some_redemption_reply());
  auto expected = Json::parse(R"({"redemption_id": 991, "answer": "ok", "quota_left": 3,
    "tickets": {"adult": 1, "child": 2, "assistant": 0, "interpreter": 0, "companion": 1},
    "receipt": {"sequence": 991, "entry": "hwH/AA=="}})");
  std::string hash;
  for (int byte = 0; byte < 32; ++byte) hash += "ab";
  expected["receipt"]["leaf_hash"] = hash;
  EXPECT_EQ(json, expected);
}

TEST(RedemptionReply, is_read_as_it_was_written_and_as_text) {
  auto reply = some_redemption_reply();
  EXPECT_EQ(to_text(reply), to_json(reply).dump());
  auto const read = read_redemption_reply(to_json(reply));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(reply));
  reply.quota_left.reset();
  EXPECT_EQ(to_text(reply), to_json(reply).dump());
  EXPECT_FALSE(to_json(reply).contains("quota_left"));
}

TEST(Replies, bring_the_message_of_an_event_where_there_is_one) {
  auto redeemed = some_redemption_reply();
  EXPECT_FALSE(to_json(redeemed).contains("door_message"));
  redeemed.door_message = "Ranneke \"tiskiltä\" 2";
  EXPECT_EQ(to_text(redeemed), to_json(redeemed).dump());
  EXPECT_EQ(read_redemption_reply(to_json(redeemed))->door_message, redeemed.door_message);
  CheckReply checked;
  EXPECT_FALSE(to_json(checked).contains("door_message"));
  checked.door_message = redeemed.door_message;
  EXPECT_EQ(to_text(checked), to_json(checked).dump());
  EXPECT_EQ(read_check_reply(to_json(checked))->door_message, checked.door_message);
}

TEST(Replies, of_a_check_bring_what_is_reserved_for_the_card) {
  CheckReply checked;
  EXPECT_FALSE(to_json(checked).contains("reserved"));
  checked.reserved = Tickets{.adult = 1, .child = 2, .companion = 1};
  EXPECT_EQ(to_text(checked), to_json(checked).dump());
  EXPECT_EQ(read_check_reply(to_json(checked))->reserved, checked.reserved);
}

TEST(Replies, of_a_check_bring_the_places_of_a_large_group) {
  CheckReply checked;
  checked.tickets_allowed = Tickets{.adult = 30, .child = 30};
  auto const read = read_check_reply(to_json(checked));
  ASSERT_TRUE(read) << "a community card lets in up to 50 people";
  EXPECT_EQ(read->tickets_allowed, checked.tickets_allowed);
  checked.tickets_allowed.adult = 51;
  EXPECT_FALSE(read_check_reply(to_json(checked)));
}

TEST(Replies, of_a_newer_server_may_hold_more) {
  auto json = to_json(some_redemption_reply());
  json["new"] = 1;
  json["receipt"]["proof"] = "x";
  EXPECT_TRUE(read_redemption_reply(json));
}

TEST(Replies, that_lack_something_tell_what) {
  EXPECT_EQ(faults_in(read_check_reply(Json::object())),
            (Found{"/answer required", "/children_max required", "/may_override required",
                   "/texts required", "/tickets_allowed required"}));
  auto json = to_json(some_redemption_reply());
  json["receipt"]["leaf_hash"] = std::string(64, 'g');
  json["receipt"]["entry"] = "*";
  json["answer"] = "late_expired";
  EXPECT_EQ(faults_in(read_redemption_reply(json)),
            (Found{"/answer not_an_option", "/receipt/entry not_base64",
                   "/receipt/leaf_hash not_a_hash"}));
}

TEST(Messages, survive_any_value_in_any_place) {
  auto const whole = [] {
    auto json = good_redemption();
    json["event_id"] = 1;
    json["kind"] = "course";
    json["occurred_at"] = "2026-11-22T06:23:01Z";
    json["override"] = {{"answer", "stale_snapshot"}, {"reason", "x"}};
    return json.flatten();
  }();
  std::vector<Json> const odd{nullptr,       true,           0,    -1,  1.5,
                              UINT64_MAX,    INT64_MIN,      "",   "x", std::string(10'000, 'x'),
                              Json::array(), Json::object(), 1e300};
  for (auto const& [pointer, old] : whole.items()) {
    for (auto const& value : odd) {
      auto json = whole.unflatten();
      json[Json::json_pointer(pointer)] = value;
      EXPECT_NO_THROW(static_cast<void>(read_redemption_request(json)));
      EXPECT_NO_THROW(static_cast<void>(read_check_request(json)));
      EXPECT_NO_THROW(static_cast<void>(read_check_reply(json)));
      EXPECT_NO_THROW(static_cast<void>(read_redemption_reply(json)));
    }
  }
}

}  // namespace
}  // namespace kaiku::contract
