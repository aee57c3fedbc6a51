// What needs a second person, on pages: a batch of more cards than one person may make.
#include <gmock/gmock.h>

#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto make_batch = "Luo korttierä";
constexpr auto refuse = "Älä hyväksy pyyntöä";

class ApprovalPages : public Browsing {
 protected:
  ApprovalPages() : asker(browser_of("coordinator")), other(browser_of("national")) {
    give_password("coordinator");
    give_password("national");
  }
  // Asked for on the first page of stock; the request's own page.
  std::string asked() {
    asker.open("/batches/new");
    asker.submit(make_batch,
                 {{"count", "800"}, {"office", ""}, {"one_time_code", totp("coordinator")}});
    EXPECT_THAT(asker.address(), StartsWith("/approvals/"));
    return asker.address();
  }

  PageBrowser asker, other;
};

TEST_F(ApprovalPages, a_large_batch_waits_and_is_made_by_whoever_approves_it) {
  auto const before = sequence();
  auto const address = asked();
  EXPECT_EQ(sequence(), before + 1) << "it is asked for and nothing else";
  EXPECT_THAT(asker.page().text,
              AllOf(HasSubstr("Odottaa toisen henkilön hyväksyntää 22.6.2026 asti."),
                    HasSubstr("Korttierä, 800 korttia"), Not(HasSubstr(refuse))));
  EXPECT_THAT(get(as("coordinator"), "/area").text,
              AllOf(HasSubstr("Odottaa toisen henkilön hyväksyntää"),
                    Not(HasSubstr("odottaa hyväksyntääsi"))));
  EXPECT_THAT(get(as("national"), "/area").text, HasSubstr("1 pyyntö odottaa hyväksyntääsi."));
  other.open(address);
  EXPECT_THAT(other.submit(refuse, {{"act", "approve"}}).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("Kirjoita kertakoodi.")));
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(
      other.submit(refuse, {{"act", "approve"}, {"one_time_code", totp("national")}}).text,
      AllOf(HasSubstr("Pyyntö on hyväksytty ja erä luotu."), HasSubstr("href=\"/batches/")));
  EXPECT_EQ(sequence(), before + 3) << "the batch and the decision";
  EXPECT_THAT(get(as("coordinator"), "/area").text, HasSubstr(": hyväksytty</li>"));
  EXPECT_THAT(get(as("national"), "/area").text, Not(HasSubstr("odottaa hyväksyntääsi")));
}

TEST_F(ApprovalPages, an_approved_batch_is_on_nobodys_day) {
  auto const address = asked();
  other.open(address);
  other.submit(refuse, {{"act", "approve"}, {"one_time_code", totp("national")}});
  asker.open("/batches/new");
  asker.submit(make_batch, {{"count", "500"}, {"office", ""}});
  EXPECT_THAT(asker.address(), StartsWith("/batches/"));
  other.open("/batches/new?area=ETELA");
  other.submit(make_batch, {{"count", "500"}, {"office", ""}});
  EXPECT_THAT(other.address(), StartsWith("/batches/"));
}

TEST_F(ApprovalPages, nobody_approves_the_own_request_but_may_take_it_back) {
  auto const address = asked();
  auto fields = asker.hidden_of("Peru pyyntö");
  fields.emplace_back("act", "approve");
  auto const before = sequence();
  EXPECT_THAT(asker.resend(address, fields).text,
              HasSubstr("Et voi hyväksyä omaa pyyntöäsi. Pyydä toista hyväksymään se."));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(asker.submit("Peru pyyntö", {{"act", "take_back"}}).text,
              AllOf(HasSubstr("Pyyntö on peruttu."), HasSubstr("pyyntö peruttu")));
  EXPECT_THAT(other.open(address).text, Not(HasSubstr(refuse)));
}

TEST_F(ApprovalPages, a_request_that_is_refused_makes_nothing) {
  auto const address = asked();
  auto const before = sequence();
  other.open(address);
  EXPECT_THAT(other.submit(refuse, {{"act", "refuse"}, {"one_time_code", totp("national")}}).text,
              HasSubstr("Pyyntöä ei hyväksytty."));
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(get(as("coordinator"), "/area").text, HasSubstr(": ei hyväksytty</li>"));
}

TEST_F(ApprovalPages, a_request_runs_out_after_seven_days) {
  auto const address = asked();
  advance(7 * day_us);
  EXPECT_THAT(other.open(address).text, HasSubstr(refuse)) << "its last day is whole";
  auto const form = other.hidden_of(refuse);
  advance(day_us);
  auto fields = form;
  fields.emplace_back("act", "approve");
  fields.emplace_back("one_time_code", totp("national"));
  auto const before = sequence();
  EXPECT_THAT(other.resend(address, fields).text,
              AllOf(HasSubstr("aika on päättynyt."), HasSubstr("aika päättyi")));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(get(as("national"), "/area").text, Not(HasSubstr("odottaa hyväksyntääsi")));
}

TEST_F(ApprovalPages, another_areas_coordinator_knows_of_none) {
  auto const address = asked();
  EXPECT_EQ(get(as("far_coordinator"), address).status, 404);
  EXPECT_THAT(get(as("far_coordinator"), "/approvals").text,
              HasSubstr("Mitään ei ole pyydetty hyväksyttäväksi."));
}

}  // namespace
}  // namespace kaiku::test
