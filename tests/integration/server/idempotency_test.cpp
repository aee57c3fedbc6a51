// The same key again: the same use, the same bytes, whatever happened in between.
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

#include "server/api/request_meaning.hpp"
#include "server/app/routes.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class Idempotency : public ServerTest {
 protected:
  Reply send_use(Json const& body) { return post(agent(), "/api/v1/redemptions", body); }
  void expect_repeat(Reply const& first, Json const& body) {
    auto const before = sequence();
    auto const again = send_use(body);
    EXPECT_EQ(again.status, 200) << again;
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(sequence(), before);
  }
};

TEST_F(Idempotency, the_same_key_and_body_give_the_same_bytes_and_receipt) {
  auto const body =
      ticket(registered(1, 2), net.museum, {{"tickets", {{"adult", 1}, {"child", 2}}}});
  auto const first = send_use(body);
  ASSERT_EQ(first.status, 201) << first;
  EXPECT_TRUE(first.body.at("receipt").contains("leaf_hash"));
  expect_repeat(first, body);
}

TEST_F(Idempotency, qr_and_typed_code_of_one_card_are_the_same_body) {
  auto body = ticket(registered(1), net.pool);
  auto const first = send_use(body);
  ASSERT_EQ(first.status, 201);
  body["card"] = net.tokens[0];
  expect_repeat(first, body);
  auto typed = net.codes[0];
  std::erase(typed, '-');
  std::transform(typed.begin(), typed.end(), typed.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  body["card"] = typed;
  expect_repeat(first, body);
}

TEST_F(Idempotency, defaults_filled_in_are_the_same_body) {
  auto body = ticket(registered(1), net.museum, {{"event_id", net.concert.value}});
  auto const first = send_use(body);
  ASSERT_EQ(first.status, 201);
  body["kind"] = "admission";
  body["tickets"] = {
      {"adult", 1}, {"child", 0}, {"assistant", 0}, {"interpreter", 0}, {"companion", 0}};
  body["override"] = nullptr;
  expect_repeat(first, body);
}

TEST_F(Idempotency, a_bound_key_answers_after_undo_expiry_block_and_restart) {
  auto const body = ticket(registered(1), net.museum, {{"event_id", net.concert.value}});
  auto const first = send_use(body);
  ASSERT_EQ(first.status, 201);
  auto const id = std::to_string(first.body.at("redemption_id").get<int>());
  ASSERT_EQ(post(agent(), "/api/v1/redemptions/" + id + "/void", {{"reason", "mistake"}}).status,
            200);
  expect_repeat(first, body);
  ASSERT_EQ(
      post(as("worker"), "/api/v1/cards/" + net.codes[0] + "/blocks", {{"reason", "lost"}}).status,
      200);
  expect_repeat(first, body);
  restart();
  expect_repeat(first, body);
  advance(400 * day_us);
  expect_repeat(first, body);
}

TEST_F(Idempotency, another_body_under_the_same_key_is_refused) {
  registered(1, 1);
  registered(2);
  auto const body = ticket(net.codes[0], net.museum);
  ASSERT_EQ(send_use(body).status, 201);
  auto const before = sequence();
  std::vector<Json> const changes{
      {{"card", net.codes[1]}},          {{"venue_id", net.pool.value}},
      {{"event_id", net.concert.value}}, {{"tickets", {{"adult", 1}, {"child", 1}}}},
      {{"kind", "season_pass"}},         {{"occurred_at", ago(hour_us)}}};
  for (auto const& change : changes) {
    auto other = body;
    other.update(change);
    auto const reply = send_use(other);
    EXPECT_EQ(reply.status, 422) << change << reply;
    EXPECT_EQ(reply.slug(), "idempotency-key-reused") << change;
  }
  EXPECT_EQ(sequence(), before);
}

TEST_F(Idempotency, a_refused_try_binds_nothing_and_is_judged_afresh) {
  auto const body = ticket(net.codes[0], net.pool);
  EXPECT_EQ(send_use(body).answer(), "not_registered");
  registered(1);
  EXPECT_EQ(send_use(body).status, 201);
  // Nor does a key that was tried on one card stand in the way of another.
  auto other = ticket(net.codes[1], net.pool);
  EXPECT_EQ(send_use(other).status, 409);
  other["card"] = net.codes[0];
  EXPECT_EQ(send_use(other).status, 201);
}

TEST_F(Idempotency, keys_are_unique_per_caller_alone) {
  auto const body = ticket(registered(1), net.pool);
  ASSERT_EQ(send_use(body).status, 201);
  EXPECT_EQ(post(as("pool_staff"), "/api/v1/redemptions", body).status, 201);
}

TEST_F(Idempotency, a_key_of_another_shape_is_refused) {
  registered(1);
  for (auto const* key : {"short", "has space in it", "ääkköset-avaimessa", ""}) {
    auto body = ticket(net.codes[0], net.pool);
    body["idempotency_key"] = key;
    EXPECT_EQ(send_use(body).slug(), "validation-failed") << key;
  }
  auto body = ticket(net.codes[0], net.pool);
  body["idempotency_key"] = std::string(65, 'k');
  EXPECT_EQ(send_use(body).status, 422);
  body["idempotency_key"] = std::string(64, 'k');
  EXPECT_EQ(send_use(body).status, 201);
}

// Each POST that creates, with its sender, a body and another body.
struct Creating {
  std::string who;
  std::string path;
  Json body;
  Json other;
};

class IdempotencyHeader : public Idempotency {
 protected:
  std::vector<Creating> creating() {
    auto const card = [&](std::size_t n) { return "/api/v1/cards/" + registered(n); };
    Json const holder{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}};
    auto holder_2 = holder;
    holder_2["children"] = 1;
    auto const batch = "/api/v1/card-batches/" + std::to_string(net.batch.value);
    Json const town{{"code", "905"}, {"name", {{"fi", "Vaasa"}}}};
    Json const venue{
        {"area_id", "ETELA"}, {"municipality", "491"}, {"sector", "sport"}, {"name", "Kenttä"}};
    Json const office{
        {"area_id", "ETELA"}, {"municipality", "491"}, {"postcode", "50100"}, {"name", "Uusi"}};
    auto const named = [](Json body) {
      body["name"] = "Toinen";
      return body;
    };
    Json const event{
        {"venue_id", net.pool.value}, {"title", {{"fi", "Uinti"}}}, {"starts_at", ago(0)}};
    auto event_2 = event;
    event_2["quota"] = 5;
    return {
        {"worker", "/api/v1/cards", holder, holder_2},
        {"worker", card(1) + "/renewals", Json::object(), {{"children", 3}}},
        {"worker", card(2) + "/replacements", {{"reason", "lost"}}, {{"reason", "worn"}}},
        {"worker", card(3) + "/blocks", {{"reason", "lost"}}, {{"reason", "misuse"}}},
        {"coordinator", "/api/v1/card-batches", {{"count", 2}}, {{"count", 3}}},
        {"coordinator", batch + "/voids", {{"from", 50}, {"to", 51}}, {{"from", 52}, {"to", 52}}},
        {"coordinator", "/api/v1/venues", venue, named(venue)},
        {"coordinator", "/api/v1/offices", office, named(office)},
        {"coordinator", "/api/v1/events", event, event_2},
        {"national",
         "/api/v1/areas",
         {{"id", "LANSI"}, {"name", {{"fi", "Länsi"}}}, {"municipalities", {town}}},
         {{"id", "ITA"}, {"name", {{"fi", "Itä"}}}, {"municipalities", {town}}}},
        {"coordinator",
         "/api/v1/accounts",
         {{"role", "issuer_worker"}, {"username", "uusi"}, {"office_id", net.office.value}},
         {{"role", "issuer_worker"}, {"username", "toinen"}, {"office_id", net.office.value}}},
        {"coordinator",
         "/api/v1/api-keys",
         {{"name", "Liput"}, {"venue_ids", {net.pool.value}}},
         {{"name", "Toiset"}, {"venue_ids", {net.pool.value}}}},
        {"coordinator",
         "/api/v1/devices/enrolment-codes",
         {{"venue_id", net.pool.value}},
         {{"venue_id", net.museum.value}}},
        {"coordinator",
         "/api/v1/accounts/" + std::to_string(account("pool_staff").value) + "/resets",
         Json::object(), nullptr},
    };
  }
};

TEST_F(IdempotencyHeader, a_creating_post_that_comes_again_creates_nothing_and_says_the_same) {
  int n = 0;
  for (auto const& one : creating()) {
    SCOPED_TRACE(one.path.substr(0, 24) + one.body.dump());
    HttpHeaders const key{{"Idempotency-Key", "header-key-" + std::to_string(++n)}};
    auto const first = post(as(one.who), one.path, one.body, key);
    ASSERT_LT(first.status, 300) << first;
    auto const before = sequence();
    auto const again = post(as(one.who), one.path, one.body, key);
    EXPECT_EQ(again.status, 200) << again;
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(again.header("location"), first.header("location"));
    if (!one.other.is_null()) {
      auto const other = post(as(one.who), one.path, one.other, key);
      EXPECT_EQ(other.slug(), "idempotency-key-reused") << other;
    }
    EXPECT_EQ(sequence(), before);
  }
}

TEST_F(IdempotencyHeader, an_answer_that_may_not_be_stored_elsewhere_stays_so_when_repeated) {
  HttpHeaders const key{{"Idempotency-Key", "secret-answer-1"}};
  Json const body{{"name", "Liput"}, {"venue_ids", {net.pool.value}}};
  auto const first = post(as("coordinator"), "/api/v1/api-keys", body, key);
  ASSERT_EQ(first.status, 201) << first;
  EXPECT_EQ(first.header("cache-control"), "no-store");
  EXPECT_EQ(post(as("coordinator"), "/api/v1/api-keys", body, key).header("cache-control"),
            "no-store");
}

TEST_F(IdempotencyHeader, a_post_without_a_body_takes_a_key_too) {
  auto const path = "/api/v1/accounts/" + std::to_string(account("pool_staff").value) + "/resets";
  HttpHeaders const key{{"Idempotency-Key", "reset-key-1"}};
  auto const first = send(as("coordinator"), "POST", path, "", key);
  EXPECT_EQ(first.status, 201) << first;
  EXPECT_EQ(send(as("coordinator"), "POST", path, "", key).text, first.text);
}

// One request, and the same said in another way.
struct SaidTwice {
  std::string who, path;
  Json body;
  std::string other_path;
  Json other;
};

class SameRequest : public IdempotencyHeader {
 protected:
  std::vector<SaidTwice> said_twice();
};

std::vector<SaidTwice> SameRequest::said_twice() {
  Json holder{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}};
  auto const with = [](Json body, Json const& more) {
    body.update(more);
    return body;
  };
  auto const renewed = registered(10, 2);
  auto plain = renewed;
  std::erase(plain, '-');
  Json const event{{"venue_id", net.pool.value},
                   {"title", {{"fi", "Uinti"}}},
                   {"starts_at", "2026-06-20T15:00:00Z"}};
  Json const town{{"code", "905"}, {"name", {{"fi", "Vaasa"}}}};
  Json const area{{"id", "LANSI"}, {"name", {{"fi", "Länsi"}}}, {"municipalities", {town}}};
  auto other_area = with(area, {{"policy", {{"validity_months", 12}, {"fixed_end", nullptr}}}});
  other_area["name"]["sv"] = "";
  other_area["municipalities"][0]["name"]["en"] = "";
  auto const accounts = "/api/v1/accounts";
  Json const person{
      {"role", "issuer_worker"}, {"username", "uusi"}, {"office_id", net.office.value}};
  Json const venue{
      {"area_id", "ETELA"}, {"municipality", "491"}, {"sector", "sport"}, {"name", "Kenttä"}};
  auto const cards = std::string("/api/v1/cards");
  return {
      {"worker", cards, with(holder, {{"card", net.codes[0]}}), cards,
       with(holder, {{"card", net.tokens[0]}})},
      {"worker", cards, with(holder, {{"card", net.tokens[1]}}), cards,
       with(holder, {{"card", net.codes[1]}})},
      {"worker", cards, holder, cards,
       with(holder, {{"kind", "personal"}, {"background", Json::object()}, {"card", nullptr}})},
      {"worker", cards, holder, cards,
       with(holder, {{"municipality", "491"}, {"issued_on", to_iso(today())}})},
      {"worker", cards, with(holder, {{"municipality", "491"}}), cards, holder},
      {"worker",
       cards + "/" + renewed + "/renewals",
       Json::object(),
       cards + "/" + plain + "/renewals",
       {{"children", 2}}},
      {"worker",
       cards + "/" + registered(11) + "/blocks",
       {{"reason", "lost"}},
       cards + "/" + net.tokens[10] + "/blocks",
       {{"reason", "lost"}}},
      {"worker",
       cards + "/" + registered(12) + "/replacements",
       {{"reason", "worn"}},
       cards + "/" + net.tokens[11] + "/replacements",
       {{"reason", "worn"}, {"card", nullptr}}},
      {"coordinator", "/api/v1/events", event, "/api/v1/%65vents",
       with(event, {{"starts_at", "2026-06-20T18:00:00+03:00"},
                    {"ends_at", "2026-06-20T20:00:00+03:00"},
                    {"kind", "admission"},
                    {"children_allowed", true},
                    {"sold_out", false},
                    {"quota", nullptr}})},
      {"coordinator",
       "/api/v1/card-batches",
       {{"count", 2}},
       "/api/v1/card-batches",
       {{"count", 2}, {"area_id", "ETELA"}, {"office_id", nullptr}}},
      {"coordinator", accounts, person, accounts, with(person, {{"language", "fi"}})},
      {"coordinator", "/api/v1/venues", venue, "/api/v1/venues", with(venue, {{"limit", nullptr}})},
      {"coordinator",
       "/api/v1/devices/enrolment-codes",
       {{"venue_id", net.pool.value}},
       "/api/v1/devices/enrolment-codes",
       {{"venue_id", net.pool.value}, {"uses", 1}}},
      {"national", "/api/v1/areas", area, "/api/v1/areas", other_area},
  };
}

// Sent under one key, the second gets the first one's answer.
TEST_F(SameRequest, is_known_however_it_is_said) {
  int n = 0;
  for (auto const& row : said_twice()) {
    SCOPED_TRACE(row.other_path.substr(0, 24) + row.other.dump());
    HttpHeaders const key{{"Idempotency-Key", "said-otherwise-" + std::to_string(++n)}};
    auto const first = post(as(row.who), row.path, row.body, key);
    ASSERT_LT(first.status, 300) << first;
    auto const before = sequence();
    EXPECT_EQ(post(as(row.who), row.other_path, row.other, key).text, first.text);
    EXPECT_EQ(post(as(row.who), row.path, row.body, key).text, first.text);
    EXPECT_EQ(sequence(), before);
  }
}

TEST(RequestMeaning, of_every_route_that_takes_a_key_is_known) {
  for (auto const& route : routes()) {
    EXPECT_TRUE(!route.creates || api::has_meaning(route.pattern)) << route.pattern;
  }
}

TEST_F(IdempotencyHeader, a_key_may_stand_in_quotation_marks_and_may_not_be_empty_or_a_persons) {
  auto const path = "/api/v1/card-batches";
  auto const with_key = [&](std::string const& key) {
    return post(as("coordinator"), path, {{"count", 2}}, {{"Idempotency-Key", key}});
  };
  auto const first = with_key("\"quoted-key-1\"");
  ASSERT_EQ(first.status, 201) << first;
  EXPECT_EQ(with_key("quoted-key-1").text, first.text);
  auto const before = sequence();
  for (auto const* key : {"", "\"\"", "\"half-quoted", "half-quoted\"", "\"\"twice-quoted\"\""}) {
    EXPECT_THAT(with_key(key).faults(), ElementsAre("/headers/Idempotency-Key not_a_key")) << key;
  }
  for (auto const* key : {"131052-308T", "\"131052-308t\""}) {
    EXPECT_THAT(with_key(key).faults(),
                ElementsAre("/headers/Idempotency-Key personal_identity_code"));
  }
  EXPECT_EQ(sequence(), before);
}

TEST_F(IdempotencyHeader, a_refused_post_binds_nothing) {
  HttpHeaders const key{{"Idempotency-Key", "refused-first"}};
  Json body{{"birth_year", 2015}, {"postcode", "50100"}, {"children", 0}};
  EXPECT_EQ(post(as("worker"), "/api/v1/cards", body, key).status, 422);
  body["birth_year"] = 1990;
  EXPECT_EQ(post(as("worker"), "/api/v1/cards", body, key).status, 201);
}

TEST_F(IdempotencyHeader,
       spacing_and_order_of_members_do_not_matter_and_the_key_outlives_a_restart) {
  HttpHeaders key{{"Idempotency-Key", "spacing-key"}, {"Content-Type", "application/json"}};
  auto const first =
      send(as("coordinator"), "POST", "/api/v1/card-batches",
           R"({"count":2,"office_id":)" + std::to_string(net.office.value) + "}", key);
  ASSERT_EQ(first.status, 201) << first;
  restart();
  auto const again =
      send(as("coordinator"), "POST", "/api/v1/card-batches",
           R"({ "office_id" : )" + std::to_string(net.office.value) + R"(, "count" : 2 })", key);
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text, first.text);
  HttpHeaders const bad{{"Idempotency-Key", "bad key"}};
  EXPECT_THAT(post(as("coordinator"), "/api/v1/card-batches", {{"count", 2}}, bad).faults(),
              ElementsAre("/headers/Idempotency-Key not_a_key"));
}

}  // namespace
}  // namespace kaiku::test
