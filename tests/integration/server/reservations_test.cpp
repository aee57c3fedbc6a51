// Places that are held for a card, by the API that box offices call.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "schema/contract/card_code.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Reservations : public ServerTest {
 protected:
  Json body_of(std::string const& card, Json const& more = Json::object()) {
    Json body{{"card", card},
              {"venue_id", net.museum.value},
              {"event_id", net.concert.value},
              {"tickets", {{"adult", 1}}}};
    body.update(more);
    return body;
  }
  Reply hold(std::string const& card, Json const& more = Json::object()) {
    return post(agent(), "/api/v1/reservations", body_of(card, more));
  }
  Reply let_go(Sender const& who, Reply const& held) {
    auto const id = held.body.value("reservation_id", std::int64_t{0});
    return del(who, "/api/v1/reservations/" + std::to_string(id));
  }
  Reply come(std::string const& card, Json more = Json::object()) {
    more["event_id"] = net.concert.value;
    return redeem(card, net.museum, more);
  }
  std::size_t open_ones(Sender const& who) {
    return get(who, "/api/v1/reservations").body.at("items").size();
  }
  std::string concert_path() const { return "/api/v1/events/" + std::to_string(net.concert.value); }
  Reply change_concert(Json const& changes) {
    auto const etag = get(as("museum_staff"), concert_path()).header("etag");
    return patch(as("museum_staff"), concert_path(), changes, etag);
  }
  // It begins so much later than now, and goes on for four hours.
  void move_concert(std::int64_t us) {
    Json const times{{"starts_at", ago(-us)}, {"ends_at", ago(-us - 4 * hour_us)}};
    auto const moved = change_concert(times);
    EXPECT_EQ(moved.status, 200) << moved;
  }
  Json first_open() {
    auto const items = get(as("museum_staff"), "/api/v1/reservations").body.at("items");
    return items.empty() ? Json::object() : items.at(0);
  }
  std::string held_until() { return first_open().value("expires_at", "none is open"); }
  Json open_tickets() { return first_open().value("tickets", Json::object()); }
  Reply undo(Reply const& given) {
    auto const id = std::to_string(given.body.value("redemption_id", std::int64_t{0}));
    return post(agent(), "/api/v1/redemptions/" + id + "/void", {{"reason", "mistake"}});
  }
  // Cards 1 to 10 take so many of the concert's ten places.
  void take_places(std::size_t count) {
    for (std::size_t n = 1; n <= count; ++n) EXPECT_EQ(come(registered(n)).status, 201);
  }
};

TEST_F(Reservations, hold_places_against_everybody_else_until_their_time) {
  take_places(7);
  auto const held = hold(registered(20, 2), {{"tickets", {{"adult", 1}, {"child", 2}}}});
  ASSERT_EQ(held.status, 201) << held;
  EXPECT_EQ(held.body.at("quota_left"), 0);
  EXPECT_EQ(held.body.at("expires_at"), ago(-15 * minute_us)) << "a quarter of an hour by itself";
  auto const other = registered(21);
  auto const refused = come(other);
  EXPECT_EQ(refused.answer(), "quota_full") << refused;
  EXPECT_EQ(refused.body.at("quota_left"), 0);
  EXPECT_EQ(hold(other).answer(), "quota_full") << "nor are they held twice";
  advance(15 * minute_us);
  EXPECT_EQ(open_ones(agent()), 0u);
  EXPECT_EQ(come(other).status, 201) << "time alone has ended it";
}

TEST_F(Reservations, stand_in_nobodys_own_way_and_are_used_up_by_the_ticket) {
  take_places(7);
  auto const code = registered(20, 2);
  Json const three{{"tickets", {{"adult", 1}, {"child", 2}}}};
  ASSERT_EQ(hold(code, three).status, 201);
  EXPECT_EQ(check(code, net.museum, {{"event_id", net.concert.value}}).body.at("quota_left"), 3);
  auto const given = come(code, three);
  EXPECT_EQ(given.status, 201) << given;
  EXPECT_EQ(open_ones(agent()), 0u);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full") << "the places are counted once";
}

TEST_F(Reservations, are_told_by_a_check_of_their_card_where_it_gets_a_ticket) {
  auto const code = registered(20, 2);
  Json const at_concert{{"event_id", net.concert.value}};
  EXPECT_FALSE(check(code, net.museum, at_concert).body.contains("reserved"));
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}).status, 201);
  auto const told = check(code, net.museum, at_concert);
  EXPECT_EQ(told.answer(), "ok");
  EXPECT_EQ(told.body.at("reserved").at("child"), 2) << told;
  EXPECT_FALSE(check(registered(21), net.museum, at_concert).body.contains("reserved"));
  EXPECT_FALSE(check(code, net.museum).body.contains("reserved")) << "without the event";
  ASSERT_EQ(come(code).status, 201);
  EXPECT_FALSE(check(code, net.museum, at_concert).body.contains("reserved"));
}

TEST_F(Reservations, hold_again_when_their_ticket_is_undone) {
  take_places(9);
  auto const code = registered(20);
  ASSERT_EQ(hold(code).status, 201);
  auto const given = come(code);
  ASSERT_EQ(given.status, 201) << given;
  ASSERT_EQ(undo(given).status, 200);
  EXPECT_EQ(open_ones(agent()), 1u);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full") << "the place is the holder's";
  restart();
  EXPECT_EQ(come(code).status, 201);
  EXPECT_EQ(open_ones(agent()), 0u);
}

TEST_F(Reservations, hold_again_beside_an_earlier_one_whose_time_is_over) {
  take_places(9);
  auto const code = registered(20);
  ASSERT_EQ(hold(code).status, 201);
  advance(15 * minute_us);
  ASSERT_EQ(hold(code).status, 201);
  auto const given = come(code);
  EXPECT_EQ(open_ones(agent()), 0u);
  ASSERT_EQ(undo(given).status, 200);
  EXPECT_EQ(open_ones(agent()), 1u);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
}

TEST_F(Reservations, are_no_places_that_anybody_is_told_of) {
  take_places(9);
  auto const event = std::to_string(net.concert.value);
  auto const told = [&] { return get(nobody, "/offers/" + event + "?lang=fi").text; };
  auto const listed = [&] { return get(nobody, "/offers?places=1&lang=fi").text; };
  EXPECT_THAT(told(), HasSubstr("Paikkoja on jäljellä"));
  ASSERT_EQ(hold(registered(20)).status, 201);
  EXPECT_THAT(told(), Not(HasSubstr("Paikkoja on jäljellä")));
  EXPECT_THAT(listed(), Not(HasSubstr("/offers/" + event + "?")));
  EXPECT_EQ(get(agent(), "/api/v1/events/" + event).body.at("quota_left"), 0);
  advance(15 * minute_us);
  EXPECT_THAT(told(), HasSubstr("Paikkoja on jäljellä"));
  EXPECT_THAT(listed(), HasSubstr("/offers/" + event + "?"));
}

TEST_F(Reservations, are_not_sold_out_for_their_own_card) {
  auto const code = registered(20, 1);
  ASSERT_EQ(hold(code).status, 201);
  ASSERT_EQ(change_concert({{"sold_out", true}}).status, 200);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
  EXPECT_EQ(come(code, {{"tickets", {{"adult", 1}, {"child", 1}}}}).answer(), "quota_full")
      << "more than was held";
  EXPECT_EQ(come(code).status, 201);
}

TEST_F(Reservations, are_used_up_by_fewer_tickets_as_well) {
  take_places(8);
  auto const code = registered(20, 1);
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 1}}}}).status, 201);
  EXPECT_EQ(come(code).status, 201);
  auto const other = registered(21);
  EXPECT_EQ(come(other).answer(), "quota_full") << "the child may be added to the ticket yet";
  advance(minute_us);
  EXPECT_EQ(open_ones(agent()), 0u);
  EXPECT_EQ(come(other).status, 201) << "whoever comes alone leaves a place";
}

TEST_F(Reservations, hold_for_children_who_are_added_after_the_first_ticket) {
  take_places(7);
  auto const code = registered(20, 2);
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}).status, 201);
  ASSERT_EQ(come(code).status, 201) << "one scan where cards are only scanned";
  EXPECT_EQ(open_tickets().value("adult", -1), 0);
  EXPECT_EQ(open_tickets().value("child", -1), 2);
  auto const other = registered(21);
  EXPECT_EQ(come(other).answer(), "quota_full");
  Json const one_child{{"tickets", {{"child", 1}}}};
  advance(59 * second_us);
  EXPECT_EQ(come(code, one_child).status, 201);
  advance(59 * second_us);
  EXPECT_EQ(come(other).answer(), "quota_full") << "a minute from the last of them";
  EXPECT_EQ(come(code, one_child).status, 201);
  EXPECT_EQ(open_ones(agent()), 0u);
  EXPECT_EQ(come(other).answer(), "quota_full");
}

TEST_F(Reservations, of_a_sold_out_event_are_good_for_all_of_them_one_after_another) {
  auto const code = registered(20, 2);
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}).status, 201);
  ASSERT_EQ(change_concert({{"sold_out", true}}).status, 200);
  ASSERT_EQ(come(code).status, 201);
  EXPECT_EQ(come(code, {{"tickets", {{"child", 2}}}}).status, 201);
}

TEST_F(Reservations, are_whole_again_when_the_ticket_that_left_a_part_is_undone) {
  take_places(7);
  auto const code = registered(20, 2);
  Json const three{{"tickets", {{"adult", 1}, {"child", 2}}}};
  Json const held{{"tickets", three.at("tickets")}, {"hold_minutes", 30}};
  ASSERT_EQ(hold(code, held).status, 201);
  auto const until = held_until();
  auto const adult = come(code);
  auto const child = come(code, {{"tickets", {{"child", 1}}}});
  ASSERT_EQ(undo(child).status, 200);
  EXPECT_EQ(open_ones(agent()), 1u);
  EXPECT_EQ(open_tickets().value("child", -1), 2);
  ASSERT_EQ(undo(adult).status, 200);
  EXPECT_EQ(open_ones(agent()), 1u);
  EXPECT_EQ(held_until(), until);
  advance(2 * minute_us);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
  EXPECT_EQ(come(code, three).status, 201);
}

TEST_F(Reservations, leave_nothing_beyond_their_number_of_places) {
  take_places(7);
  auto const code = registered(20, 2);
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}).status, 201);
  ASSERT_EQ(come(code, {{"tickets", {{"adult", 1}, {"companion", 1}}}}).status, 201);
  EXPECT_EQ(open_tickets().value("child", -1), 1);
}

TEST_F(Reservations, are_one_for_a_card_and_event) {
  auto const code = registered(1);
  auto const first = hold(code);
  ASSERT_EQ(first.status, 201);
  auto const again = hold(code);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.slug(), "conflict");
  EXPECT_THAT(again.text, HasSubstr(std::to_string(first.body.at("reservation_id").get<int>())));
  EXPECT_EQ(let_go(agent(), first).status, 204);
  EXPECT_EQ(hold(code).status, 201);
}

TEST_F(Reservations, are_refused_as_a_check_would_refuse) {
  auto const before = sequence();
  EXPECT_EQ(hold(net.codes[5]).answer(), "not_registered");
  SystemRandom random;
  EXPECT_EQ(hold(contract::CardCode::random(random).text()).answer(), "unknown_card");
  EXPECT_EQ(sequence(), before) << "nothing was written";
  auto const code = registered(1, 1);
  EXPECT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}).answer(),
            "children_over_limit");
  EXPECT_EQ(hold(code, {{"tickets", {{"adult", 2}}}}).status, 422);
  EXPECT_EQ(hold(code, {{"venue_id", net.pool.value}}).status, 422) << "another's event";
  EXPECT_EQ(hold(code, {{"hold_minutes", 4321}}).faults(),
            std::vector<std::string>{"/hold_minutes out_of_range"});
  post(as("worker"), "/api/v1/cards/" + code + "/blocks", {{"reason", "lost"}});
  EXPECT_EQ(hold(code).answer(), "blocked");
}

TEST_F(Reservations, look_at_the_day_of_the_event) {
  auto const code = registered(1);
  auto const made = post(as("museum_staff"), "/api/v1/events",
                         {{"venue_id", net.museum.value},
                          {"title", {{"fi", "Ensi vuonna"}}},
                          {"starts_at", ago(-366 * day_us)}});
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(hold(code, {{"event_id", made.body.at("id")}}).answer(), "expired");
}

TEST_F(Reservations, end_with_the_doors_of_the_event_at_the_latest) {
  auto const held = hold(registered(1), {{"hold_minutes", 4320}});
  EXPECT_EQ(held.body.at("expires_at"), ago(-7 * hour_us)) << held;
}

TEST_F(Reservations, end_when_the_event_is_cancelled) {
  ASSERT_EQ(hold(registered(1)).status, 201);
  ASSERT_EQ(change_concert({{"cancelled", true}}).status, 200);
  EXPECT_EQ(open_ones(agent()), 0u);
  EXPECT_EQ(hold(registered(2)).answer(), "event_cancelled");
}

TEST_F(Reservations, end_as_much_later_or_earlier_as_their_event_begins) {
  take_places(9);
  ASSERT_EQ(hold(registered(20), {{"hold_minutes", 30}}).status, 201);
  move_concert(4 * hour_us);
  EXPECT_EQ(held_until(), ago(-4 * hour_us + 30 * minute_us));
  move_concert(3 * hour_us);
  EXPECT_EQ(held_until(), ago(-3 * hour_us + 30 * minute_us));
  advance(150 * minute_us + -second_us);
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
  advance(second_us);
  EXPECT_EQ(come(net.codes[20]).status, 201);
}

TEST_F(Reservations, hold_to_the_start_of_an_event_that_is_moved_so_near_that_they_were_over) {
  take_places(9);
  ASSERT_EQ(hold(registered(20), {{"hold_minutes", 30}}).status, 201);
  move_concert(20 * minute_us);
  EXPECT_EQ(held_until(), ago(-20 * minute_us));
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
  move_concert(-10 * minute_us);
  EXPECT_EQ(held_until(), ago(10 * minute_us - 4 * hour_us)) << "it has begun: to its end";
}

TEST_F(Reservations, keep_their_end_where_the_event_keeps_its_start) {
  ASSERT_EQ(hold(registered(1), {{"hold_minutes", 30}}).status, 201);
  ASSERT_EQ(change_concert({{"quota", 20}, {"ends_at", ago(-9 * hour_us)}}).status, 200);
  EXPECT_EQ(held_until(), ago(-30 * minute_us));
}

TEST_F(Reservations, that_are_a_rest_end_in_their_minute_whenever_the_event_begins) {
  auto const code = registered(1, 1);
  ASSERT_EQ(hold(code, {{"tickets", {{"adult", 1}, {"child", 1}}}}).status, 201);
  ASSERT_EQ(come(code).status, 201);
  EXPECT_EQ(held_until(), ago(-minute_us));
  move_concert(5 * hour_us);
  EXPECT_EQ(held_until(), ago(-minute_us));
}

TEST_F(Reservations, that_have_ended_do_not_come_back_with_a_later_start) {
  ASSERT_EQ(hold(registered(1)).status, 201);
  ASSERT_EQ(let_go(agent(), hold(registered(2))).status, 204);
  advance(15 * minute_us);
  move_concert(5 * hour_us);
  EXPECT_EQ(open_ones(as("museum_staff")), 0u);
}

TEST_F(Reservations, are_seen_and_let_go_by_the_venue_and_by_the_agent_that_made_them) {
  auto const code = registered(1);
  auto const agents = hold(code, {{"order_ref", "tilaus-7"}});
  auto const staffs = post(as("museum_staff"), "/api/v1/reservations", body_of(registered(2)));
  ASSERT_EQ(staffs.status, 201) << staffs;
  EXPECT_EQ(open_ones(as("museum_staff")), 2u);
  EXPECT_EQ(open_ones(agent()), 1u);
  EXPECT_EQ(open_ones(as("pool_staff")), 0u);
  EXPECT_EQ(open_ones(far_agent()), 0u);
  auto const list = get(as("museum_staff"), "/api/v1/reservations");
  EXPECT_EQ(list.body.at("items").at(0).at("order_ref"), "tilaus-7");
  EXPECT_THAT(list.text, Not(HasSubstr(code)));
  EXPECT_EQ(let_go(agent(), staffs).status, 404) << "another's";
  EXPECT_EQ(let_go(as("pool_staff"), staffs).status, 404);
  EXPECT_EQ(let_go(as("museum_staff"), agents).status, 204);
  EXPECT_EQ(let_go(agent(), agents).status, 404) << "it has ended";
}

TEST_F(Reservations, take_an_order_reference_that_names_nobody) {
  auto const code = registered(1);
  EXPECT_EQ(hold(code, {{"order_ref", "131052-308T"}}).faults(),
            std::vector<std::string>{"/order_ref personal_identity_code"});
  EXPECT_EQ(hold(code, {{"order_ref", "a b"}}).faults(),
            std::vector<std::string>{"/order_ref not_a_key"});
}

TEST_F(Reservations, are_repeated_by_their_key) {
  auto const code = registered(1);
  HttpHeaders const key{{"Idempotency-Key", "order:1042"}};
  auto const first = post(agent(), "/api/v1/reservations", body_of(code), key);
  ASSERT_EQ(first.status, 201) << first;
  auto const again =
      post(agent(), "/api/v1/reservations", body_of(net.tokens[0], {{"hold_minutes", 15}}), key);
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text, first.text);
  auto const other =
      post(agent(), "/api/v1/reservations", body_of(code, {{"hold_minutes", 20}}), key);
  EXPECT_EQ(other.slug(), "idempotency-key-reused");
}

TEST_F(Reservations, outlive_a_restart) {
  take_places(9);
  ASSERT_EQ(hold(registered(20), {{"hold_minutes", 60}}).status, 201);
  restart();
  EXPECT_EQ(come(registered(21)).answer(), "quota_full");
}

TEST_F(Reservations, do_not_judge_what_has_happened_already) {
  take_places(9);
  auto const late = registered(20);
  ASSERT_EQ(hold(registered(21), {{"hold_minutes", 300}}).status, 201);
  advance(2 * hour_us);
  auto const told = come(late, {{"occurred_at", ago(hour_us)}});
  EXPECT_EQ(told.body.value("verdict", ""), "fine") << told;
}

TEST_F(Reservations, of_many_tills_for_the_last_places_are_as_many_as_there_are_places) {
  constexpr std::size_t tills = 16;
  constexpr std::size_t cards = 20;
  for (std::size_t i = 1; i <= cards; ++i) registered(i);
  std::atomic<int> held{0}, other{0};
  std::barrier start(tills);
  std::vector<std::thread> threads;
  for (std::size_t till = 0; till < tills; ++till) {
    threads.emplace_back([&, till] {
      TlsClient client(app().port(), patient());
      auto headers = agent();
      headers.emplace_back("Content-Type", "application/json");
      start.arrive_and_wait();
      for (std::size_t i = 0; i < 3; ++i) {
        auto const body = body_of(net.codes[(till * 7 + i * 5) % cards]).dump();
        auto const reply = reply_from(client.post("/api/v1/reservations", body, headers));
        if (reply.status == 201)
          ++held;
        else if (reply.status != 409)
          ++other;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(held, 10);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(open_ones(agent()), 10u);
}

}  // namespace
}  // namespace kaiku::test
