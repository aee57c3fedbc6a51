// Thirty misses an hour; then typed codes wait, and scanners go on.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

class GuessLimits : public ServerTest {
 protected:
  std::string unknown_code() { return contract::CardCode::random(random_).text(); }
  SystemRandom random_;
};

TEST_F(GuessLimits, stop_typed_codes_at_a_door_and_not_the_scanner) {
  registered(1);
  for (int i = 0; i < 30; ++i) {
    auto const reply =
        i % 2 == 0 ? check(unknown_code(), net.pool) : redeem(unknown_code(), net.pool);
    ASSERT_EQ(reply.answer(), "unknown_card") << i << reply;
  }
  auto const typed = redeem(net.codes[0], net.pool);
  EXPECT_EQ(typed.status, 429) << typed;
  EXPECT_EQ(typed.slug(), "too-many-requests");
  EXPECT_FALSE(typed.header("retry-after").empty());
  EXPECT_EQ(check(net.codes[0], net.pool).status, 429);
  EXPECT_EQ(redeem(net.tokens[0], net.pool).status, 201);
  // An agent's misses count by venue, others' by account.
  EXPECT_EQ(redeem(net.codes[0], net.museum).status, 201);
  EXPECT_EQ(post(as("pool_staff"), "/api/v1/redemptions", ticket(net.codes[0], net.pool)).status,
            201);
  advance(hour_us);
  EXPECT_EQ(redeem(net.codes[0], net.pool).status, 201);
}

TEST_F(GuessLimits, let_the_lost_answer_of_a_recorded_use_be_asked_again) {
  auto const body = ticket(registered(1), net.pool);
  auto const first = post(agent(), "/api/v1/redemptions", body);
  ASSERT_EQ(first.status, 201) << first;
  for (int i = 0; i < 30; ++i) check(unknown_code(), net.pool);
  EXPECT_EQ(redeem(net.codes[0], net.pool).status, 429);
  auto const again = post(agent(), "/api/v1/redemptions", body);
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text, first.text);
}

TEST_F(GuessLimits, count_no_slips_of_the_finger_and_no_cards_of_ours) {
  auto const code = registered(1);
  auto wrong = code;
  wrong.back() = wrong.back() == '0' ? '2' : '0';
  for (int i = 0; i < 35; ++i) {
    EXPECT_EQ(check(wrong, net.pool).slug(), "unreadable");
    EXPECT_EQ(check(net.codes[1], net.pool).answer(), "not_registered");
  }
  EXPECT_EQ(check(code, net.pool).answer(), "ok");
}

TEST_F(GuessLimits, hold_at_offices_for_every_way_to_ask_after_a_code) {
  auto const own = registered(1);
  Json const holder{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}};
  for (int i = 0; i < 10; ++i) {
    auto body = holder;
    body["card"] = unknown_code();
    EXPECT_EQ(post(as("worker"), "/api/v1/cards", body).status, 422);
    EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + unknown_code()).status, 404);
    EXPECT_EQ(post(as("worker"), "/api/v1/cards/" + own + "/replacements",
                   {{"reason", "lost"}, {"card", unknown_code()}})
                  .status,
              422);
  }
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + own).status, 429);
  auto body = holder;
  body["card"] = net.codes[1];
  EXPECT_EQ(post(as("worker"), "/api/v1/cards", body).status, 429);
  body["card"] = net.tokens[1];
  EXPECT_EQ(post(as("worker"), "/api/v1/cards", body).status, 201);
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.tokens[0]).status, 200);
}

}  // namespace
}  // namespace kaiku::test
