#include "server/access/identity/totp.hpp"

#include <gtest/gtest.h>

#include "server/domain/one_time_steps.hpp"

namespace kaiku::access {
namespace {

ByteView const rfc_secret = bytes_of("12345678901234567890");
Instant at_second(std::int64_t second) { return {second * second_us}; }

TEST(Totp, gives_the_codes_of_rfc_6238_appendix_b) {
  struct Row {
    std::int64_t second;
    char const* code;  // the last six of the table's eight digits
  };
  for (auto const& row : {Row{59, "287082"}, Row{1'111'111'109, "081804"},
                          Row{1'111'111'111, "050471"}, Row{1'234'567'890, "005924"},
                          Row{2'000'000'000, "279037"}, Row{20'000'000'000, "353130"}}) {
    EXPECT_EQ(totp_code(rfc_secret, domain::one_time_step_at(at_second(row.second))), row.code)
        << row.second;
  }
}

TEST(Totp, takes_the_code_of_the_step_before_and_after_and_no_others) {
  auto const now = at_second(1'234'567'890);
  auto const step = domain::one_time_step_at(now);
  for (std::int64_t off = -3; off <= 3; ++off) {
    auto const found = matching_totp_step(rfc_secret, totp_code(rfc_secret, step + off), now);
    if (off >= -1 && off <= 1)
      EXPECT_EQ(found, step + off);
    else
      EXPECT_EQ(found, std::nullopt) << off;
  }
}

TEST(Totp, refuses_what_is_not_six_characters) {
  auto const now = at_second(59);
  for (auto const* const code : {"", "28708", "2870820", "94287082", "28708 "}) {
    EXPECT_EQ(matching_totp_step(rfc_secret, code, now), std::nullopt) << code;
  }
}

TEST(Totp, says_how_long_until_the_first_code_that_can_work) {
  EXPECT_EQ(domain::seconds_to_code_after(0, at_second(29)), 1);
  EXPECT_EQ(domain::seconds_to_code_after(1, at_second(29)), 31);
  EXPECT_EQ(domain::seconds_to_code_after(0, at_second(45)), 1);
}

TEST(Totp, writes_the_uri_that_authenticator_apps_read) {
  EXPECT_EQ(otpauth_uri("Kaiku koe", "a@b", rfc_secret),
            "otpauth://totp/Kaiku%20koe:a%40b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Kaiku%20koe&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace kaiku::access
