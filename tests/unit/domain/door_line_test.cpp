#include "server/domain/door_line.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "schema/contract/card_code.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::domain {
namespace {

using Kind = DoorLine::Kind;

DoorLine keys(TicketKeys const& wanted, int reason = 0) { return {Kind::keys, wanted, reason}; }

TEST(DoorLine, reads_what_a_hand_types_at_an_offer) {
  struct Row {
    std::string typed;
    DoorLine line;
  };
  DoorLine const card{Kind::card, {}, 0};
  for (auto const& [typed, line] : std::vector<Row>{
           {"", {}},
           {" \t\r\n", {}},
           {"\xC2\xA0\xE2\x80\x8B", {}},
           {"2", keys({.children = 2})},
           {" 2 ", keys({.children = 2})},
           {"0", keys({.children = 0})},
           {"12", keys({.children = 12})},
           {"A", keys({.assistant = true})},
           {"2A", keys({.children = 2, .assistant = true})},
           {"a 2", keys({.children = 2, .assistant = true})},
           {"tk", keys({.interpreter = true, .companion = true})},
           {"K1AT",
            keys({.children = 1, .assistant = true, .interpreter = true, .companion = true})},
           {"P1", keys({}, 1)},
           {"p4", keys({}, 4)},
           {"P1 2", keys({.children = 2}, 1)},
           {"P22A", keys({.children = 2, .assistant = true}, 2)},
           {"P", card},
           {"P5", card},
           {"P0", card},
           {"AA", card},
           {"1A2", card},
           {"123", card},
           {"-1", card},
           {"2.", card},
           {"B", card},
           {"\xD0\x90", card},  // a Cyrillic А
           {"C0C3-FV5H-XX7N", card},
           {"KK1QWERTYUIOPASDFGH", card}}) {
    EXPECT_EQ(parse_door_line(typed), line) << "\"" << typed << "\"";
  }
}

TEST(DoorLine, too_short_for_a_card_is_a_slip) {
  for (std::string const typed :
       {"P9", "XX", "AA", "123", "-1", "2.", "\xD0\x90", " x y z ",
        "\xC3\xA5\xC3\xA4\xC3\xB6\xC3\xA5\xC3\xA4\xC3\xB6\xC3\xA5", "1234567"}) {
    EXPECT_TRUE(is_slip(typed)) << "\"" << typed << "\"";
  }
  for (std::string const typed : {"", " ", "2", "2A", "P1", "P1 12ATK", "12345678", "C0C3-FV5H",
                                  "C0C3-FV5H-XX7N", "0000-0000-0001"}) {
    EXPECT_FALSE(is_slip(typed)) << "\"" << typed << "\"";
  }
}

TEST(DoorLine, of_a_scanner_that_bounces_is_held_back) {
  std::string const code = "C0C3-FV5H-XX7N";
  struct Row {
    std::string line;
    std::int64_t after_ms;
    bool held;
  };
  for (auto const& [line, after_ms, held] :
       std::vector<Row>{{"", 0, true},
                        {"", 999, true},
                        {"", 1000, false},
                        {"2", 60, true},
                        {"2A", 999, true},
                        {"2AT", 999, true},
                        {"2", 1000, false},
                        {"2A", 1001, false},
                        {"X7N", 1000, true},
                        {"h-xx7n", 4999, true},
                        {"X7N", 5000, false},
                        {"C0C3FV5HXX7N", 4999, true},
                        {"]C0C0C3-FV5H-XX7N", 4999, true},
                        {code + code, 4999, true},
                        {code, 5000, false},
                        {"7NX", 2000, false},
                        {"0000-0000-0001", 60, false},
                        {"", -1, false}}) {  // a clock that was set back holds nobody up
    EXPECT_EQ(is_bounce(line, code, after_ms * 1000), held) << "\"" << line << "\" " << after_ms;
  }
}

TEST(DoorLine, is_the_same_scan_as_long_as_its_card_keeps_coming) {
  std::string const code = "C0C3-FV5H-XX7N";
  EXPECT_TRUE(is_same_scan("c0c3fv5hxx7n", code, same_scan_us - 1));
  EXPECT_TRUE(is_same_scan(code + "\t" + code, code, 0));
  EXPECT_FALSE(is_same_scan(code, code, same_scan_us));
  EXPECT_FALSE(is_same_scan("XX7N", code, 0));
  EXPECT_FALSE(is_same_scan("", code, 0));
}

// Whatever is left of a scan that comes twice, it is no act of a person: no ticket, no reason.
TEST(DoorLine, of_a_tail_of_a_scan_never_gives_a_ticket) {
  std::mt19937_64 random(20261129);
  std::string const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (int n = 0; n < 40; ++n) {
    auto const code = contract::CardCode::from_bits(random() & contract::CardCode::max_bits);
    std::string token = "KK1";
    while (token.size() < 180) token += alphabet[random() % alphabet.size()];
    // Those that would read as keys, too.
    if (n % 3 == 0) token += n % 2 == 0 ? "2A" : "P12";
    for (std::string const& read : {code.text(), code.canonical(), token, "]Q1" + token + "\r"}) {
      for (std::size_t length = 0; length <= read.size(); ++length) {
        auto const tail = read.substr(read.size() - length);
        bool const gives = parse_door_line(tail).kind != Kind::card;
        for (std::int64_t after_us : {0L, 60'000L, 999'999L}) {
          EXPECT_TRUE(is_bounce(tail, read, after_us) || !gives) << tail << " of " << read;
        }
        if (length < 4) continue;
        EXPECT_TRUE(is_bounce(tail, read, 4'999'999) || !gives) << tail << " of " << read;
      }
    }
  }
}

}  // namespace
}  // namespace kaiku::domain
