#include <gtest/gtest.h>

#include "server/domain/scope.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using domain::Named;
using domain::Role;

class WriteOrigin : public IdentityTest {
 protected:
  bool passes(http::Request const& request, Route const& route, bool with_session) {
    Call call(request, no_parameters_, services_);
    if (with_session) call.know({}, SessionState{{}, "token"}, {});
    auto const checked = check_write_origin(call, route);
    if (checked) return true;
    EXPECT_EQ(checked.error().problem, Problem::csrf_failed);
    return false;
  }
  static http::Request request(std::string const& origin, std::string const& token = "",
                               std::string const& body = "") {
    http::Request made;
    if (!origin.empty()) made.headers.emplace_back("origin", origin);
    if (!token.empty()) made.headers.emplace_back("x-csrf-token", token);
    made.body = body;
    if (!body.empty()) made.headers.emplace_back("content-type", form_type);
    return made;
  }
  static constexpr char const* form_type = "application/x-www-form-urlencoded";
  std::vector<std::string> const no_parameters_;
  Route json_ = route_for(RoleSet::of(Role::admin));
  Route page_ = [] {
    auto route = route_for(RoleSet::of(Role::admin));
    route.face = Face::page;
    return route;
  }();
  std::string const ours_ = "https://127.0.0.1:8443";
};

TEST_F(WriteOrigin, of_a_session_needs_our_origin_and_its_token) {
  EXPECT_TRUE(passes(request(ours_, "token"), json_, true));
  EXPECT_TRUE(passes(request("https://localhost:8443", "token"), json_, true));
  EXPECT_FALSE(passes(request(ours_), json_, true));
  EXPECT_FALSE(passes(request(ours_, "other"), json_, true));
  EXPECT_FALSE(passes(request("", "token"), json_, true));
  for (auto const* const origin : {"null", "https://127.0.0.1", "http://127.0.0.1:8443",
                                   "https://127.0.0.1:8443.example.org"}) {
    EXPECT_FALSE(passes(request(origin, "token"), json_, true)) << origin;
  }
}

TEST_F(WriteOrigin, of_a_form_needs_the_token_as_a_field) {
  EXPECT_TRUE(passes(request(ours_, "", "a=1&csrf=token"), page_, true));
  EXPECT_FALSE(passes(request(ours_, "token", "a=1"), page_, true));
  EXPECT_FALSE(passes(request(ours_, "", "csrf=toke"), page_, true));
  EXPECT_FALSE(passes(request("null", "", "csrf=token"), page_, true));
}

TEST_F(WriteOrigin, of_what_is_no_form_is_refused_as_that) {
  auto sent = request(ours_);
  sent.headers.emplace_back("content-type", "text/plain");
  sent.body = "csrf=token";
  Call call(sent, no_parameters_, services_);
  call.know({}, SessionState{{}, "token"}, {});
  EXPECT_EQ(check_write_origin(call, page_).error().problem, Problem::unsupported_media_type);
  sent.headers.back().second = form_type;
  sent.body = "csrf=%";
  Call malformed(sent, no_parameters_, services_);
  malformed.know({}, SessionState{{}, "token"}, {});
  EXPECT_EQ(check_write_origin(malformed, page_).error().problem, Problem::malformed_request);
}

// The writer has the call afterwards, and reads no form again.
TEST_F(WriteOrigin, of_a_form_reads_it_once_for_its_handler) {
  auto const part = [](std::string const& head, std::string const& text) {
    return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + text + "\r\n";
  };
  auto plain = request(ours_, "", "a=1&csrf=token");
  auto with_file = request(ours_);
  with_file.headers.emplace_back("content-type", "multipart/form-data; boundary=b");
  with_file.body = part("name=\"csrf\"", "token") +
                   part("name=\"rows\"; filename=\"rows.csv\"", "00100;091") + "--b--";
  for (auto* const sent : {&plain, &with_file}) {
    Call call(*sent, no_parameters_, services_);
    call.know({}, SessionState{{}, "token"}, {});
    auto page = page_;
    page.takes_file = sent == &with_file;
    ASSERT_TRUE(check_write_origin(call, page));
    sent->body.clear();
    auto const& posted = call.posted();
    ASSERT_TRUE(posted) << "read anew of nothing";
    EXPECT_EQ(http::form_value(posted->fields, "csrf"), "token");
    EXPECT_EQ(posted->file.has_value(), sent == &with_file);
    EXPECT_EQ(call.form().has_value(), sent == &plain) << "a form with a file is none without";
  }
  Call unheard(with_file, no_parameters_, services_);
  unheard.know({}, SessionState{{}, "token"}, {});
  EXPECT_EQ(check_write_origin(unheard, page_).error().problem, Problem::csrf_failed);
}

TEST_F(WriteOrigin, without_a_session_is_asked_of_forms_and_of_browsers) {
  EXPECT_TRUE(passes(request(""), json_, false));
  EXPECT_FALSE(passes(request("https://evil.example"), json_, false));
  EXPECT_TRUE(passes(request(ours_), page_, false));
  EXPECT_FALSE(passes(request(""), page_, false));
}

TEST_F(WriteOrigin, signing_in_again_needs_no_token_but_our_origin) {
  auto const login = route_for(anybody);
  EXPECT_TRUE(passes(request(ours_), login, true));
  EXPECT_FALSE(passes(request("https://evil.example"), login, true));
}

TEST_F(WriteOrigin, a_route_is_for_its_roles) {
  domain::Caller caller;
  EXPECT_EQ(authorise(json_, caller).error().problem, Problem::not_signed_in);
  caller.role = Role::device;
  EXPECT_EQ(authorise(json_, caller).error().problem, Problem::forbidden);
  caller.role = Role::admin;
  EXPECT_TRUE(authorise(json_, caller));
}

TEST_F(WriteOrigin, what_is_not_the_callers_own_is_hidden_in_paths_and_forbidden_in_bodies) {
  domain::Caller worker;
  worker.role = Role::issuer_worker;
  worker.office = OfficeId{1};
  AreaId const area{"KEHA"};
  EXPECT_TRUE(domain::require_office(worker, OfficeId{1}, area, Named::in_path));
  EXPECT_EQ(domain::require_office(worker, OfficeId{2}, area, Named::in_path).error().problem,
            Problem::not_found);
  EXPECT_EQ(domain::require_office(worker, OfficeId{2}, area, Named::in_body).error().problem,
            Problem::forbidden);
  EXPECT_EQ(domain::require_area(worker, area, Named::in_body).error().problem, Problem::forbidden);
  EXPECT_EQ(domain::require_venue(worker, VenueId{1}, area, Named::in_path).error().problem,
            Problem::not_found);
  EXPECT_EQ(domain::listed_area(worker).error().problem, Problem::forbidden);
}

}  // namespace
}  // namespace kaiku::access
