// A card that is given is good for a day at least, and a bar on its holder outlives the plastic.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

class CardDays : public ServerTest {
 protected:
  Reply issue(Json const& more = Json::object()) {
    Json body{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 2}};
    body.update(more);
    return post(as("worker"), "/api/v1/cards", body);
  }
  Reply act(std::string const& code, std::string const& what, Json const& body) {
    return post(as("worker"), "/api/v1/cards/" + code + "/" + what, body);
  }
  void set_policy(Json const& policy) {
    auto const etag = get(as("coordinator"), "/api/v1/areas/ETELA").header("etag");
    ASSERT_EQ(patch(as("coordinator"), "/api/v1/policies/ETELA", policy, etag).status, 200);
  }
};

TEST_F(CardDays, a_card_that_would_be_over_is_not_issued) {
  set_policy({{"fixed_end", to_iso(today())}});
  advance(day_us);
  auto const before = sequence();
  EXPECT_EQ(issue().slug(), "no-days-left");
  EXPECT_EQ(register_stock(1).slug(), "no-days-left");
  EXPECT_EQ(sequence(), before);
  set_policy({{"fixed_end", to_iso(today())}});
  EXPECT_EQ(issue().status, 201);
  set_policy({{"fixed_end", nullptr}, {"validity_months", 1}});
  EXPECT_EQ(issue({{"issued_on", to_iso(today() + -50)}}).slug(), "no-days-left");
  EXPECT_EQ(issue({{"issued_on", to_iso(today() + -20)}}).status, 201);
}

TEST_F(CardDays, a_card_that_has_ended_is_renewed_before_it_is_replaced) {
  set_policy({{"validity_months", 1}});
  auto const code = registered(1);
  advance(40 * day_us);
  EXPECT_EQ(act(code, "replacements", {{"reason", "lost"}}).slug(), "card-ended");
  EXPECT_EQ(act(code, "renewals", Json::object()).status, 200);
  EXPECT_EQ(act(code, "replacements", {{"reason", "lost"}}).body.at("state"), "valid");
}

TEST_F(CardDays, a_block_for_misuse_is_not_lifted_by_a_new_card) {
  auto const code = registered(1);
  ASSERT_EQ(act(code, "blocks", {{"reason", "misuse"}}).status, 200);
  EXPECT_EQ(act(code, "replacements", {{"reason", "lost"}}).slug(), "card-barred");
  ASSERT_EQ(act(code, "unblocks", Json::object()).status, 200);
  ASSERT_EQ(act(code, "blocks", {{"reason", "lost"}}).status, 200);
  EXPECT_EQ(act(code, "replacements", {{"reason", "lost"}}).body.at("state"), "valid")
      << "the last block counts, and it was for the plastic";
}

TEST_F(CardDays, a_block_ends_after_the_day_that_it_was_given) {
  auto const code = registered(1);
  auto const before = sequence();
  auto const passed = act(code, "blocks", {{"reason", "lost"}, {"until", to_iso(today() + -1)}});
  EXPECT_EQ(passed.faults(), std::vector<std::string>{"/until out_of_range"}) << passed;
  EXPECT_EQ(act(code, "blocks", {{"reason", "lost"}, {"until", "huomenna"}}).status, 422);
  EXPECT_EQ(sequence(), before);
  auto const end = to_iso(today() + 2);
  auto const blocked = act(code, "blocks", {{"reason", "lost"}, {"until", end}});
  EXPECT_EQ(blocked.body.at("state"), "blocked") << blocked;
  EXPECT_EQ(blocked.body.at("blocked_until"), end);
  auto const freed = act(code, "unblocks", Json::object());
  EXPECT_FALSE(freed.body.contains("blocked_until")) << freed;
  auto const for_good = act(code, "blocks", {{"reason", "lost"}, {"until", nullptr}});
  EXPECT_EQ(for_good.status, 200) << for_good;
  EXPECT_FALSE(for_good.body.contains("blocked_until"));
}

TEST_F(CardDays, the_same_number_of_children_again_is_an_answer_without_an_entry) {
  auto const code = registered(1, 2);
  auto const before = sequence();
  auto const same = act(code, "children", {{"children", 2}});
  EXPECT_EQ(same.status, 200) << same;
  EXPECT_EQ(same.body.at("children"), 2);
  EXPECT_EQ(sequence(), before);
}

}  // namespace
}  // namespace kaiku::test
