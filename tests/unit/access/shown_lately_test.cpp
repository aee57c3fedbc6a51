// Credentials that were good a moment ago.
#include "server/access/call/shown_lately.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

Digest credential(int number) { return crypto::sha256(bytes_of(std::to_string(number))); }

TEST(ShownLately, are_known_for_half_an_hour_and_then_forgotten) {
  test::HandClock clock;
  ShownLately shown(clock);
  EXPECT_FALSE(shown.knows(credential(1)));
  shown.note(credential(1));
  clock.advance(ShownLately::kept_us - 1);
  shown.note(credential(2));
  EXPECT_TRUE(shown.knows(credential(1)));
  clock.advance(ShownLately::kept_us);
  shown.note(credential(3));
  EXPECT_TRUE(shown.knows(credential(2)));
  clock.advance(ShownLately::kept_us);
  shown.note(credential(4));
  EXPECT_FALSE(shown.knows(credential(1)));
  EXPECT_TRUE(shown.knows(credential(3)));
}

TEST(ShownLately, are_forgotten_on_a_server_where_nobody_else_comes) {
  test::HandClock clock;
  ShownLately shown(clock);
  shown.note(credential(1));
  clock.advance(2 * ShownLately::kept_us);
  EXPECT_FALSE(shown.knows(credential(1)));
}

TEST(ShownLately, are_bounded_however_many_come) {
  test::HandClock clock;
  ShownLately shown(clock);
  auto const all = static_cast<int>(3 * ShownLately::most);
  for (int i = 0; i < all; ++i) shown.note(credential(i));
  int known = 0;
  for (int i = 0; i < all; ++i) known += shown.knows(credential(i)) ? 1 : 0;
  EXPECT_LE(known, static_cast<int>(ShownLately::most));
  EXPECT_TRUE(shown.knows(credential(all - 1)));
}

http::Request asking(char const* name, std::string value) {
  http::Request request;
  request.peer = "192.0.2.1";
  request.headers.emplace_back(name, std::move(value));
  return request;
}

TEST(Credential, is_the_key_the_session_or_the_network_of_a_proof) {
  auto const of = [](http::Request const& request) { return credential_of(request, {}); };
  EXPECT_EQ(of({}), std::nullopt);
  auto const key = [](char end) { return "kaiku_" + std::string(42, 'a') + end; };
  auto const bearer = [&](std::string const& text) { return of(asking("authorization", text)); };
  auto const one = bearer("Bearer " + key('a'));
  EXPECT_NE(one, std::nullopt);
  EXPECT_NE(one, bearer("Bearer " + key('b')));
  EXPECT_EQ(one, bearer("bEARER   " + key('a'))) << "one key is one credential";
  EXPECT_EQ(bearer("Bearer nonsense"), std::nullopt);
  auto const session = of(asking("cookie", "__Host-kaiku=abc"));
  EXPECT_NE(session, std::nullopt);
  EXPECT_NE(session, of(asking("cookie", "__Host-kaiku=abd")));
  auto proof = asking("authorization", "Kaiku-Device one");
  auto other_proof = asking("authorization", "Kaiku-Device two");
  EXPECT_EQ(of(proof), of(other_proof)) << "each is another; the network is what they share";
  other_proof.peer = "198.51.100.1";
  EXPECT_NE(of(proof), of(other_proof));
}

}  // namespace
}  // namespace kaiku::access
