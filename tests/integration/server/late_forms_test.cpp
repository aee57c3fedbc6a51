// Paper forms entered later: what happened at the door happened, and is judged on what held then.
#include "schema/contract/card_code.hpp"
#include "server/tables/redemptions.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

class LateForms : public ServerTest {
 protected:
  // Enters a use that occurred so long ago; gives the verdict that stands beside it.
  std::string verdict_of(std::string const& card, std::int64_t us_ago, Json more = Json::object()) {
    more["occurred_at"] = ago(us_ago);
    auto const reply = redeem(card, net.museum, more);
    EXPECT_EQ(reply.status, 201) << reply;
    if (reply.status != 201) return "refused: " + reply.answer();
    std::string verdict;
    write([&](ledger::WriteTx& tx) {
      RedemptionId const id{reply.body.at("redemption_id").get<std::int64_t>()};
      verdict = tables::find_redemption(tx, id).value().verdict.value_or("none");
    });
    return verdict;
  }
  void change(std::string const& code, std::string const& what, Json const& body) {
    auto const reply = post(as("worker"), "/api/v1/cards/" + code + "/" + what, body);
    ASSERT_EQ(reply.status, 200) << reply;
  }
};

TEST_F(LateForms, a_use_of_a_good_card_is_stored_as_fine_on_its_own_day) {
  auto const code = registered(1);
  advance(20 * day_us);
  EXPECT_EQ(verdict_of(code, 19 * day_us), "fine");
  auto const months =
      get(as("museum_staff"), "/api/v1/reports/usage?from=2026-06-01&to=2026-07-31&group_by=month")
          .body.at("rows");
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months.at(0).at("uses").at("adults"), 1) << "in June, when it was given";
  EXPECT_EQ(months.at(1).at("uses").at("adults"), 0) << "in July, when it was told";
}

TEST_F(LateForms, a_card_that_expired_since_was_good_then) {
  auto const code = registered(1);
  advance(400 * day_us);
  EXPECT_EQ(redeem(code, net.museum).answer(), "expired");
  EXPECT_EQ(verdict_of(code, 36 * day_us), "fine");
  EXPECT_EQ(verdict_of(code, 34 * day_us), "late_expired");
}

TEST_F(LateForms, a_card_that_was_renewed_since_had_expired_then) {
  auto const code = registered(1);
  advance(400 * day_us);
  change(code, "renewals", Json::object());
  EXPECT_EQ(redeem(code, net.museum).status, 201);
  EXPECT_EQ(verdict_of(code, 2 * day_us), "late_expired");
}

TEST_F(LateForms, a_card_blocked_or_replaced_since_was_good_before_that_moment) {
  auto const blocked = registered(1);
  auto const replaced = registered(2);
  advance(2 * hour_us);
  change(blocked, "blocks", {{"reason", "lost"}});
  change(replaced, "replacements", {{"reason", "lost"}});
  advance(2 * hour_us);
  EXPECT_EQ(verdict_of(blocked, 3 * hour_us), "fine");
  EXPECT_EQ(verdict_of(blocked, hour_us), "late_blocked");
  EXPECT_EQ(verdict_of(replaced, 3 * hour_us), "fine");
  EXPECT_EQ(verdict_of(replaced, hour_us), "late_replaced");
}

TEST_F(LateForms, a_card_that_was_not_registered_yet_is_stored_with_that_word) {
  advance(5 * day_us);
  auto const code = registered(1);
  advance(2 * day_us);
  EXPECT_EQ(verdict_of(code, 4 * day_us), "late_not_registered");
  EXPECT_EQ(verdict_of(code, day_us), "fine");
}

TEST_F(LateForms, a_stock_card_given_a_ticket_is_stored_too) {
  advance(day_us);
  EXPECT_EQ(verdict_of(net.codes[5], hour_us), "late_not_registered");
}

TEST_F(LateForms, the_children_of_that_time_count) {
  auto const code = registered(1, 1);
  advance(day_us);
  change(code, "children", {{"children", 3}});
  advance(day_us);
  Json const three{{"tickets", {{"adult", 1}, {"child", 3}}}};
  EXPECT_EQ(verdict_of(code, 36 * hour_us, three), "late_children_over_limit");
  EXPECT_EQ(verdict_of(code, 6 * hour_us, three), "fine");
}

TEST_F(LateForms, a_place_over_the_quota_and_a_second_ticket_are_stored_beside_their_verdicts) {
  for (std::size_t n = 1; n <= 11; ++n) registered(n);
  Json const event{{"event_id", net.concert.value}};
  advance(6 * hour_us);
  for (std::size_t n = 0; n < 9; ++n) EXPECT_EQ(verdict_of(net.codes[n], hour_us, event), "fine");
  EXPECT_EQ(verdict_of(net.codes[0], hour_us, event), "duplicate");
  EXPECT_EQ(verdict_of(net.codes[10], hour_us, event), "over_quota");
}

TEST_F(LateForms, what_occurred_within_five_minutes_is_judged_like_a_use_now) {
  auto const reply = redeem(net.codes[0], net.museum, {{"occurred_at", ago(4 * minute_us)}});
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.answer(), "not_registered");
}

TEST_F(LateForms, what_a_form_tells_is_kept_whatever_it_says_and_waits_where_nobody_could_have) {
  SystemRandom random;
  auto const nobody = contract::CardCode::random(random).text();
  auto const code = registered(1, 2);
  advance(day_us);
  auto const told = [](Json tickets) { return Json{{"tickets", std::move(tickets)}}; };
  EXPECT_EQ(verdict_of(nobody, hour_us), "unknown_card");
  EXPECT_EQ(verdict_of(code, hour_us, told({{"adult", 2}})), "implausible");
  EXPECT_EQ(verdict_of(code, hour_us, told({{"adult", 1}, {"assistant", 2}})), "implausible");
  EXPECT_EQ(verdict_of(code, hour_us, told({{"adult", 1}, {"child", 3}})),
            "late_children_over_limit");
  EXPECT_EQ(
      redeem(code, net.museum, {{"occurred_at", ago(hour_us)}, {"tickets", Json::object()}}).status,
      422)
      << "a form that tells of nobody";
  // Live requests keep their rules.
  EXPECT_EQ(redeem(code, net.museum, told({{"adult", 2}})).status, 422);
  EXPECT_EQ(redeem(nobody, net.museum).answer(), "unknown_card");
}

TEST_F(LateForms, the_answer_tells_the_verdict) {
  auto const code = registered(1);
  advance(day_us);
  auto const body = ticket(code, net.museum, {{"occurred_at", ago(hour_us)}});
  EXPECT_EQ(post(agent(), "/api/v1/redemptions", body).body.at("verdict"), "fine");
  EXPECT_EQ(post(agent(), "/api/v1/redemptions", body).body.at("verdict"), "fine") << "repeated";
  EXPECT_FALSE(redeem(code, net.museum).body.contains("verdict"));
}

TEST_F(LateForms, a_guess_on_a_form_is_counted_as_a_guess_at_the_door) {
  SystemRandom random;
  int status = 201;
  int tries = 0;
  for (; status == 201 && tries < 40; ++tries) {
    status = redeem(contract::CardCode::random(random).text(), net.museum,
                    {{"occurred_at", ago(hour_us)}})
                 .status;
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(tries, 31);
}

TEST_F(LateForms, a_late_use_is_repeated_by_its_key_like_any_other) {
  auto const code = registered(1);
  auto const body = ticket(code, net.museum, {{"occurred_at", ago(hour_us)}});
  auto const first = post(agent(), "/api/v1/redemptions", body);
  ASSERT_EQ(first.status, 201) << first;
  auto const again = post(agent(), "/api/v1/redemptions", body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.text, first.text);
}

}  // namespace
}  // namespace kaiku::test
