// The main job from the stock order to the yearly figures, as offices, doors and coordinators see
// it.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class MainJob : public ServerTest {
 protected:
  Json holder(Json const& more = Json::object()) {
    Json body{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 2}};
    body.update(more);
    return body;
  }
  Reply issue(Json const& body) { return post(as("worker"), "/api/v1/cards", body); }
  // A card made on the spot; gives its code.
  std::string issued(Json const& more = Json::object()) {
    auto const reply = issue(holder(more));
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.body.value("code", "");
  }
  Reply act(std::string const& code, std::string const& what, Json const& body = Json::object()) {
    return post(as("worker"), "/api/v1/cards/" + code + "/" + what, body);
  }
  Reply annual() { return get(as("coordinator"), "/api/v1/reports/annual?year=2026"); }
};

TEST_F(MainJob, goes_from_a_stock_order_to_the_yearly_figures) {
  auto const order = post(as("coordinator"), "/api/v1/card-batches",
                          {{"count", 20}, {"office_id", net.office.value}});
  ASSERT_EQ(order.status, 201) << order;
  ASSERT_EQ(order.body.at("cards").size(), 20u);
  EXPECT_EQ(order.header("location"),
            "/api/v1/card-batches/" + std::to_string(order.body.at("id").get<int>()));

  // Ten holders with two children each; half of the cards are scanned, half typed.
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < 10; ++i) {
    auto const& card = order.body.at("cards").at(i);
    auto const reply = issue(holder({{"card", card.at(i % 2 == 0 ? "code" : "token")}}));
    ASSERT_EQ(reply.status, 201) << reply;
    EXPECT_EQ(reply.body.at("code"), card.at("code"));
    EXPECT_EQ(reply.body.at("state"), "valid");
    EXPECT_EQ(reply.body.at("first_valid_day"), "2026-06-15");
    EXPECT_EQ(reply.body.at("last_valid_day"), "2027-06-14");
    EXPECT_EQ(reply.body.at("municipality"), "491");
    EXPECT_EQ(reply.body.at("recovery_code").get<std::string>().size(), 8u);
    EXPECT_FALSE(reply.body.contains("token"));
    codes.push_back(card.at("code"));
  }
  auto const before = sequence();
  auto const seen = check(codes[0], net.museum, {{"tickets", {{"adult", 1}, {"child", 2}}}});
  EXPECT_EQ(seen.status, 200) << seen;
  EXPECT_EQ(seen.answer(), "ok");
  EXPECT_EQ(seen.body.at("children_max"), 2);
  EXPECT_EQ(sequence(), before);

  // Five of the ten use their cards: each once at the museum with both children, once at the pool.
  for (std::size_t i = 0; i < 5; ++i) {
    auto const museum = redeem(codes[i], net.museum, {{"tickets", {{"adult", 1}, {"child", 2}}}});
    ASSERT_EQ(museum.status, 201) << museum;
    EXPECT_EQ(museum.body.at("receipt").at("sequence"), museum.body.at("redemption_id"));
    ASSERT_EQ(redeem(codes[i], net.pool).status, 201);
  }
  auto const figures = annual();
  ASSERT_EQ(figures.status, 200) << figures;
  EXPECT_EQ(figures.body.at("registered"), 10);
  EXPECT_EQ(figures.body.at("taken_into_use"), 5);
  EXPECT_EQ(figures.body.at("usage_rate"), 0.5);
  Json const adults{{"culture", 5}, {"education", 0}, {"science", 0}, {"sport", 5}};
  Json const children{{"culture", 10}, {"education", 0}, {"science", 0}, {"sport", 0}};
  EXPECT_EQ(figures.body.at("uses").at("adult"), adults);
  EXPECT_EQ(figures.body.at("uses").at("child"), children);
  EXPECT_EQ(figures.body.at("municipalities"), 2);
  EXPECT_EQ(figures.body.at("suppressed"),
            Json({"/used_of_earlier_years", "/active", "/community/cards"}))
      << "runs tell of them";
}

TEST_F(MainJob, a_card_made_on_the_spot_works_by_its_own_token_at_once) {
  auto const made = issue(holder());
  ASSERT_EQ(made.status, 201) << made;
  auto const token = made.body.at("token").get<std::string>();
  EXPECT_TRUE(token.starts_with("KK1"));
  EXPECT_EQ(redeem(token, net.pool).status, 201);
  EXPECT_EQ(redeem(made.body.at("code"), net.pool).status, 201);
}

TEST_F(MainJob, a_community_card_takes_a_group_up_to_its_ceiling_and_counts_apart) {
  auto const made = issue({{"kind", "community"}, {"community_ceiling", 5}});
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_FALSE(made.body.contains("children"));
  auto const code = made.body.at("code").get<std::string>();
  auto const too_many = redeem(code, net.museum, {{"tickets", {{"adult", 1}, {"child", 5}}}});
  EXPECT_EQ(too_many.status, 409);
  EXPECT_EQ(too_many.answer(), "community_over_ceiling");
  EXPECT_EQ(redeem(code, net.museum, {{"tickets", {{"adult", 1}, {"child", 4}}}}).status, 201);
  EXPECT_EQ(redeem(code, net.museum).answer(), "community_over_ceiling");
  auto const figures = annual().body;
  EXPECT_EQ(figures.at("registered"), 0);
  EXPECT_EQ(figures.at("community").at("uses"), 5);
  EXPECT_EQ(figures.at("uses").at("child").at("culture"), 0);
}

TEST_F(MainJob, a_back_dated_issue_is_valid_from_its_own_day) {
  auto const made = issue(holder({{"issued_on", "2026-05-16"}}));
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.body.at("first_valid_day"), "2026-05-16");
  EXPECT_EQ(made.body.at("last_valid_day"), "2027-05-15");
  for (auto const* day : {"2026-04-15", "2026-06-16"}) {
    auto const reply = issue(holder({{"issued_on", day}}));
    EXPECT_EQ(reply.status, 422);
    EXPECT_THAT(reply.faults(), ElementsAre("/issued_on out_of_range"));
  }
  EXPECT_EQ(issue(holder({{"issued_on", "2026-04-16"}})).status, 201);
}

TEST_F(MainJob, renewing_early_never_loses_a_day) {
  auto const code = issued();
  advance(200 * day_us);
  auto const renewed = act(code, "renewals", {{"children", 3}});
  ASSERT_EQ(renewed.status, 200) << renewed;
  EXPECT_EQ(renewed.body.at("last_valid_day"), "2028-06-14");
  EXPECT_EQ(renewed.body.at("children"), 3);
  EXPECT_EQ(redeem(code, net.pool, {{"tickets", {{"adult", 1}, {"child", 3}}}}).status, 201);
  EXPECT_EQ(act(code, "renewals").slug(), "card-not-valid");
}

TEST_F(MainJob, an_expired_card_is_renewed_from_today) {
  auto const code = issued();
  advance(400 * day_us);
  EXPECT_EQ(redeem(code, net.pool).answer(), "expired");
  auto const renewed = act(code, "renewals");
  ASSERT_EQ(renewed.status, 200) << renewed;
  EXPECT_EQ(renewed.body.at("first_valid_day"), to_iso(today()));
  EXPECT_EQ(renewed.body.at("state"), "valid");
  EXPECT_EQ(redeem(code, net.pool).status, 201);
}

TEST_F(MainJob, a_replaced_card_is_dead_at_once_and_its_holder_is_counted_once) {
  std::vector<std::string> codes;
  for (int i = 0; i < 5; ++i) codes.push_back(issued());
  auto const stock = net.codes[0];
  auto const replaced = act(codes[0], "replacements", {{"reason", "lost"}, {"card", stock}});
  ASSERT_EQ(replaced.status, 200) << replaced;
  EXPECT_EQ(replaced.body.at("code"), stock);
  EXPECT_EQ(replaced.body.at("children"), 2);
  EXPECT_EQ(replaced.body.at("last_valid_day"), "2027-06-14");
  EXPECT_EQ(redeem(codes[0], net.pool).answer(), "replaced");
  EXPECT_EQ(redeem(stock, net.pool).status, 201);
  // And once more, with a card made on the spot.
  auto const again = act(stock, "replacements", {{"reason", "worn"}});
  ASSERT_EQ(again.status, 200) << again;
  EXPECT_EQ(redeem(stock, net.pool).answer(), "replaced");
  EXPECT_EQ(redeem(again.body.at("token"), net.pool).status, 201);
  EXPECT_EQ(act(codes[0], "replacements", {{"reason", "lost"}}).slug(), "card-replaced");
  EXPECT_EQ(annual().body.at("registered"), 5);
}

TEST_F(MainJob, a_lost_card_is_found_and_replaced_by_the_recovery_code_of_the_letter) {
  auto const made = issue(holder());
  ASSERT_EQ(made.status, 201) << made;
  auto const letter = made.body.at("recovery_code").get<std::string>();
  auto const replaced = act(letter, "replacements", {{"reason", "lost"}});
  ASSERT_EQ(replaced.status, 200) << replaced;
  EXPECT_EQ(redeem(made.body.at("code"), net.pool).answer(), "replaced");
  EXPECT_EQ(redeem(replaced.body.at("code"), net.pool).status, 201);
  // The letter stays good: it names whichever card is in use.
  EXPECT_EQ(act(letter, "blocks", {{"reason", "stolen"}}).body.at("code"),
            replaced.body.at("code"));
  EXPECT_EQ(act("ZZZZZZZZ", "blocks", {{"reason", "lost"}}).status, 404);
  // It opens no door.
  EXPECT_EQ(redeem(letter, net.pool).status, 422);
}

TEST_F(MainJob, a_blocked_card_opens_nothing_until_it_is_unblocked) {
  auto const code = issued();
  auto const blocked = act(code, "blocks", {{"reason", "stolen"}});
  EXPECT_EQ(blocked.status, 200);
  EXPECT_EQ(blocked.body.at("state"), "blocked");
  EXPECT_EQ(redeem(code, net.pool).answer(), "blocked");
  EXPECT_EQ(act(code, "blocks", {{"reason", "lost"}}).slug(), "card-not-valid");
  EXPECT_EQ(act(code, "unblocks").status, 200);
  EXPECT_EQ(act(code, "unblocks").slug(), "not-blocked");
  EXPECT_EQ(redeem(code, net.pool).status, 201);
}

TEST_F(MainJob, a_changed_number_of_children_holds_at_the_next_scan) {
  auto const code = issued();
  EXPECT_EQ(check(code, net.museum).body.at("children_max"), 2);
  EXPECT_EQ(act(code, "children", {{"children", 4}}).body.at("children"), 4);
  EXPECT_EQ(check(code, net.museum).body.at("children_max"), 4);
}

TEST_F(MainJob, the_municipality_follows_from_the_postcode) {
  auto const town_of = [&](Json const& more) {
    auto const reply = issue(holder(more));
    return reply.status == 201 ? reply.body.at("municipality").get<std::string>()
                               : reply.faults().at(0);
  };
  EXPECT_EQ(town_of({{"postcode", "52550"}}), "097");
  EXPECT_EQ(town_of({{"postcode", "96100"}}), "698");
  // Two municipalities: the office's own unless the worker says otherwise.
  EXPECT_EQ(town_of({{"postcode", "50670"}}), "491");
  EXPECT_EQ(town_of({{"postcode", "50670"}, {"municipality", "097"}}), "097");
  EXPECT_EQ(town_of({{"postcode", "50670"}, {"municipality", "698"}}),
            "/municipality not_of_postcode");
  // Two that are both not the office's: the worker has to say.
  EXPECT_EQ(town_of({{"postcode", "51900"}}), "/municipality choose_municipality");
  EXPECT_EQ(town_of({{"postcode", "51900"}, {"municipality", "097"}}), "097");
  EXPECT_EQ(town_of({{"postcode", "51900"}, {"municipality", "178"}}),
            "/municipality outside_network");
  EXPECT_EQ(town_of({{"postcode", "00100"}}), "/postcode outside_network");
  EXPECT_EQ(town_of({{"postcode", "99999"}}), "/postcode unknown_postcode");
}

TEST_F(MainJob, a_card_of_one_area_is_good_in_the_others_unless_a_trial_is_local) {
  auto const code = issued();
  auto const far = [&] {
    return post(far_agent(), "/api/v1/redemptions", ticket(code, net.far_theatre));
  };
  EXPECT_EQ(far().status, 201);
  auto const area = get(as("far_coordinator"), "/api/v1/areas/POHJOLA");
  ASSERT_EQ(area.status, 200);
  auto const changed = patch(as("far_coordinator"), "/api/v1/policies/POHJOLA",
                             {{"local_only", true}}, area.header("etag"));
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(far().answer(), "wrong_area");
}

TEST_F(MainJob, a_course_place_is_for_the_holder_alone) {
  auto const code = issued();
  Json const course{{"event_id", net.lecture.value}};
  auto with_child = course;
  with_child["tickets"] = {{"adult", 1}, {"child", 1}};
  EXPECT_EQ(redeem(code, net.college, with_child).answer(), "children_not_on_courses");
  EXPECT_EQ(redeem(code, net.college, course).status, 201);
  EXPECT_EQ(redeem(code, net.college, course).answer(), "already_used_here");
}

TEST_F(MainJob, a_second_ticket_at_an_event_warns_and_is_given_with_a_reason) {
  auto const code = issued();
  Json event{{"event_id", net.concert.value}};
  EXPECT_EQ(redeem(code, net.museum, event).status, 201);
  auto const warned = redeem(code, net.museum, event);
  EXPECT_EQ(warned.status, 409);
  EXPECT_EQ(warned.answer(), "already_used_here");
  EXPECT_EQ(warned.body.at("may_override"), true);
  EXPECT_FALSE(warned.body.at("texts").at("aloud").get<std::string>().empty());
  event["override"] = {{"answer", "already_used_here"}, {"reason", "left_and_returned"}};
  EXPECT_EQ(redeem(code, net.museum, event).status, 201);
}

TEST_F(MainJob, reading_a_card_is_recorded_once_in_five_minutes) {
  auto const code = issued();
  auto const before = sequence();
  auto const read = [&] { return get(as("worker"), "/api/v1/cards/" + code); };
  auto const card = read();
  ASSERT_EQ(card.status, 200) << card;
  EXPECT_EQ(card.body.at("children"), 2);
  EXPECT_FALSE(card.body.contains("birth_year"));
  EXPECT_FALSE(card.body.contains("postcode"));
  EXPECT_EQ(sequence(), before + 1);
  read();
  EXPECT_EQ(sequence(), before + 1);
  advance(6 * minute_us);
  read();
  EXPECT_EQ(sequence(), before + 2);
}

TEST_F(MainJob, a_voided_range_of_stock_is_good_for_nothing) {
  auto const path = "/api/v1/card-batches/" + std::to_string(net.batch.value);
  registered(2);
  auto const voided = post(as("coordinator"), path + "/voids", {{"from", 1}, {"to", 3}});
  ASSERT_EQ(voided.status, 201) << voided;
  EXPECT_EQ(voided.body.at("voided"), 2);
  EXPECT_EQ(get(as("coordinator"), path).body.at("in_stock"), 50) << "57, in tens";
  EXPECT_THAT(register_stock(1).faults(), ElementsAre("/card card_void"));
  EXPECT_EQ(redeem(net.codes[0], net.pool).answer(), "blocked");
  EXPECT_EQ(redeem(net.codes[1], net.pool).status, 201);
}

}  // namespace
}  // namespace kaiku::test
