// The scheme's commitment: a place accepts it before its people begin, and tickets wait for
// nothing.
#include <gmock/gmock.h>

#include "server/ledger/ledger.hpp"
#include "tests/integration/server/network_pages_fixture.hpp"
#include "tests/support/page_browser.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char path[] = "/commitment";

class CommitmentPages : public NetworkPages {
 protected:
  // As if these places had accepted a version before the one that stands now.
  void fall_behind() {
    write([this](ledger::WriteTx& tx) {
      ledger::append(tx, {}, ledger::CommitmentAccepted{net.office, std::nullopt, 0});
      ledger::append(tx, {}, ledger::CommitmentAccepted{std::nullopt, net.pool, 0});
    });
  }
  std::string leads_to(std::string const& who, std::string const& from) {
    auto const answer = get(as(who), from);
    EXPECT_EQ(answer.status, 303) << from << answer;
    return answer.header("location");
  }
  // The set-up link of a new account of that venue's staff.
  std::string staff_link(std::int64_t venue, std::string const& name) {
    auto const made = post(as("admin"), "/api/v1/accounts",
                           {{"role", "venue_staff"}, {"username", name}, {"venue_id", venue}});
    EXPECT_EQ(made.status, 201) << made;
    auto const token = made.body.at("set_up").at("token").get<std::string>();
    keep_secret(token);
    return "/set-up/" + token;
  }
  // Signed in for the first time, in a browser of their own.
  PageBrowser first_sign_in(std::string const& link) {
    PageBrowser person(
        {[this](HttpHeaders const& headers, std::string_view method, std::string const& to,
                std::string const& body) { return send(headers, method, to, body); },
         origin()});
    person.open(link);
    std::string const password(test_password);
    person.submit("Tallenna salasana", {{"password", password}, {"again", password}});
    person.submit("Ohita");
    return person;
  }
};

TEST_F(CommitmentPages, stands_before_the_start_page_until_it_is_accepted) {
  EXPECT_EQ(leads_to("worker", "/"), "/cards/new");
  fall_behind();
  EXPECT_EQ(leads_to("worker", "/"), path);
  EXPECT_EQ(leads_to("worker", "/login"), path);
  EXPECT_EQ(leads_to("worker", "/cards/new"), path);
  auto const before = sequence();
  auto const form = filled("worker", path, {});
  EXPECT_EQ(form.at("version"), "1");
  auto const sent = send_form("worker", path, form);
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_EQ(send_form("worker", path, form).header("location"), sent.header("location"));
  EXPECT_EQ(sequence(), before + 1) << "sent twice, done once";
  auto const page = follow("worker", sent);
  EXPECT_EQ(link_named(page.text, "Jatka"), "/cards/new");
  EXPECT_THAT(page.text, Not(HasSubstr("Hyväksymme sitoumuksen")));
  EXPECT_EQ(leads_to("worker", "/"), "/cards/new");
  EXPECT_EQ(get(as("worker"), "/cards/new").status, 200);
}

TEST_F(CommitmentPages, of_another_version_are_shown_anew_and_accept_nothing) {
  fall_behind();
  auto const before = sequence();
  auto const sent = send_form("worker", path, filled("worker", path, {{"version", "0"}}));
  EXPECT_THAT(follow("worker", sent).text, HasSubstr("<button>Hyväksymme sitoumuksen</button>"));
  EXPECT_EQ(sequence(), before);
  EXPECT_EQ(leads_to("worker", "/"), path);
}

TEST_F(CommitmentPages, accepted_already_write_nothing_more) {
  fall_behind();
  auto const first = filled("worker", path, {});
  auto const second = filled("worker", path, {});
  send_form("worker", path, first);
  auto const before = sequence();
  EXPECT_THAT(follow("worker", send_form("worker", path, second)).text,
              HasSubstr("Sitoumus on hyväksytty"));
  EXPECT_EQ(sequence(), before);
}

TEST_F(CommitmentPages, are_told_at_the_door_and_hold_no_ticket_up) {
  fall_behind();
  auto const door = get(as("pool_staff"), "/door/basic");
  EXPECT_EQ(door.status, 200);
  EXPECT_THAT(door.text, AllOf(HasSubstr("Kohde ei ole vielä hyväksynyt sitoumusta."),
                               HasSubstr("id=\"card\"")));
  EXPECT_EQ(link_named(door.text, "Lue sitoumus"), path);
  EXPECT_EQ(redeem(registered(1), net.pool).status, 201);
  EXPECT_EQ(leads_to("pool_staff", "/"), path);
  EXPECT_EQ(link_named(get(as("pool_staff"), path).text, "Anna lippuja ensin"), "/door/basic");
  send_form("pool_staff", path, filled("pool_staff", path, {}));
  EXPECT_THAT(get(as("pool_staff"), "/door/basic").text, Not(HasSubstr("hyväksynyt sitoumusta")));
  EXPECT_EQ(leads_to("worker", "/"), path) << "the office has its own to accept";
}

TEST_F(CommitmentPages, are_accepted_by_one_for_all_of_a_new_place) {
  auto const made = post(
      as("coordinator"), "/api/v1/venues",
      {{"area_id", "ETELA"}, {"municipality", "491"}, {"sector", "sport"}, {"name", "Uusi halli"}});
  ASSERT_EQ(made.status, 201) << made;
  auto const venue = made.body.at("id").get<std::int64_t>();
  auto first = first_sign_in(staff_link(venue, "halli.yksi"));
  EXPECT_EQ(first.address(), path);
  EXPECT_THAT(text_in(first.page().text), HasSubstr("Uusi halli"));
  first.submit("Hyväksymme sitoumuksen");
  EXPECT_THAT(first.page().text, HasSubstr("Sitoumus on hyväksytty"));
  EXPECT_EQ(first_sign_in(staff_link(venue, "halli.kaksi")).address(), "/door/basic");
}

TEST_F(CommitmentPages, that_are_missing_are_counted_and_named_for_coordinators) {
  auto const offices = text_in(get(as("coordinator"), "/offices").text);
  EXPECT_THAT(offices, AllOf(HasSubstr("hyväksytty"), Not(HasSubstr("ei vielä"))));
  fall_behind();
  EXPECT_EQ(times(get(as("coordinator"), "/offices").text, ">ei vielä<"), 1);
  EXPECT_EQ(times(get(as("coordinator"), "/venues").text, ">ei vielä<"), 1);
  auto const start = get(as("coordinator"), "/area").text;
  EXPECT_THAT(text_in(start), AllOf(HasSubstr("1 toimipiste ei ole vielä hyväksynyt sitoumusta."),
                                    HasSubstr("1 kohde ei ole vielä hyväksynyt sitoumusta.")));
  EXPECT_EQ(link_named(start, "Näytä kohteet"), "/venues?area=ETELA");
  EXPECT_THAT(text_in(get(as("far_coordinator"), "/area").text), Not(HasSubstr("sitoumusta")));
  send_form("worker", path, filled("worker", path, {}));
  EXPECT_THAT(text_in(get(as("coordinator"), "/area").text), Not(HasSubstr("toimipiste ei ole")));
}

}  // namespace
}  // namespace kaiku::test
