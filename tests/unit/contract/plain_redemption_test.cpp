// The quick reader and the strict one: whatever the first takes, the second reads the same.
#include "schema/contract/plain_redemption.hpp"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace kaiku::contract {
namespace {

Result<RedemptionRequest> strictly(std::string const& body) {
  auto const json = codec::parse_json(body);
  if (!json) return json.error();
  return read_redemption_request(*json);
}

void expect_no_contradiction(std::string const& body) {
  auto const plain = read_plain_redemption(body);
  if (!plain) return;
  auto const strict = strictly(body);
  ASSERT_TRUE(strict) << "the quick reader takes what the strict one refuses: " << body;
  EXPECT_EQ(to_json(*plain), to_json(*strict)) << body;
}

constexpr char usual[] = R"({"idempotency_key":"till-0001","card":"7RJ4-K2M9-XQ0V","venue_id":12,)"
                         R"("tickets":{"adult":1,"child":2}})";

TEST(PlainRedemption, reads_the_usual_body) {
  auto const request = read_plain_redemption(usual);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->idempotency_key, "till-0001");
  EXPECT_EQ(request->card, "7RJ4-K2M9-XQ0V");
  EXPECT_EQ(request->venue, VenueId{12});
  EXPECT_EQ(request->tickets, (Tickets{.adult = 1, .child = 2}));
  EXPECT_FALSE(request->event);
  EXPECT_FALSE(request->kind);
}

TEST(PlainRedemption, reads_members_in_any_order_with_blanks_and_an_event) {
  auto const request = read_plain_redemption(
      " { \"tickets\" : {\"companion\":1 , \"adult\": 1},\n\t\"kind\":\"course_place\","
      "\"event_id\":7,\r\n\"venue_id\":3,\"card\":\"x\",\"idempotency_key\":\"d:1:2:3:4\" } ");
  auto const other = read_plain_redemption(
      " { \"tickets\" : {\"companion\":1 , \"adult\": 1},\n\t\"kind\":\"admission\","
      "\"event_id\":7,\r\n\"venue_id\":3,\"card\":\"x\",\"idempotency_key\":\"d:1:2:3:4\" } ");
  EXPECT_TRUE(request || other);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->event, EventId{7});
  EXPECT_EQ(other->kind, UseKind::admission);
}

TEST(PlainRedemption, reads_the_attempt_that_a_door_names) {
  std::string body = usual;
  body.insert(1, R"("attempt_hash":"000102030405060708090a0b0c0d0e0f",)");
  auto const request = read_plain_redemption(body);
  ASSERT_TRUE(request);
  EXPECT_EQ(to_hex(request->attempt_hash.value()), "000102030405060708090a0b0c0d0e0f");
  expect_no_contradiction(body);
  for (auto const* wrong : {"", "0001", "000102030405060708090a0b0c0d0e0g"}) {
    body = usual;
    body.insert(1, R"("attempt_hash":")" + std::string(wrong) + "\",");
    EXPECT_FALSE(read_plain_redemption(body)) << wrong;
    EXPECT_FALSE(strictly(body)) << wrong;
  }
}

// Each of these the strict reader has to judge.
TEST(PlainRedemption, leaves_all_else_to_the_strict_reader) {
  std::string const good = usual;
  auto const with = [&](std::string const& from, std::string const& to) {
    auto text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (auto const& body : {std::string(),
                           std::string("{}"),
                           good + "x",
                           good + "}",
                           "[" + good + "]",
                           with("\"venue_id\":12", "\"venue_id\":0"),
                           with(":12", ":012"),
                           with(":12", ":12.0"),
                           with(":12", ":1e1"),
                           with(":12", ":-1"),
                           with(":12", ":null"),
                           with(":12", ":\"12\""),
                           with("till-0001", "short"),
                           with("till-0001", "till 0001"),
                           with("till-0001", "till\\u0041"),
                           with("till-0001", "010190-123M"),
                           with("7RJ4", "7R\xC3\xA4"),
                           with("7RJ4-K2M9-XQ0V", ""),
                           with("\"child\":2", "\"child\":21"),
                           with("\"child\":2", "\"adult\":2"),
                           with("\"child\":2", "\"dog\":2"),
                           with("{\"adult\":1,\"child\":2}", "{\"adult\":0}"),
                           with("{\"adult\":1,\"child\":2}", "{}"),
                           with("\"card\"", "\"venue_id\""),
                           with("\"card\"", "\"code\""),
                           with("\"venue_id\":12,", ""),
                           with("\"venue_id\":12", "\"venue_id\":12,\"kind\":\"dinner\""),
                           with("\"venue_id\":12", "\"venue_id\":12,\"occurred_at\":null"),
                           with("\"venue_id\":12", "\"venue_id\":9999999999999999999")}) {
    EXPECT_FALSE(read_plain_redemption(body)) << body;
    EXPECT_EQ(read_redemption_text(body).has_value(), strictly(body).has_value()) << body;
  }
}

TEST(PlainRedemption, never_contradicts_the_strict_reader) {
  std::mt19937_64 random(20261128);
  auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  static constexpr std::array<std::string_view, 36> pieces{"{",
                                                           "}",
                                                           ",",
                                                           ":",
                                                           "\"",
                                                           "\\",
                                                           " ",
                                                           "\n",
                                                           "0",
                                                           "1",
                                                           "20",
                                                           "21",
                                                           "-",
                                                           ".5",
                                                           "e3",
                                                           "null",
                                                           "true",
                                                           "\"adult\"",
                                                           "\"child\"",
                                                           "\"card\"",
                                                           "\"kind\"",
                                                           "\"course\"",
                                                           "\"event_id\"",
                                                           "\"venue_id\"",
                                                           "\"tickets\"",
                                                           "{\"adult\":1}",
                                                           "\"idempotency_key\"",
                                                           "\"till-0002\"",
                                                           "\"010190-123M\"",
                                                           "\xC3\xA4",
                                                           "\x01",
                                                           "[",
                                                           "]",
                                                           "\"attempt_hash\":",
                                                           "\"0102030405060708090a0b0c0d0e0f10\",",
                                                           "\"occurred_at\""};
  std::size_t taken = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string body = usual;
    auto const changes = below(4);
    for (std::size_t n = 0; n < changes; ++n) {
      auto const at = below(body.size() + 1);
      auto const piece = pieces[below(pieces.size())];
      switch (below(3)) {
        case 0: body.insert(at, piece); break;
        case 1: body.erase(at, 1 + below(12)); break;
        default: body.replace(at, 1 + below(3), piece); break;
      }
      if (body.empty()) body = "{";
    }
    taken += read_plain_redemption(body) ? 1 : 0;
    expect_no_contradiction(body);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(taken, 5'000U) << "the test has to meet bodies that are taken";
}

}  // namespace
}  // namespace kaiku::contract
