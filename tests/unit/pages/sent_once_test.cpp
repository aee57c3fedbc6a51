#include "server/pages/frame/sent_once.hpp"

#include <gmock/gmock.h>

#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/frame/page_state.hpp"
#include "tests/unit/pages/visit.hpp"

namespace kaiku::pages {
namespace {

using test::Visit;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string location_of(http::Response const& response) {
  for (auto const& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  return "";
}

class FormsSentOnce : public access::IdentityTest {
 protected:
  // Sends a form whose work says how often it was done, and leaves that behind.
  Result<http::Response> send(std::optional<std::int64_t> account, http::FormPairs const& form,
                              std::string_view path = "/accounts/new") {
    return send(account, form, path, [this] {
      auto const result = "/result/" + std::to_string(++done_);
      return FormDone{see_other(result), "left by " + result};
    });
  }
  Result<http::Response> send(std::optional<std::int64_t> account, http::FormPairs const& form,
                              std::string_view path, FormWork const& work) {
    Visit visit(services_, database_.clock.now(), account, path, encoded(form));
    return write(
        [&](ledger::WriteTx& tx) { return sent_once(visit.call, tx, form, "/fresh", work); });
  }
  std::string led_to(std::optional<std::int64_t> account, http::FormPairs const& form,
                     std::string_view path = "/accounts/new") {
    auto const answer = send(account, form, path);
    EXPECT_TRUE(answer);
    return answer ? location_of(*answer) : "";
  }
  std::optional<std::string> left(std::optional<std::int64_t> account, std::string const& id) {
    Visit visit(services_, database_.clock.now(), account);
    return write([&](ledger::WriteTx& tx) { return left_by_form(visit.call, tx, id); });
  }
  http::FormPairs form(std::string name = "maija", std::string csrf = "token") const {
    return {{"csrf", std::move(csrf)}, {"form_id", id_}, {"username", std::move(name)}};
  }

  std::string id_ = new_form_id(Visit(services_, database_.clock.now(), 12).call);
  int done_ = 0;
};

TEST_F(FormsSentOnce, lead_to_the_first_result_however_often_the_same_is_sent) {
  EXPECT_EQ(led_to(12, form()), "/result/1");
  EXPECT_EQ(led_to(12, form()), "/result/1");
  EXPECT_EQ(led_to(12, form("maija", "token of the next session")), "/result/1");
  EXPECT_EQ(done_, 1);
}

TEST_F(FormsSentOnce, changed_act_no_more_and_lead_to_the_page_that_says_so) {
  ASSERT_EQ(led_to(12, form()), "/result/1");
  auto const address = led_to(12, form("pekka"));
  EXPECT_EQ(done_, 1);
  EXPECT_THAT(address, StartsWith("/form-used?k="));
  EXPECT_THAT(address, Not(HasSubstr("result")));
  Visit visit(services_, database_.clock.now(), 12, address);
  auto page = write([&](ledger::WriteTx& tx) { return get_form_used(visit.call, tx); });
  ASSERT_TRUE(page);
  page->draw();
  EXPECT_THAT(page->body, HasSubstr("Tämä lomake on jo lähetetty."));
  EXPECT_THAT(page->body, HasSubstr("href=\"/result/1\""));
  EXPECT_THAT(page->body, HasSubstr("href=\"/fresh\""));
}

TEST_F(FormsSentOnce, are_another_form_for_another_account_and_at_another_address) {
  EXPECT_EQ(led_to(12, form()), "/result/1");
  EXPECT_EQ(led_to(13, form()), "/result/2");
  EXPECT_EQ(led_to(std::nullopt, form()), "/result/3");
  EXPECT_THAT(led_to(12, form(), "/accounts/12/disable"), StartsWith("/form-used?k="));
  EXPECT_EQ(done_, 3);
}

TEST_F(FormsSentOnce, that_were_refused_may_be_sent_again_with_the_same_id) {
  auto const refuse = [&] { return FormDone{back_to("/accounts/new?k=faults")}; };
  auto const refused = send(12, form("m"), "/accounts/new", refuse);
  ASSERT_TRUE(refused);
  EXPECT_EQ(location_of(*refused), "/accounts/new?k=faults");
  EXPECT_TRUE(refused->keeps_nothing);
  auto const forbidden = [] { return Result<FormDone>(Error(Problem::forbidden)); };
  EXPECT_EQ(send(12, form("n"), "/accounts/new", forbidden).error().problem, Problem::forbidden);
  EXPECT_EQ(led_to(12, form("maija")), "/result/1");
}

TEST_F(FormsSentOnce, leave_what_their_result_shows_to_their_own_account) {
  ASSERT_EQ(led_to(12, form()), "/result/1");
  EXPECT_EQ(left(12, id_), "left by /result/1");
  EXPECT_EQ(left(13, id_), std::nullopt);
  EXPECT_EQ(left(std::nullopt, id_), std::nullopt);
  EXPECT_EQ(left(12, new_form_id(Visit(services_, database_.clock.now(), 12).call)), std::nullopt);
}

TEST_F(FormsSentOnce, need_an_id_of_ours) {
  for (auto const* id : {"", "1", "ABCDEF0123456789ABCDEF0123456789"}) {
    id_ = id;
    EXPECT_EQ(send(12, form()).error().problem, Problem::malformed_request) << id;
  }
  EXPECT_EQ(send(12, {{"username", "maija"}}).error().problem, Problem::malformed_request);
  EXPECT_EQ(done_, 0);
}

TEST_F(FormsSentOnce, that_cannot_be_told_any_more_lead_to_the_start) {
  for (auto const* address : {"/form-used", "/form-used?k=nonsense"}) {
    Visit visit(services_, database_.clock.now(), 12, address);
    auto const answer = write([&](ledger::WriteTx& tx) { return get_form_used(visit.call, tx); });
    ASSERT_TRUE(answer);
    EXPECT_EQ(location_of(*answer), "/");
  }
}

}  // namespace
}  // namespace kaiku::pages
