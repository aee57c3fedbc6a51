#include "server/pages/frame/links.hpp"

#include <gtest/gtest.h>

#include "server/http/form.hpp"

namespace kaiku::pages {
namespace {

TEST(OwnPath, takes_paths_of_this_site) {
  EXPECT_EQ(own_path("/venue?event=3&fast=1", "/"), "/venue?event=3&fast=1");
}

TEST(OwnPath, refuses_every_way_to_another_site_or_header) {
  for (std::string const asked :
       {"", "//evil.example", "/\\evil.example", "https://evil.example", "venue",
        "/a\r\nSet-Cookie: x=1", "/a b", "/\t/evil", "/<script>"}) {
    EXPECT_EQ(own_path(asked, "/login"), "/login") << asked;
  }
  EXPECT_EQ(own_path("/" + std::string(6000, 'a'), "/"), "/");
}

TEST(EncodedForm, comes_back_as_it_was) {
  http::FormPairs const told{
      {"code", "ABCD-1234-56YZ"}, {"place", "Å & Ö = 100 %+"}, {"empty", ""}};
  auto const read = http::parse_form(encoded(told));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, told);
}

TEST(Address, keeps_all_of_its_query_but_what_holds_an_identity_code) {
  EXPECT_EQ(without_identity_codes("/paper-uses?day=131052-308T"), "/paper-uses");
  EXPECT_EQ(without_identity_codes("/judged?from=131052%20308t&venue=4"), "/judged?venue=4");
  EXPECT_EQ(without_identity_codes("/login?next=%2Fpaper-uses%3Fday%3D131052%2D308T&lang=sv"),
            "/login?lang=sv");
  for (std::string const kept : {"/venue", "/paper-uses?day=15.6.2026&event=3", "/a?b=1+2&c"}) {
    EXPECT_EQ(without_identity_codes(kept), kept);
  }
}

}  // namespace
}  // namespace kaiku::pages
