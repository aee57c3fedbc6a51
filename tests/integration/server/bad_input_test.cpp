// What is wrong is refused with its own words, and the ledger stays as it was.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Shaped like a personal identity code and right in its check character; nobody's: the well-known
// example of the authorities.
constexpr char identity_code[] = "131052-308T";

class BadInput : public ServerTest {
 protected:
  // A request that is refused and leaves no entry.
  template <class Act>
  Reply refused(Act act) {
    auto const before = sequence();
    auto reply = act();
    EXPECT_GE(reply.status, 400) << reply;
    EXPECT_LT(reply.status, 500) << reply;
    EXPECT_EQ(reply.header("content-type"), "application/problem+json") << reply;
    EXPECT_EQ(sequence(), before) << reply;
    return reply;
  }
  std::string answer_to(std::string const& card, Json const& more = Json::object()) {
    auto const reply = refused([&] { return redeem(card, net.museum, more); });
    EXPECT_EQ(reply.status, 409) << reply;
    EXPECT_EQ(reply.slug(), "not-admitted");
    EXPECT_FALSE(reply.body.value("texts", Json::object()).value("aloud", "").empty());
    // What the check says must be the same word.
    EXPECT_EQ(check(card, net.museum, more).answer(), reply.answer());
    return reply.answer();
  }
  Reply refused_use(std::string const& card, Json const& more) {
    return refused([&] { return redeem(card, net.museum, more); });
  }
  Reply refused_card(Json const& more) {
    Json body{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}};
    body.update(more);
    return refused([&] { return post(as("worker"), "/api/v1/cards", body); });
  }
  Reply change_card(std::string const& code, std::string const& what, Json const& body) {
    return post(as("worker"), "/api/v1/cards/" + code + "/" + what, body);
  }
  // A code of the right form that no card has.
  std::string unknown_code() { return contract::CardCode::random(random_).text(); }

  SystemRandom random_;
};

TEST_F(BadInput, each_state_of_a_card_has_its_own_answer_at_the_door) {
  EXPECT_EQ(answer_to(unknown_code()), "unknown_card");
  EXPECT_EQ(answer_to(net.codes[0]), "not_registered");
  EXPECT_EQ(answer_to(net.tokens[0]), "not_registered");
  auto const blocked = registered(2);
  ASSERT_EQ(change_card(blocked, "blocks", {{"reason", "misuse"}}).status, 200);
  EXPECT_EQ(answer_to(blocked), "blocked");
  auto const replaced = registered(3);
  ASSERT_EQ(change_card(replaced, "replacements", {{"reason", "worn"}}).status, 200);
  EXPECT_EQ(answer_to(replaced), "replaced");
  auto const expiring = registered(4);
  advance(364 * day_us);
  EXPECT_EQ(redeem(expiring, net.museum).status, 201);  // the last valid day
  advance(day_us);
  EXPECT_EQ(answer_to(expiring), "expired");
}

TEST_F(BadInput, a_mistyped_code_and_a_forged_token_are_unreadable) {
  auto code = registered(1);
  code.back() = code.back() == 'X' ? 'Y' : 'X';
  auto token = net.tokens[0];
  auto& last = token[token.size() - 10];
  last = last == 'A' ? 'B' : 'A';
  for (auto const& card : {code, token, std::string("0042-0317"), std::string("KK1AAAA")}) {
    auto const reply = refused_use(card, Json::object());
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.slug(), "unreadable");
    EXPECT_EQ(reply.answer(), "unreadable");
    EXPECT_FALSE(reply.body.at("texts").at("staff").get<std::string>().empty());
  }
}

TEST_F(BadInput, children_beyond_the_limit_and_a_full_quota_are_answers) {
  auto const code = registered(1, 1);
  EXPECT_EQ(answer_to(code, {{"tickets", {{"adult", 1}, {"child", 2}}}}), "children_over_limit");
  EXPECT_EQ(answer_to(code, {{"tickets", {{"child", 1}}}}), "adult_first");
  auto const event = "/api/v1/events/" + std::to_string(net.concert.value);
  auto const etag = get(as("coordinator"), event).header("etag");
  ASSERT_EQ(patch(as("coordinator"), event, {{"quota", 0}}, etag).status, 200);
  EXPECT_EQ(answer_to(code, {{"event_id", net.concert.value}}), "quota_full");
}

TEST_F(BadInput, a_use_with_wrong_fields_is_told_each_of_them) {
  auto const code = registered(1);
  EXPECT_THAT(refused_use(code, {{"colour", "red"}}).faults(),
              ElementsAre("/colour unknown_field"));
  EXPECT_THAT(refused_use(code, {{"venue_id", "one"}}).faults(),
              ElementsAre("/venue_id wrong_type"));
  EXPECT_THAT(refused_use(code, {{"tickets", {{"adult", 1.5}}}}).faults(),
              ElementsAre("/tickets/adult wrong_type"));
  EXPECT_THAT(refused_use(code, {{"tickets", {{"adult", 2}}}}).faults(),
              ElementsAre("/tickets/adult out_of_range"));
  EXPECT_THAT(refused_use(code, {{"tickets", Json::object()}}).faults(),
              ElementsAre("/tickets at_least_one"));
  EXPECT_THAT(refused_use(code, {{"tickets", {{"adult", -1}}}}).faults(),
              Contains("/tickets/adult out_of_range"));
  EXPECT_THAT(refused_use(code, {{"event_id", net.lecture.value}}).faults(),
              ElementsAre("/event_id not_found"));
  EXPECT_THAT(refused_use(code, {{"kind", "lottery"}}).faults(),
              ElementsAre("/kind not_an_option"));
  EXPECT_THAT(
      refused_use(code, {{"occurred_at", to_rfc3339(clock().now() + 2 * minute_us)}}).faults(),
      ElementsAre("/occurred_at out_of_range"));
  EXPECT_THAT(refused_use(code, {{"occurred_at", ago(61 * day_us)}}).faults(),
              ElementsAre("/occurred_at out_of_range"));
  EXPECT_THAT(
      refused_use(code, {{"override", {{"answer", "blocked"}, {"reason", "known_here"}}}}).faults(),
      ElementsAre("/override/answer not_an_option"));
  EXPECT_THAT(
      refused_use(code, {{"override", {{"answer", "already_used_here"}, {"reason", "nice"}}}})
          .faults(),
      ElementsAre("/override/reason not_an_option"));
  EXPECT_EQ(refused_use(code, {{"venue_id", net.far_theatre.value}}).slug(), "forbidden");
}

TEST_F(BadInput, a_registration_with_wrong_facts_is_told_each_of_them) {
  EXPECT_THAT(refused_card({{"birth_year", 2011}}).faults(), ElementsAre("/birth_year under_age"));
  EXPECT_THAT(refused_card({{"children", 21}}).faults(), ElementsAre("/children out_of_range"));
  EXPECT_THAT(refused_card({{"postcode", "5010"}}).faults(), ElementsAre("/postcode too_short"));
  EXPECT_THAT(refused_card({{"postcode", "5010A"}}).faults(),
              ElementsAre("/postcode not_a_postcode"));
  EXPECT_THAT(refused_card({{"postcode", "99999"}}).faults(),
              ElementsAre("/postcode unknown_postcode"));
  EXPECT_THAT(refused_card({{"postcode", nullptr}}).faults(), ElementsAre("/postcode required"));
  EXPECT_THAT(refused_card({{"name", "Maija"}}).faults(), ElementsAre("/name unknown_field"));
  EXPECT_THAT(refused_card({{"background", {{"address", "Kuja 1"}}}}).faults(),
              ElementsAre("/background/address unknown_field"));
  EXPECT_THAT(refused_card({{"card", unknown_code()}}).faults(), ElementsAre("/card unknown_card"));
  EXPECT_THAT(refused_card({{"card", "ABCD-EFGH-JKMN"}}).faults(), ElementsAre("/card unreadable"));
  registered(1);
  EXPECT_THAT(refused_card({{"card", net.codes[0]}}).faults(),
              ElementsAre("/card card_already_registered"));
  // All at once, and with what was sent never said back.
  auto const all = refused_card(
      {{"birth_year", 1812}, {"postcode", "ABCDE"}, {"children", -1}, {"card", "ZZZZ-ZZZZ-ZZZ1"}});
  EXPECT_THAT(all.faults(), ElementsAre("/birth_year out_of_range", "/children out_of_range",
                                        "/postcode not_a_postcode"));
  EXPECT_THAT(all.text, Not(HasSubstr("ABCDE")));
  EXPECT_THAT(all.text, Not(HasSubstr("ZZZZZ")));
  EXPECT_THAT(all.text, Not(HasSubstr("1812")));
}

TEST_F(BadInput, who_turns_sixteen_this_year_gets_a_card) {
  Json const body{{"birth_year", 2010}, {"postcode", "50100"}, {"children", 0}};
  EXPECT_EQ(post(as("worker"), "/api/v1/cards", body).status, 201);
}

TEST_F(BadInput, a_personal_identity_code_is_refused_in_every_text) {
  auto const code = registered(1);
  auto const refusal = [&](char const* account, std::string const& path, Json const& body) {
    auto const reply = refused([&] { return post(as(account), path, body); });
    EXPECT_EQ(reply.status, 422) << path << reply;
    EXPECT_THAT(reply.text, Not(HasSubstr(identity_code)));
    return ::testing::PrintToString(reply.faults());
  };
  auto const said = HasSubstr("personal_identity_code");
  EXPECT_THAT(refused_card({{"background", {{"life_situation", identity_code}}}}).faults(),
              ElementsAre("/background/life_situation personal_identity_code"));
  EXPECT_THAT(
      refused_card({{"background", {{"gender", std::string("x ") + identity_code}}}}).faults(),
      ElementsAre("/background/gender personal_identity_code"));
  EXPECT_THAT(refused_card({{"card", identity_code}}).faults(),
              ElementsAre("/card personal_identity_code"));
  EXPECT_THAT(refused_use(identity_code, Json::object()).faults(),
              Contains("/card personal_identity_code"));
  EXPECT_THAT(refused_use(code, {{"idempotency_key", identity_code}}).faults(),
              Contains("/idempotency_key personal_identity_code"));
  EXPECT_THAT(refusal("worker", "/api/v1/cards/" + code + "/blocks", {{"reason", identity_code}}),
              said);
  EXPECT_THAT(refusal("coordinator", "/api/v1/offices",
                      {{"area_id", "ETELA"},
                       {"municipality", "491"},
                       {"postcode", "50100"},
                       {"name", identity_code}}),
              said);
  EXPECT_THAT(refusal("coordinator", "/api/v1/venues",
                      {{"area_id", "ETELA"},
                       {"municipality", "491"},
                       {"sector", "sport"},
                       {"name", identity_code}}),
              said);
  EXPECT_THAT(refusal("coordinator", "/api/v1/events",
                      {{"venue_id", net.pool.value},
                       {"title", {{"sv", identity_code}}},
                       {"starts_at", ago(0)}}),
              said);
  EXPECT_THAT(refusal("coordinator", "/api/v1/api-keys",
                      {{"name", identity_code}, {"venue_ids", {net.pool.value}}}),
              said);
  EXPECT_THAT(refusal("coordinator", "/api/v1/accounts",
                      {{"role", "issuer_worker"},
                       {"username", identity_code},
                       {"office_id", net.office.value}}),
              said);
  auto const use = redeem(code, net.pool).body.at("redemption_id").get<int>();
  auto const undo = "/api/v1/redemptions/" + std::to_string(use) + "/void";
  EXPECT_THAT(refusal("coordinator", undo, {{"reason", identity_code}}), said);
}

TEST_F(BadInput, a_body_that_is_no_sound_json_is_refused_as_such) {
  HttpHeaders const json{{"Content-Type", "application/json"}};
  auto const text = [&](std::string const& body, HttpHeaders const& headers) {
    return refused([&] { return send(agent(), "POST", "/api/v1/redemptions", body, headers); });
  };
  for (auto const* body :
       {"", "{", "[1,2]x", R"({"card":"a","card":"b"})", "{\"card\":\"\xff\"}", "nul"}) {
    auto const reply = text(body, json);
    EXPECT_EQ(reply.status, 400) << body << reply;
    EXPECT_EQ(reply.slug(), "invalid-json") << body;
  }
  EXPECT_EQ(text("[]", json).slug(), "validation-failed");
  EXPECT_EQ(text("{}", {}).status, 415);
  EXPECT_EQ(text("card=1", {{"Content-Type", "application/x-www-form-urlencoded"}}).slug(),
            "unsupported-media-type");
  EXPECT_EQ(text("{}", {{"Content-Type", "application/json; charset=iso-8859-1"}}).status, 415);
  EXPECT_EQ(text("{\"card\":\"" + std::string(17'000, 'A') + "\"}", json).status, 413);
  EXPECT_EQ(text(std::string(40, '[') + std::string(40, ']'), json).slug(), "invalid-json");
}

TEST_F(BadInput, a_change_without_a_fresh_etag_is_refused) {
  auto const path = "/api/v1/venues/" + std::to_string(net.pool.value);
  Json const change{{"name", "Uusi nimi"}};
  auto const missing = refused([&] { return patch(as("coordinator"), path, change, ""); });
  EXPECT_EQ(missing.status, 428);
  EXPECT_EQ(missing.slug(), "precondition-required");
  auto const etag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, change, etag).status, 200);
  auto const stale = refused([&] { return patch(as("coordinator"), path, change, etag); });
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.slug(), "precondition-failed");
}

TEST_F(BadInput, paging_takes_only_its_own_cursors_and_sizes) {
  auto const list = [&](std::string const& query) {
    return get(as("coordinator"), "/api/v1/venues?" + query);
  };
  EXPECT_THAT(list("limit=0").faults(), ElementsAre("/limit out_of_range"));
  EXPECT_THAT(list("limit=201").faults(), ElementsAre("/limit out_of_range"));
  EXPECT_THAT(list("limit=x").faults(), ElementsAre("/limit out_of_range"));
  EXPECT_EQ(list("limit=200").status, 200);
  EXPECT_THAT(list("cursor=nonsense!").faults(), ElementsAre("/cursor not_a_cursor"));
  EXPECT_EQ(list("limit=2&limit=3").status, 422);
  EXPECT_EQ(list("colour=red").status, 422);
}

TEST_F(BadInput, a_batch_over_five_hundred_needs_a_second_person) {
  auto const reply = refused([&] {
    return post(as("national"), "/api/v1/card-batches", {{"count", 5001}, {"area_id", "ETELA"}});
  });
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.slug(), "batch-too-large");
  EXPECT_EQ(
      post(as("national"), "/api/v1/card-batches", {{"count", 2}, {"area_id", "ETELA"}}).status,
      201);
  EXPECT_THAT(refused([&] {
                return post(as("national"), "/api/v1/card-batches", {{"count", 2}});
              }).faults(),
              ElementsAre("/area_id required"));
}

TEST_F(BadInput, five_hundred_cards_are_a_persons_and_a_days_not_an_orders) {
  auto const order = [&](std::string const& who, int count) {
    return post(as(who), "/api/v1/card-batches", {{"count", count}, {"area_id", "ETELA"}});
  };
  EXPECT_EQ(order("national", 300).status, 201);
  auto const second = order("national", 201);
  EXPECT_EQ(second.status, 202) << second;
  EXPECT_EQ(second.body.value("state", ""), "open");
  EXPECT_FALSE(second.body.contains("batch_id")) << "nothing is made yet";
  auto const followed = get(as("national"), second.header("location"));
  EXPECT_EQ(followed.body, second.body);
  EXPECT_EQ(order("national", 200).status, 201);
  EXPECT_EQ(order("national", 1).status, 202);
  EXPECT_EQ(order("coordinator", 500).status, 201) << "another person";
  advance(day_us);
  EXPECT_EQ(order("national", 500).status, 201);
}

TEST_F(BadInput, an_order_whose_answer_was_lost_is_answered_again_on_a_day_that_is_used_up) {
  Json const order{{"count", 300}, {"area_id", "ETELA"}};
  auto const ask = [&] {
    return post(as("national"), "/api/v1/card-batches", order, {{"Idempotency-Key", "order:one"}});
  };
  auto const first = ask();
  ASSERT_EQ(first.status, 201) << first;
  auto const again = ask();
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.body, first.body);
}

TEST_F(BadInput, a_card_of_stock_cannot_be_changed_like_a_registered_one) {
  auto const stock = net.codes[9];
  for (auto const* what : {"renewals", "unblocks"}) {
    EXPECT_EQ(refused([&] { return change_card(stock, what, Json::object()); }).status, 409)
        << what;
  }
  EXPECT_EQ(refused([&] { return get(as("worker"), "/api/v1/cards/" + unknown_code()); }).status,
            404);
  EXPECT_EQ(refused([&] { return get(as("worker"), "/api/v1/cards/ABCD-ABCD-ABCD"); }).slug(),
            "unreadable");
  auto const own = "/api/v1/cards/" + registered(1);
  EXPECT_EQ(refused([&] { return get(as("other_worker"), own); }).status, 403);
}

}  // namespace
}  // namespace kaiku::test
