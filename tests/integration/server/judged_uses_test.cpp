// The verdict that stands beside a use from a journal: on what held when it occurred.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "schema/contract/card_token.hpp"
#include "server/tables/redemptions.hpp"
#include "tests/integration/server/journal_fixture.hpp"

namespace kaiku::test {
namespace {

using contract::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class JudgedUses : public JournalTest {
 protected:
  // What happened at the museum, by a device of its own.
  void move_to_museum() {
    auto const made = post(as("coordinator"), "/api/v1/devices/enrolment-codes",
                           {{"venue_id", net.museum.value}});
    device_ = enrol(made.body.at("code"), "museum-kiosk");
    journal_ = journal_for(device_);
  }
  // Given `us_ago`, told only now.
  std::string verdict_then(std::string const& card, std::int64_t us_ago,
                           contract::Attempt what = asking()) {
    journal_.now = clock().now() + -us_ago;
    auto verdict = verdict_of(card, std::move(what));
    journal_.now = clock().now();
    return verdict;
  }
  Json judged(std::string const& query = "") {
    auto const reply = get(as("coordinator"), "/api/v1/judged-uses" + query);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body.value("items", Json::array());
  }
  std::vector<std::string> verdicts(std::string const& query) {
    std::vector<std::string> words;
    for (auto const& item : judged(query)) words.push_back(item.at("verdict"));
    return words;
  }
};

TEST_F(JudgedUses, are_fine_when_the_card_was_good) {
  EXPECT_EQ(verdict_of(registered(1)), "fine");
  EXPECT_EQ(verdict_of(net.tokens[0]), "fine") << "a QR text is as good";
}

TEST_F(JudgedUses, of_a_card_that_had_expired) {
  auto const code = registered(1);
  pass(400 * day_us);
  EXPECT_EQ(verdict_of(code), "late_expired");
  EXPECT_EQ(verdict_then(code, 50 * day_us), "fine") << "late, but good on its own day";
}

TEST_F(JudgedUses, of_a_card_blocked_or_replaced_before_and_after) {
  auto const blocked = registered(1);
  auto const replaced = registered(2);
  pass(2 * hour_us);
  change_card(blocked, "blocks", {{"reason", "lost"}});
  change_card(replaced, "replacements", {{"reason", "lost"}});
  pass(2 * hour_us);
  EXPECT_EQ(verdict_then(blocked, 3 * hour_us), "fine");
  EXPECT_EQ(verdict_then(blocked, hour_us), "late_blocked");
  EXPECT_EQ(verdict_then(replaced, 3 * hour_us), "fine");
  EXPECT_EQ(verdict_then(replaced, hour_us), "late_replaced");
}

TEST_F(JudgedUses, of_a_card_that_was_registered_only_afterwards) {
  pass(3 * day_us);
  registered(1);
  EXPECT_EQ(verdict_then(net.codes[0], 2 * day_us), "late_not_registered");
  EXPECT_EQ(verdict_then(net.codes[5], hour_us), "late_not_registered") << "still in stock";
}

TEST_F(JudgedUses, of_a_card_that_is_not_good_in_the_area) {
  device_ = enrol(net.far_enrolment, "far-kiosk");
  journal_ = journal_for(device_);
  auto const code = registered(1);
  EXPECT_EQ(verdict_of(code), "fine");
  pass(hour_us);
  change("/api/v1/policies/POHJOLA", {{"local_only", true}}, "/api/v1/areas/POHJOLA");
  pass(hour_us);
  EXPECT_EQ(verdict_then(code, 90 * minute_us), "fine") << "the policy of that time counts";
  EXPECT_EQ(verdict_of(code), "late_wrong_area");
}

TEST_F(JudgedUses, that_no_single_card_could_have_given_wait_and_inflate_nothing) {
  auto const code = registered(1, 3);
  EXPECT_EQ(verdict_of(code, asking({.adult = 1000, .child = 1000})), "implausible");
  EXPECT_EQ(verdict_of(code, asking({.adult = 1, .child = 21})), "implausible");
  EXPECT_EQ(verdict_of(code, asking({.adult = 1, .assistant = 2})), "implausible");
  EXPECT_EQ(verdict_of("", asking({.adult = 1})), "unknown_card") << "no card at all";
  journal_.now = clock().now() + hour_us;
  EXPECT_EQ(verdict_of(code), "implausible") << "an hour ahead of its arrival";
  journal_.now = clock().now() + -2 * day_us;
  EXPECT_EQ(verdict_of(code), "implausible") << "before the door was enrolled";
  auto const year = get(as("national"), "/api/v1/reports/annual?year=2026").body;
  EXPECT_EQ(year.at("uses").at("adults"), 0);
  EXPECT_EQ(year.at("uses").at("children"), 0);
}

TEST_F(JudgedUses, with_more_children_than_the_card_had_then) {
  auto const code = registered(1, 1);
  pass(hour_us);
  change_card(code, "children", {{"children", 3}});
  pass(hour_us);
  auto const three = asking({.adult = 1, .child = 3});
  EXPECT_EQ(verdict_then(code, 90 * minute_us, three), "late_children_over_limit");
  auto const other = registered(2, 3);
  EXPECT_EQ(verdict_of(other, three), "fine");
}

TEST_F(JudgedUses, over_the_limit_that_the_venue_had_then) {
  auto const code = registered(1);
  change(pool_path(), {{"limit", {{"count", 1}, {"period", "day"}}}});
  pass(second_us);
  EXPECT_EQ(verdict_of(code), "fine");
  EXPECT_EQ(verdict_of(code), "late_limit_reached");
  pass(hour_us);
  change(pool_path(), {{"limit", nullptr}});
  pass(hour_us);
  EXPECT_EQ(verdict_of(code), "fine");
  EXPECT_EQ(verdict_then(code, 90 * minute_us), "late_limit_reached");
}

TEST_F(JudgedUses, count_a_validity_period_from_the_day_that_it_had_then) {
  auto const code = registered(1);
  change(pool_path(), {{"limit", {{"count", 1}, {"period", "validity"}}}});
  pass(360 * day_us);
  EXPECT_EQ(verdict_of(code), "fine");
  pass(20 * day_us);  // the card has expired on the way; the new period begins today
  change_card(code, "renewals", Json::object());
  pass(hour_us);
  EXPECT_EQ(verdict_of(code), "fine") << "a new period";
  EXPECT_EQ(verdict_then(code, 19 * day_us), "late_limit_reached") << "of the old period";
}

TEST_F(JudgedUses, over_the_quota_in_order_of_arrival) {
  move_to_museum();
  change("/api/v1/events/" + std::to_string(net.concert.value), {{"quota", 2}});
  pass(second_us);
  auto const concert = asking({.adult = 1}, net.concert);
  EXPECT_EQ(verdict_of(registered(1), concert), "fine");
  EXPECT_EQ(verdict_of(registered(2), concert), "fine");
  EXPECT_EQ(verdict_then(registered(3), 0, concert), "over_quota");
  EXPECT_EQ(check(registered(4), net.museum, {{"event_id", net.concert.value}}).answer(),
            "quota_full");
}

TEST_F(JudgedUses, twice_at_one_event) {
  move_to_museum();
  auto const concert = asking({.adult = 1}, net.concert);
  auto const code = registered(1);
  EXPECT_EQ(verdict_of(code, concert), "fine");
  EXPECT_EQ(verdict_of(code, concert), "duplicate");
  auto overruled = concert;
  overruled.override = contract::Override{Answer::already_used_here, "left_and_returned"};
  EXPECT_EQ(verdict_of(code, overruled), "fine") << "the door has looked twice";
}

TEST_F(JudgedUses, of_a_card_that_nobody_knows_are_stored_all_the_same) {
  SystemRandom random;
  auto const stranger = contract::CardCode::random(random);
  keep_secret(stranger.text());
  EXPECT_EQ(verdict_of(stranger.text()), "unknown_card");
  contract::CardClaims const claims{AreaId{"ETELA"}, 1'781'000'000, stranger, std::nullopt};
  auto const genuine = contract::make_card_token(claims, app().services().keys.card);
  EXPECT_EQ(verdict_of(genuine), "unknown_card");
  EXPECT_EQ(verdict_of("not a card at all"), "unknown_card");
  EXPECT_EQ(uses().size(), 3U);
  auto const report =
      get(as("pool_staff"), "/api/v1/reports/usage?from=2026-06-01&to=2026-06-30").body;
  EXPECT_EQ(report.at("rows").at(0).at("uses").at("adults"), 0)
      << "they are kept, and count once they are accepted";
}

TEST_F(JudgedUses, whose_sealed_card_is_missing_or_another_one_are_of_an_unknown_card) {
  registered(1);
  auto const bare = journal_.give(net.codes[0]);
  auto entries = pick({bare, bare + 1});
  entries[0].sealed_card.clear();
  EXPECT_EQ(receipts(upload(entries)).entries[0].verdict, "unknown_card");
  auto const swapped = journal_.give(net.codes[0]);
  entries = pick({swapped, swapped + 1});
  entries[0].sealed_card = journal_.entry(bare).sealed_card;
  EXPECT_EQ(receipts(upload(entries)).entries[0].verdict, "unknown_card");
  // Sealed for another attempt, and its hash signed: the additional data does not fit.
  auto what = asking();
  what.card_commitment = crypto::sha256(journal_.entry(bare).sealed_card);
  auto const moved = journal_.add(what, journal_.entry(bare).sealed_card);
  journal_.outcome(moved, Answer::ok);
  EXPECT_EQ(receipts(upload(pick({moved, moved + 1}))).entries[0].verdict, "unknown_card");
  EXPECT_EQ(receipts(upload(pick({bare}))).entries[0].verdict, "unknown_card")
      << "the card comes too late: a verdict is written once";
}

TEST_F(JudgedUses, at_an_event_that_the_venue_does_not_have_count_for_the_venue_alone) {
  registered(1);
  EXPECT_EQ(verdict_of(net.codes[0], asking({.adult = 1}, net.concert)), "fine");
  EXPECT_EQ(verdict_of(net.codes[0], asking({.adult = 1}, EventId{999'999})), "fine");
  for (auto const& item : judged()) {
    EXPECT_TRUE(item.at("event_id").is_null());
    EXPECT_EQ(item.at("venue_id"), net.pool.value);
  }
  write([this](ledger::WriteTx& tx) { EXPECT_EQ(tables::places_used(tx, net.concert), 0); });
}

TEST_F(JudgedUses, at_a_course_are_course_places_as_they_are_online) {
  auto const made =
      post(as("coordinator"), "/api/v1/devices/enrolment-codes", {{"venue_id", net.college.value}});
  device_ = enrol(made.body.at("code"), "college-kiosk");
  journal_ = journal_for(device_);
  registered(1, 2);
  EXPECT_EQ(verdict_of(net.codes[0], asking({.adult = 1, .child = 1}, net.lecture)),
            "late_children_not_on_courses");
  EXPECT_EQ(rows("SELECT kind FROM redemption"), 1);
}

TEST_F(JudgedUses, are_counted_as_the_door_said_whatever_it_said) {
  auto const code = registered(1);
  EXPECT_EQ(verdict_of(code, asking({.adult = 30, .child = 900})), "implausible");
  EXPECT_EQ(rows("SELECT adult FROM redemption"), 30);
  auto const nothing = journal_.give(code, asking({}));
  EXPECT_FALSE(receipts(upload(pick({nothing, nothing + 1}))).entries[0].redemption)
      << "without a ticket there is no use";
}

TEST_F(JudgedUses, occurred_when_the_kiosk_says_corrected_by_the_clocks_difference) {
  registered(1);
  pass(3 * hour_us);
  journal_.now = Instant{10 * day_us};  // a battery was empty: January 1970
  journal_.clock_difference_us = clock().now() - journal_.now - hour_us;
  verdict_of(net.codes[0]);
  EXPECT_EQ(judged().at(0).at("occurred_at"), ago(hour_us));
}

TEST_F(JudgedUses, occurred_neither_before_the_device_was_there_nor_in_the_future) {
  registered(1);
  auto const enrolled = clock().now();
  pass(hour_us);
  journal_.now = Instant{0};
  verdict_of(net.codes[0]);
  journal_.now = clock().now() + 400 * day_us;
  verdict_of(net.codes[0]);
  EXPECT_EQ(judged().at(0).at("occurred_at"), to_rfc3339(enrolled));
  EXPECT_EQ(judged().at(1).at("occurred_at"), ago(0));
}

TEST_F(JudgedUses, are_listed_to_the_coordinator_without_a_word_of_the_card) {
  auto const code = registered(1);
  verdict_of(code);
  change_card(code, "blocks", {{"reason", "lost"}});
  pass(25 * hour_us);
  auto const undone = journal_.give(code);
  journal_.undo(undone);
  upload_all();
  auto const paper = redeem(code, net.museum, {{"occurred_at", ago(hour_us)}});
  ASSERT_EQ(paper.status, 201) << paper;
  redeem_at_door(journal_.next(), registered(2));
  auto const all = judged();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.at(0),
            Json::parse(R"({"redemption_id": )" + all.at(0).at("redemption_id").dump() +
                        R"(, "venue_id": )" + std::to_string(net.pool.value) +
                        R"(, "event_id": null, "device_id": )" + std::to_string(device_.id.value) +
                        R"(, "occurred_at": ")" + ago(25 * hour_us) + R"(", "recorded_at": ")" +
                        ago(25 * hour_us) + R"(", "tickets": {"adult": 1, "child": 0,
      "assistant": 0, "interpreter": 0, "companion": 0}, "answer": "ok", "verdict": "fine",
      "standing": "counted", "undone": false})"));
  EXPECT_EQ(all.at(1).at("undone"), true);
  EXPECT_EQ(all.at(2).at("verdict"), "late_blocked");
  EXPECT_TRUE(all.at(2).at("device_id").is_null()) << "a paper form";
  EXPECT_THAT(verdicts("?verdict=fine"), ElementsAre("fine"));
  EXPECT_THAT(verdicts("?to=2026-06-15"), ElementsAre("fine"));
  EXPECT_THAT(verdicts("?from=2026-06-16"), ElementsAre("late_blocked", "late_blocked"));
  EXPECT_THAT(verdicts("?venue_id=" + std::to_string(net.museum.value)),
              ElementsAre("late_blocked"));
  EXPECT_THAT(verdicts("?area_id=ETELA&limit=2").size(), 2U);
  auto const first = get(as("national"), "/api/v1/judged-uses?limit=2").body;
  auto const rest =
      get(as("national"), "/api/v1/judged-uses?cursor=" + first.at("next").get<std::string>()).body;
  EXPECT_EQ(rest.at("items").size(), 1U);
  EXPECT_TRUE(rest.at("next").is_null());
}

TEST_F(JudgedUses, are_listed_within_the_callers_areas_alone) {
  registered(1);
  verdict_of(net.codes[0]);
  EXPECT_THAT(get(as("far_coordinator"), "/api/v1/judged-uses").body.at("items"), IsEmpty());
  EXPECT_EQ(get(as("far_coordinator"), "/api/v1/judged-uses?area_id=ETELA").status, 403);
  auto const of_pool = "/api/v1/judged-uses?venue_id=" + std::to_string(net.pool.value);
  EXPECT_EQ(get(as("far_coordinator"), of_pool).status, 403);
  EXPECT_THAT(
      get(as("coordinator"), "/api/v1/judged-uses?verdict=lovely&from=1.1.2026&to=soon").faults(),
      ElementsAre("/from not_a_day", "/to not_a_day", "/verdict not_an_option"));
  EXPECT_THAT(get(as("admin"), "/api/v1/judged-uses?area_id=NOWHERE").faults(),
              ElementsAre("/area_id not_found"));
  EXPECT_THAT(get(as("admin"), "/api/v1/judged-uses?verdict=late_").faults(),
              ElementsAre("/verdict not_an_option"));
}

TEST_F(JudgedUses, stand_on_a_page_for_coordinators_in_three_languages) {
  auto const code = registered(1);
  change_card(code, "blocks", {{"reason", "lost"}});
  pass(hour_us);
  verdict_of(code);
  journal_.give(code);
  auto const late = journal_.give(code);
  upload(pick({late}));
  auto const devices = get(as("coordinator"), "/devices");
  ASSERT_EQ(devices.status, 200) << devices;
  EXPECT_THAT(devices.text,
              HasSubstr("Merkintöjä puuttuu välistä, huomattu 15.6.2026 klo\u00A013.00"));
  EXPECT_THAT(devices.text, HasSubstr("Rantakeitaan uimahalli"));
  EXPECT_THAT(devices.text, HasSubstr("<a href=\"/devices\" aria-current=\"page\">"));
  auto const page = get(as("coordinator"), "/judged");
  ASSERT_EQ(page.status, 200) << page;
  EXPECT_THAT(page.text, HasSubstr(">Kortti oli estetty</td>"));
  auto swedish = as("coordinator");
  for (auto& [name, value] : swedish) {
    if (name == "Cookie") value += "; kaiku_lang=sv";
  }
  EXPECT_THAT(get(swedish, "/judged").text, HasSubstr(">Kortet var spärrat</td>"));
  EXPECT_THAT(get(as("national"), "/devices").text, HasSubstr("kiosk"));
  EXPECT_THAT(get(as("far_coordinator"), "/devices").text, Not(HasSubstr("Rantakeitaan")));
  auto const far = get(as("far_coordinator"), "/judged").text;
  EXPECT_THAT(far, Not(HasSubstr("Rantakeitaan")));
  EXPECT_THAT(far, Not(HasSubstr(">Kortti oli estetty</td>")));
}

TEST_F(JudgedUses, of_a_card_replaced_since_go_to_its_holder) {
  auto const code = registered(1);
  pass(hour_us);
  auto const given = journal_.give(code);
  pass(hour_us);
  change_card(code, "replacements", {{"reason", "worn"}});
  EXPECT_EQ(receipts(upload(pick({given, given + 1}))).entries[0].verdict, "fine");
  EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption WHERE lineage_id IS NOT NULL"), 1);
}

}  // namespace
}  // namespace kaiku::test
