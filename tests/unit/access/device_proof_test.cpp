#include "server/access/identity/device_proof.hpp"

#include <gtest/gtest.h>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

class DeviceProofs : public ::testing::Test {
 protected:
  http::Request request(std::string const& body = "{\"card\":\"x\"}") {
    http::Request made;
    made.method = http::Method::post;
    made.path = "/door/v1/redemptions";
    made.body = body;
    return made;
  }
  // The request with a proof made for `signed_for` (by default itself).
  http::Request proved(http::Request made, http::Request const& signed_for, Instant time) {
    made.headers = {
        {"authorization", make_device_proof(key_, DeviceId{7}, signed_for, time, nonce_)}};
    return made;
  }
  bool reads(http::Request const& made) {
    auto const proof = read_device_proof(made, clock_.now());
    return proof && signed_by(*proof, key_.public_key());
  }

  test::HandClock clock_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  ByteArray<16> nonce_{1, 2, 3};
};

TEST_F(DeviceProofs, name_the_device_that_signed_this_request) {
  auto const made = proved(request(), request(), clock_.now());
  auto const proof = read_device_proof(made, clock_.now());
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->device, DeviceId{7});
  EXPECT_EQ(proof->nonce, nonce_);
  EXPECT_TRUE(signed_by(*proof, key_.public_key()));
}

TEST_F(DeviceProofs, by_another_key_are_not_its) {
  auto const proof = read_device_proof(proved(request(), request(), clock_.now()), clock_.now());
  EXPECT_FALSE(signed_by(*proof, crypto::P256PrivateKey::generate().public_key()));
}

TEST_F(DeviceProofs, of_another_path_method_query_or_body_are_refused) {
  auto other = request();
  other.path = "/door/v1/checks";
  EXPECT_FALSE(reads(proved(request(), other, clock_.now())));
  other = request();
  other.method = http::Method::put;
  EXPECT_FALSE(reads(proved(request(), other, clock_.now())));
  other = request();
  other.query = "since=5";
  EXPECT_FALSE(reads(proved(request(), other, clock_.now())));
  EXPECT_TRUE(reads(proved(other, other, clock_.now())));
  EXPECT_FALSE(reads(proved(request(), request("{}"), clock_.now())));
}

TEST_F(DeviceProofs, hold_for_five_minutes_either_way) {
  auto const now = clock_.now();
  EXPECT_TRUE(reads(proved(request(), request(), now + 5 * minute_us)));
  EXPECT_TRUE(reads(proved(request(), request(), now + -5 * minute_us)));
  EXPECT_FALSE(reads(proved(request(), request(), now + (5 * minute_us + 1))));
  EXPECT_FALSE(reads(proved(request(), request(), now + (-5 * minute_us - 1))));
  EXPECT_FALSE(reads(proved(request(), request(), Instant{INT64_MAX})));
  EXPECT_FALSE(reads(proved(request(), request(), Instant{INT64_MIN})));
}

TEST_F(DeviceProofs, cut_or_changed_are_refused) {
  auto const good = proved(request(), request(), clock_.now());
  auto const header = good.headers.at(0).second;
  for (std::size_t size = 0; size < header.size(); size += 5) {
    auto cut = good;
    cut.headers.at(0).second = header.substr(0, size);
    EXPECT_FALSE(reads(cut)) << size;
  }
  for (std::size_t at = device_proof_scheme.size(); at < header.size(); at += 3) {
    auto changed = good;
    auto& c = changed.headers.at(0).second.at(at);
    c = c == 'A' ? 'Q' : 'A';
    if (changed.headers.at(0).second == header) continue;
    EXPECT_FALSE(reads(changed)) << at;
  }
}

TEST_F(DeviceProofs, nonces_serve_one_request_each) {
  DeviceNonces nonces(clock_);
  EXPECT_TRUE(nonces.take(DeviceId{7}, nonce_, "first"));
  EXPECT_TRUE(nonces.take(DeviceId{7}, nonce_, "first"));  // the next step of the same request
  auto const again = nonces.take(DeviceId{7}, nonce_, "second");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().problem, Problem::not_signed_in);
  EXPECT_TRUE(nonces.take(DeviceId{8}, nonce_, "third"));  // another device's own
  clock_.advance(10 * minute_us - 1);
  EXPECT_FALSE(nonces.take(DeviceId{7}, nonce_, "fourth"));
}

TEST_F(DeviceProofs, a_device_that_floods_is_held_up_alone_and_for_a_while) {
  DeviceNonces nonces(clock_);
  ByteArray<16> nonce{};
  for (std::size_t i = 0; i < DeviceNonces::most_a_device; ++i) {
    nonce[0] = static_cast<std::uint8_t>(i);
    nonce[1] = static_cast<std::uint8_t>(i >> 8);
    ASSERT_TRUE(nonces.take(DeviceId{7}, nonce, "r"));
  }
  nonce[2] = 1;
  EXPECT_EQ(nonces.take(DeviceId{7}, nonce, "r").error().problem, Problem::too_many_requests);
  EXPECT_TRUE(nonces.take(DeviceId{8}, nonce, "r"));
  clock_.advance(10 * minute_us);
  EXPECT_TRUE(nonces.take(DeviceId{7}, nonce, "r"));
}

}  // namespace
}  // namespace kaiku::access
