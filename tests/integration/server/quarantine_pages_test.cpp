// The page of what lies beside a device's journal: what was given, why it waits, and the ruling.
#include <gmock/gmock.h>

#include "tests/integration/server/journal_fixture.hpp"
#include "tests/support/page_browser.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto accept = "Ota mukaan";

class QuarantinePages : public JournalTest {
 protected:
  // A ticket to an adult and two children by a copy of the folder; the use's id.
  std::string told_by_a_copy() {
    journal_.give(registered(1));
    upload_all();
    journal_.go_back_to(0, {});
    pass(second_us);
    journal_.give(registered(2, 2), asking({.adult = 1, .child = 2}));
    upload_all();
    auto const list = get(as("coordinator"), "/api/v1/judged-uses?standing=waiting").body;
    return std::to_string(list.at("items").at(0).at("redemption_id").get<std::int64_t>());
  }
  std::string path() const {
    return "/devices/" + std::to_string(device_.id.value) + "/quarantine";
  }
  PageBrowser browser_of(std::string const& account) {
    PageBrowser browser(
        [this](HttpHeaders const& headers, std::string_view method, std::string const& to,
               std::string const& body) { return send(headers, method, to, body); },
        origin());
    browser.come_in(as(account));
    return browser;
  }
};

TEST_F(QuarantinePages, shows_what_was_given_and_takes_the_ruling) {
  auto const use = told_by_a_copy();
  auto person = browser_of("coordinator");
  EXPECT_THAT(person.open(path()).text,
              AllOf(HasSubstr("1 aikuinen, 2 lasta"), HasSubstr("kansiosta on kopio"),
                    HasSubstr("Ei omaa lippua"), HasSubstr("Odottaa ratkaisua: 1.")));
  auto const before = sequence();
  EXPECT_THAT(person.submit(accept, {{"act", "accept"}}).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("id=\"accept-" + use + "-fault\"")));
  // A reason of the other ruling is none of this one.
  EXPECT_THAT(person.submit(accept, {{"act", "accept"}, {"accept-" + use, "mistyped"}}).text,
              HasSubstr("Valitse syy."));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(person.submit(accept, {{"act", "accept"}, {"accept-" + use, "venue_confirms"}}).text,
              AllOf(HasSubstr("<title>Käyttökerta on hyväksytty."), HasSubstr("Hyväksytty"),
                    Not(HasSubstr(accept))));
  EXPECT_EQ(sequence(), before + 1);
  auto const [action, fields] = person.sent();
  person.resend(action, fields);
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(QuarantinePages, leave_a_use_out_with_its_reason) {
  auto const use = told_by_a_copy();
  auto person = browser_of("coordinator");
  person.open(path());
  EXPECT_THAT(person.submit("Jätä pois", {{"act", "reject"}, {"reject-" + use, "told_twice"}}).text,
              AllOf(HasSubstr("Käyttökertaa ei hyväksytty."), HasSubstr("Ei hyväksytty")));
}

TEST_F(QuarantinePages, keep_the_reasons_when_the_session_ends_meanwhile) {
  auto const use = told_by_a_copy();
  auto const person = mortal("coordinator");
  auto fields = fields_of_form(get(person, path()).text, path());
  fields["act"] = "accept";
  fields["accept-" + use] = "paper_seen";
  fields["reject-" + use] = "mistyped";
  HttpHeaders const of_form{{"Content-Type", "application/x-www-form-urlencoded"}};
  send(person, "POST", "/logout", "x=1", of_form);
  auto const before = sequence();
  auto const to = send(person, "POST", path(), encoded_form(fields), of_form).header("location");
  EXPECT_EQ(sequence(), before);
  auto const next = http::percent_decode(to.substr(to.find('=') + 1)).value_or("");
  auto const again = fields_of_form(get(as("coordinator"), next).text, path());
  EXPECT_EQ(again.at("accept-" + use), "paper_seen");
  EXPECT_EQ(again.at("reject-" + use), "mistyped");
}

TEST_F(QuarantinePages, let_a_venues_staff_look_and_not_rule) {
  told_by_a_copy();
  EXPECT_THAT(get(as("pool_staff"), path()).text,
              AllOf(HasSubstr("1 aikuinen, 2 lasta"), Not(HasSubstr(accept))));
}

TEST_F(QuarantinePages, rule_on_no_use_of_another_device) {
  auto const use = told_by_a_copy();
  auto const other = enrol(net.pool_enrolment, "toinen");
  auto person = browser_of("coordinator");
  person.open(path());
  auto fields = person.hidden_of(accept);
  fields.emplace_back("act", "accept");
  fields.emplace_back("accept-" + use, "venue_confirms");
  person.resend("/devices/" + std::to_string(other.id.value) + "/quarantine", fields);
  EXPECT_EQ(person.first_answer().status, 404);
}

}  // namespace
}  // namespace kaiku::test
