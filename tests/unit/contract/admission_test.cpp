// The table in tests/vectors/admission.json, which every port of the decision has to satisfy.
#include "schema/contract/admission.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

namespace kaiku::contract {
namespace {

using Json = nlohmann::json;

Json const& vectors() {
  static Json const document = [] {
    std::ifstream file(KAIKU_SOURCE_DIR "/tests/vectors/admission.json");
    return Json::parse(file);
  }();
  return document;
}

// A case's part laid over the defaults of the same name; `nested` is laid over member by member.
Json part(Json const& one_case, char const* name, char const* nested = nullptr) {
  Json whole = vectors().at("defaults").at(name);
  if (!one_case.contains(name)) return whole;
  for (auto const& [key, value] : one_case.at(name).items()) {
    EXPECT_TRUE(whole.contains(key)) << name << "." << key << " is no member";
    if (nested && key == nested)
      whole[key].update(value);
    else
      whole[key] = value;
  }
  return whole;
}

Tickets tickets_of(Json const& json) {
  return {json.at("adult"), json.at("child"), json.at("assistant"), json.at("interpreter"),
          json.at("companion")};
}
Day day_of(Json const& json) { return day_from_iso(json.get<std::string>()).value(); }
std::optional<Instant> instant_of(Json const& json) {
  if (json.is_null()) return std::nullopt;
  return instant_from_rfc3339(json.get<std::string>()).value();
}

CardFacts card_of(Json const& json) {
  CardFacts card;
  card.state = stored_state_from(json.at("state").get<std::string>()).value();
  card.kind = card_kind_from(json.at("kind").get<std::string>()).value();
  card.first_valid = day_of(json.at("first_valid"));
  card.last_valid = day_of(json.at("last_valid"));
  card.child_limit = json.at("child_limit");
  card.home_area = {json.at("home_area")};
  card.home_area_is_local_only = json.at("home_area_is_local_only");
  card.community_ceiling = json.at("community_ceiling");
  return card;
}

UseLimit limit_of(Json const& json) {
  return {json.at("count"), limit_period_from(json.at("period").get<std::string>()).value()};
}

Offer offer_of(Json const& json) {
  Offer offer;
  offer.area = {json.at("area")};
  offer.area_is_local_only = json.at("area_is_local_only");
  offer.has_event = json.at("has_event");
  offer.kind = use_kind_from(json.at("kind").get<std::string>()).value();
  offer.children_allowed = json.at("children_allowed");
  offer.companion_allowed = json.at("companion_allowed");
  if (!json.at("quota").is_null()) offer.quota = json.at("quota").get<int>();
  if (!json.at("limit").is_null()) offer.limit = limit_of(json.at("limit"));
  offer.sold_out = json.at("sold_out");
  offer.cancelled = json.at("cancelled");
  offer.over = json.at("over");
  return offer;
}

EarlierUses earlier_of(Json const& json) {
  EarlierUses earlier;
  earlier.quota_used = json.at("quota_used");
  earlier.adults_here = json.at("adults_here");
  earlier.children_here = json.at("children_here");
  earlier.adult_today_here = json.at("adult_today_here");
  earlier.uses_in_limit_period = json.at("uses_in_limit_period");
  earlier.last_here = instant_of(json.at("last_here"));
  return earlier;
}

Ask ask_of(Json const& json) {
  Ask ask;
  ask.tickets = tickets_of(json.at("tickets"));
  ask.kind = use_kind_from(json.at("kind").get<std::string>()).value();
  ask.day = day_of(json.at("day"));
  if (auto const& over = json.at("override"); !over.is_null()) {
    auto const answer = answer_from(over.at("answer").get<std::string>());
    ask.override = Override{answer.value(), over.at("reason")};
  }
  return ask;
}

DataSource source_of(Json const& json) {
  DataSource source;
  source.offline = json.at("offline");
  source.age_s = json.at("age_s");
  source.stop_after_s = json.at("stop_after_s");
  source.age_may_be_overruled = json.at("age_may_be_overruled");
  source.unknown_genuine_is_let_in = json.at("unknown_genuine_is_let_in");
  source.unknown_genuine_today = json.at("unknown_genuine_today");
  source.unknown_genuine_daily_limit = json.at("unknown_genuine_daily_limit");
  return source;
}

Recognition recognition_of(Json const& one_case) {
  auto const word = one_case.value("recognition", "known");
  if (word == "known") return Recognition::known;
  EXPECT_TRUE(word == "genuine_unknown" || word == "typed_unknown") << word;
  return word == "genuine_unknown" ? Recognition::genuine_unknown : Recognition::typed_unknown;
}

Decision expected_of(Json const& json) {
  Decision decision;
  decision.answer = answer_from(json.at("answer").get<std::string>()).value();
  decision.may_override = json.at("may_override");
  decision.children_max = json.at("children_max");
  decision.allowed = tickets_of(json.at("allowed"));
  if (!json.at("quota_left").is_null()) decision.quota_left = json.at("quota_left").get<int>();
  decision.used_at = instant_of(json.at("used_at"));
  return decision;
}

// For messages of failed tests.
std::string text_of_tickets(Tickets const& t) {
  return Json{t.adult, t.child, t.assistant, t.interpreter, t.companion}.dump();
}
std::string text_of_decision(Decision const& d) {
  return std::string(word_of(d.answer)) + (d.may_override ? " may_override" : "") +
         " children_max " + std::to_string(d.children_max) + " allowed " +
         text_of_tickets(d.allowed) + " quota_left " +
         (d.quota_left ? std::to_string(*d.quota_left) : "-") + " used_at " +
         (d.used_at ? to_rfc3339(*d.used_at) : "-");
}

TEST(AdmissionTable, every_case_is_decided_as_it_says) {
  for (auto const& one_case : vectors().at("cases")) {
    auto const name = one_case.at("name").get<std::string>();
    auto const recognition = recognition_of(one_case);
    auto const card = card_of(part(one_case, "card"));
    bool const is_known = recognition == Recognition::known;
    auto const decision =
        decide(recognition, is_known ? &card : nullptr, offer_of(part(one_case, "offer")),
               earlier_of(part(one_case, "earlier")), ask_of(part(one_case, "ask", "tickets")),
               source_of(part(one_case, "source")));
    auto const expected = expected_of(part(one_case, "expect", "allowed"));
    EXPECT_TRUE(decision == expected) << name << "\n  decided  " << text_of_decision(decision)
                                      << "\n  expected " << text_of_decision(expected);
  }
}

TEST(AdmissionTable, every_request_has_the_faults_that_it_says) {
  for (auto const& one_case : vectors().at("cases")) {
    auto const card = card_of(part(one_case, "card"));
    auto const ask = ask_of(part(one_case, "ask", "tickets"));
    auto const kind =
        recognition_of(one_case) == Recognition::known ? card.kind : CardKind::personal;
    auto const checked =
        check_shape(ask.tickets, ask.kind, kind, offer_of(part(one_case, "offer")));
    std::vector<std::string> pointers;
    if (!checked) {
      EXPECT_EQ(checked.error().problem, Problem::validation_failed);
      for (auto const& fault : checked.error().fields) pointers.push_back(fault.pointer);
    }
    auto const expected = part(one_case, "expect", "allowed").at("faults");
    EXPECT_EQ(Json(pointers), expected) << one_case.at("name");
  }
}

TEST(AdmissionTable, has_a_hundred_cases_with_names_of_their_own) {
  std::set<std::string> names;
  for (auto const& one_case : vectors().at("cases")) names.insert(one_case.at("name"));
  EXPECT_EQ(names.size(), vectors().at("cases").size());
  EXPECT_GE(names.size(), 100U);
}

TEST(AdmissionTable, has_every_answer_that_a_decision_can_give) {
  std::set<Answer> missing;
  for (std::size_t index = 0; index < answer_count; ++index) {
    missing.insert(static_cast<Answer>(index));
  }
  // The door says these without a decision: no code was read, no device may ask.
  missing.erase(Answer::unreadable);
  missing.erase(Answer::device_revoked);
  for (auto const& one_case : vectors().at("cases")) {
    missing.erase(answer_from(part(one_case, "expect").at("answer").get<std::string>()).value());
  }
  for (auto const answer : missing) ADD_FAILURE() << "no case answers " << word_of(answer);
}

TEST(AdmissionTable, gives_every_kind_of_ticket_use_and_card) {
  std::set<std::string> given;
  for (auto const& one_case : vectors().at("cases")) {
    auto const expected = expected_of(part(one_case, "expect", "allowed"));
    if (!expected.gives() || !part(one_case, "expect").at("faults").empty()) continue;
    auto const ask = part(one_case, "ask", "tickets");
    for (auto const& [kind, count] : ask.at("tickets").items()) {
      if (count > 0) given.insert(kind);
    }
    given.insert(ask.at("kind"));
    given.insert(part(one_case, "card").at("kind"));
  }
  EXPECT_EQ(given,
            (std::set<std::string>{"adult", "child", "assistant", "interpreter", "companion",
                                   "admission", "course", "season_pass", "personal", "community"}));
}

TEST(Offered, is_what_is_reserved_as_far_as_the_card_may_have_it) {
  Tickets const reserved{.adult = 1, .child = 3, .assistant = 1, .companion = 1};
  Tickets const everything{
      .adult = 1, .child = 9, .assistant = 1, .interpreter = 1, .companion = 1};
  EXPECT_EQ(offered(everything, reserved), reserved);
  EXPECT_EQ(offered({.adult = 1, .child = 2, .interpreter = 1}, reserved),
            (Tickets{.adult = 1, .child = 2}));
  EXPECT_EQ(offered({.child = 2}, reserved), (Tickets{.child = 2})) << "the adult is there already";
}

TEST(Offered, is_one_adult_where_nothing_reserved_is_left) {
  EXPECT_EQ(offered({}, {.adult = 1, .child = 2}), Tickets{.adult = 1});
  EXPECT_EQ(offered({.adult = 1, .child = 2}, {.companion = 1}), Tickets{.adult = 1});
}

TEST(QuotaFromPercentage, rounds_down_and_gives_at_least_one) {
  EXPECT_EQ(quota_from_percentage(300, 10), 30);
  EXPECT_EQ(quota_from_percentage(199, 10), 19);
  EXPECT_EQ(quota_from_percentage(9, 10), 1);
  EXPECT_EQ(quota_from_percentage(100, 100), 100);
  EXPECT_EQ(quota_from_percentage(0, 50), 1);
  EXPECT_EQ(quota_from_percentage(50, 0), 1);
  EXPECT_EQ(quota_from_percentage(2'000'000'000, 99), 1'980'000'000);
}

TEST(Verdict, is_fine_over_quota_duplicate_unknown_or_late) {
  auto const verdict = [](Answer answer) {
    Decision decision;
    decision.answer = answer;
    return verdict_of(decision);
  };
  EXPECT_EQ(verdict(Answer::ok), "fine");
  EXPECT_EQ(verdict(Answer::ok_offline), "fine");
  EXPECT_EQ(verdict(Answer::quota_full), "over_quota");
  EXPECT_EQ(verdict(Answer::already_used_here), "duplicate");
  EXPECT_EQ(verdict(Answer::unknown_card), "unknown_card");
  EXPECT_EQ(verdict(Answer::expired), "late_expired");
  EXPECT_EQ(verdict(Answer::blocked), "late_blocked");
  EXPECT_EQ(verdict(Answer::replaced), "late_replaced");
  EXPECT_EQ(verdict(Answer::not_registered), "late_not_registered");
  EXPECT_EQ(verdict(Answer::wrong_area), "late_wrong_area");
  EXPECT_EQ(verdict(Answer::children_over_limit), "late_children_over_limit");
  EXPECT_EQ(verdict(Answer::limit_reached), "late_limit_reached");
}

}  // namespace
}  // namespace kaiku::contract
