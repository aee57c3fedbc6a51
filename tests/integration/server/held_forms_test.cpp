// The end of a sign-in on each form: what was typed stands there again, and nothing was done.
#include <gmock/gmock.h>

#include <set>

#include "server/app/routes.hpp"
#include "server/http/router.hpp"
#include "tests/integration/server/browsing.hpp"
#include "tests/support/published_runs.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct HeldForm {
  std::string account;
  std::string page;  // the address that the form stands at
  FormFields typed;  // and is to be found there again
};

// By test, the patterns of the forms that it tries: what it really sent is compared when it ends.
std::map<std::string, std::set<std::string>> const& tried_by_test() {
  static std::map<std::string, std::set<std::string>> const tried{
      {"of_a_worker_that_give_and_find_cards",
       {"/card", "/cards/community/new", "/cards/forms", "/cards/lost", "/cards/new"}},
      {"of_a_worker_that_change_a_card",
       {"/card/block", "/card/children", "/card/correct", "/card/letter", "/card/renew",
        "/card/replace", "/card/unblock"}},
      {"of_a_new_card_are_not_judged_before_they_are_sent", {"/card/replace"}},
      {"of_a_venue",
       {"/devices/new", "/events/new", "/events/{id}", "/events/{id}/cancel", "/paper-uses",
        "/reservations", "/reservations/new"}},
      {"of_an_area_and_of_its_places",
       {"/area", "/areas/new", "/areas/{id}", "/areas/{id}/municipalities", "/areas/{id}/policy",
        "/areas/{id}/postcodes", "/offices/new", "/offices/{id}", "/venues/new", "/venues/{id}"}},
      {"of_people_keys_cards_and_devices",
       {"/accounts/new", "/accounts/{id}/disable", "/accounts/{id}/reset", "/agents/new",
        "/batches/new", "/batches/{id}", "/batches/{id}/hand", "/batches/{id}/void", "/devices/new",
        "/devices/{id}", "/devices/{id}/revoke", "/settings/{part}"}},
      {"that_lead_to_a_question_come_back_before_it", {"/batches/{id}/hand", "/batches/{id}/void"}},
      {"of_a_ticket_that_is_to_be_undone_late", {"/undo-requests", "/undo-requests/new"}},
      {"of_a_use_that_is_ruled_on", {"/judged"}},
      {"of_what_uses_are_taken_to_be_worth", {"/figures/value"}}};
  return tried;
}

// The pages that take a form.
std::vector<http::Route> form_pages() {
  std::vector<http::Route> pages;
  for (auto const& route : routes()) {
    bool const is_form = route.face == access::Face::page && route.method == http::Method::post;
    if (is_form) pages.push_back({route.method, route.pattern});
  }
  return pages;
}
std::string pattern_of(std::string const& path) {
  http::Router const router(form_pages());
  return std::string(router.plan(http::Listener::everybody, http::Method::post, path).pattern);
}

class HeldForms : public Browsing {
 protected:
  HeldForms() : code_(registered(1, 1)) {}

  void TearDown() override {
    auto const* test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    auto const row = tried_by_test().find(test);
    EXPECT_EQ(tried_, row == tried_by_test().end() ? std::set<std::string>() : row->second);
    Browsing::TearDown();
  }

  static std::string numbered(std::string const& stem, std::int64_t id,
                              std::string const& more = "") {
    return stem + "/" + std::to_string(id) + more;
  }
  // The fields of the form that is posted to this path; a page may have one that only asks.
  static FormFields posted_fields(std::string const& html, std::string const& path) {
    auto const at = html.find("method=\"post\" action=\"" + path + "\"");
    EXPECT_NE(at, std::string::npos) << "no form for " << path << ": " << text_in(html);
    return at == std::string::npos ? FormFields() : fields_of_form(html.substr(at), path);
  }
  // Where a link that begins so leads to.
  static std::string link_in(std::string const& html, std::string const& start) {
    auto const at = html.find("href=\"" + start);
    EXPECT_NE(at, std::string::npos) << start << ": " << text_in(html);
    if (at == std::string::npos) return "/";
    return html.substr(at + 6, html.find('"', at + 6) - at - 6);
  }
  std::string act_on(std::string const& card, std::string const& path) {
    auto worker = browser_of("worker");
    worker.open("/card");
    worker.submit("id=\"card\"", {{"card", card}});
    return link_in(worker.page().text, path + "?k=");
  }
  // Fills the form in, ends the session, sends it and signs in again: the page that comes.
  Reply filled_too_late(HeldForm const& form) {
    auto const path = form.page.substr(0, form.page.find('?'));
    tried_.insert(pattern_of(path));
    auto const who = mortal(form.account);
    auto const page = get(who, form.page);
    EXPECT_EQ(page.status, 200) << form.page << page;
    auto fields = posted_fields(page.text, path);
    EXPECT_TRUE(fields.contains("owner")) << form.page;
    for (auto const& [name, value] : form.typed) {
      EXPECT_THAT(page.text,
                  AnyOf(HasSubstr(" name=\"" + name + "\""), HasSubstr(" name=" + name + " ")))
          << form.page;
      fields[name] = value;
    }
    HttpHeaders const of_form{{"Content-Type", "application/x-www-form-urlencoded"},
                              {"Referer", origin() + form.page}};
    EXPECT_EQ(send(who, "POST", "/logout", "x=1", of_form).status, 303);
    auto const before = sequence();
    auto const sent = send(who, "POST", path, encoded_form(fields), of_form);
    EXPECT_EQ(sequence(), before) << form.page << ": nothing is done";
    EXPECT_EQ(sent.status, 303) << form.page << sent;
    auto const to = sent.header("location");
    EXPECT_THAT(to, StartsWith("/login?next=")) << form.page;
    auto const next = http::percent_decode(to.substr(to.find('=') + 1)).value_or("/no-address");
    // As a reader of a log would undo it.
    auto const plain = http::percent_decode(next, true).value();
    for (auto const& [name, value] : form.typed) {
      if (value.size() < 6) continue;
      EXPECT_THAT(plain, Not(HasSubstr(value))) << form.page;
    }
    return get(as(form.account), next);
  }
  void come_back_as_they_were(std::vector<HeldForm> const& forms) {
    for (auto const& form : forms) {
      auto const page = filled_too_late(form);
      EXPECT_EQ(page.status, 200) << form.page << page;
      EXPECT_THAT(page.text, HasSubstr("mitään ei ole vielä lähetetty.")) << form.page;
      auto const fields = posted_fields(page.text, form.page.substr(0, form.page.find('?')));
      for (auto const& [name, value] : form.typed) {
        auto const found = fields.find(name);
        ASSERT_NE(found, fields.end()) << form.page << ": " << name << " is not chosen";
        EXPECT_EQ(found->second, value) << form.page << ": " << name;
      }
    }
  }

  std::string code_;
  std::set<std::string> tried_;
};

TEST_F(HeldForms, of_a_worker_that_give_and_find_cards) {
  FormFields const holder{
      {"card", net.codes[5]}, {"birth_year", "1985"}, {"children", "2"}, {"postcode", "52550"}};
  auto spoken = holder;
  spoken["language"] = "sv";
  auto on_paper = holder;
  on_paper["issued_on"] = "1.6.";
  auto made = holder;
  made.erase("card");
  come_back_as_they_were({
      {"worker", "/cards/new", spoken},
      {"worker", "/cards/new?make=1", made},
      {"worker", "/cards/forms", on_paper},
      {"worker", "/cards/community/new", {{"card", net.codes[5]}, {"people", "25"}}},
      {"worker", "/card", {{"card", net.codes[5]}}},
      {"worker",
       "/cards/lost",
       {{"birth_year", "1985"}, {"postcode", "52550"}, {"month", "3.2026"}, {"children", "2"}}},
  });
}

TEST_F(HeldForms, of_a_worker_that_change_a_card) {
  auto const blocked = registered(2);
  auto const block =
      post(as("worker"), "/api/v1/cards/" + blocked + "/blocks", {{"reason", "lost"}});
  ASSERT_EQ(block.status, 200) << block;
  come_back_as_they_were({
      {"worker", act_on(code_, "/card/renew"), {{"children", "4"}}},
      {"worker",
       act_on(code_, "/card/replace"),
       {{"replacement", net.codes[5]}, {"reason", "worn"}}},
      {"worker", act_on(code_, "/card/block"), {{"reason", "misuse"}, {"until", "22.11."}}},
      {"worker", act_on(blocked, "/card/unblock"), {}},
      {"worker", act_on(code_, "/card/children"), {{"children", "3"}}},
      {"worker",
       act_on(code_, "/card/correct"),
       {{"birth_year", "1979"},
        {"children", "3"},
        {"postcode", "52550"},
        {"reason", "typing_error"}}},
      {"worker", act_on(code_, "/card/letter"), {}},
  });
}

// Where a card is looked up without being counted, anybody could try all of them.
TEST_F(HeldForms, of_a_new_card_are_not_judged_before_they_are_sent) {
  auto const page = filled_too_late({"worker",
                                     act_on(code_, "/card/replace"),
                                     {{"reason", "lost"}, {"replacement", "C0C3FV5HXX7A"}}});
  EXPECT_THAT(page.text, AllOf(HasSubstr("mitään ei ole vielä lähetetty."),
                               HasSubstr("C0C3FV5HXX7A"), Not(HasSubstr("replacement-fault"))));
}

TEST_F(HeldForms, of_a_venue) {
  auto const reserved = post(as("museum_staff"), "/api/v1/reservations",
                             {{"card", code_},
                              {"venue_id", net.museum.value},
                              {"event_id", net.concert.value},
                              {"tickets", {{"adult", 1}}}});
  ASSERT_EQ(reserved.status, 201) << reserved;
  auto const removal =
      link_in(get(as("museum_staff"), "/reservations").text, "/reservations?remove=");
  auto const concert = std::to_string(net.concert.value);
  FormFields const places{{"event", concert},
                          {"card", code_},
                          {"children", "1"},
                          {"companion", "1"},
                          {"until", "12.15"}};
  FormFields const row{{"event", concert}, {"card", code_},      {"children", "1"}, {"adults", "2"},
                       {"assistant", "1"}, {"interpreter", "1"}, {"companion", "1"}};
  FormFields const show{{"title_fi", "Satutunti"},
                        {"title_sv", "Sagostund"},
                        {"day", "22.11."},
                        {"starts", "1742"},
                        {"ends", "19"},
                        {"capacity", "40"},
                        {"quota", "7"},
                        {"days", "23.11.2026"}};
  come_back_as_they_were({
      {"museum_staff", "/reservations/new", places},
      {"museum_staff", "/paper-uses", row},
      {"museum_staff", "/events/new", show},
      {"museum_staff", "/events/" + concert, {{"title_en", "Concert"}, {"quota", "8"}}},
      {"museum_staff", "/events/" + concert + "/cancel", {}},
      {"museum_staff", "/devices/new", {}},
      {"museum_staff", removal, {}},
  });
}

TEST_F(HeldForms, of_an_area_and_of_its_places) {
  auto const office = numbered("/offices", net.office.value);
  auto const venue = numbered("/venues", net.pool.value);
  come_back_as_they_were({
      {"national",
       "/areas/new",
       {{"id", "SAIMAA"}, {"name_fi", "Saimaan seutu"}, {"m", "178\n507"}}},
      {"far_coordinator", "/area", {}},
      {"coordinator", "/areas/ETELA", {{"name_sv", "Söder"}, {"name_en", "The south"}}},
      {"coordinator", "/areas/ETELA/municipalities", {{"m", "178\n491"}}},
      {"coordinator",
       "/areas/ETELA/policy",
       {{"validity", "fixed"}, {"fixed_end", "31.12.2026"}, {"child_age_limit", "15"}}},
      {"coordinator", "/areas/ETELA/postcodes", {{"rows", "50100;491"}}},
      {"coordinator",
       "/offices/new",
       {{"name", "Uusi toimisto"}, {"municipality", "097"}, {"postcode", "52550"}}},
      {"coordinator", office, {{"name", "Toinen nimi"}, {"letter_name", "Kunta"}}},
      {"coordinator",
       "/venues/new",
       {{"name", "Jäähalli"},
        {"municipality", "097"},
        {"sector", "sport"},
        {"limit_period", "month"},
        {"limit_count", "4"}}},
      {"coordinator", venue, {{"name", "Toinen nimi"}, {"address", "Jäätie 1"}}},
  });
}

TEST_F(HeldForms, of_people_keys_cards_and_devices) {
  auto const pool = std::to_string(net.pool.value);
  auto const office = std::to_string(net.other_office.value);
  auto const batch = numbered("/batches", net.free_batch.value);
  auto const device = numbered("/devices", enrol(net.pool_enrolment, "ovi-1").id.value);
  come_back_as_they_were({
      {"coordinator",
       "/accounts/new?role=issuer_worker&area=ETELA",
       {{"username", "uusi.ihminen"}, {"place", office}, {"language", "sv"}}},
      {"coordinator", numbered("/accounts", account("worker").value, "/reset"), {}},
      {"coordinator", numbered("/accounts", account("worker").value, "/disable"), {}},
      {"coordinator", "/agents/new", {{"name", "Uusi lippupalvelu"}, {"venue", pool}}},
      {"coordinator", "/batches/new", {{"count", "60"}, {"office", office}}},
      {"coordinator", batch, {{"from", "2"}, {"to", "4"}}},
      {"coordinator", batch + "/hand", {{"from", "2"}, {"to", "4"}, {"office", office}}},
      {"coordinator", batch + "/void", {{"from", "2"}, {"to", "3"}, {"reason", "misprint"}}},
      {"coordinator", "/devices/new", {{"venue", pool}, {"uses", "3"}}},
      {"coordinator", device, {{"name", "ovi-2"}}},
      {"coordinator", device + "/revoke", {{"how", "stolen"}, {"name", "ovi-1"}}},
      {"admin", "/settings/common", {{"email", "kaiku@example.org"}, {"assessed_on", "1.6."}}},
      {"admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}, {"officer", "T. Suoja"}}},
  });
}

// Nothing is asked before the form is sent again.
TEST_F(HeldForms, that_lead_to_a_question_come_back_before_it) {
  auto const batch = numbered("/batches", net.free_batch.value);
  auto const office = std::to_string(net.other_office.value);
  for (auto const& [page, more] : {std::pair{batch + "/hand", FormFields{{"office", office}}},
                                   {batch + "/void", FormFields{{"reason", "misprint"}}}}) {
    auto typed = more;
    typed.insert({{"from", "2"}, {"to", "3"}});
    auto const back = filled_too_late({"coordinator", page, typed});
    EXPECT_EQ(posted_fields(back.text, page).count("confirmed"), 0U) << page;
    EXPECT_THAT(back.text, HasSubstr(" id=\"from\"")) << page;
  }
}

TEST_F(HeldForms, of_a_ticket_that_is_to_be_undone_late) {
  auto const given = redeem(code_, net.museum);
  ASSERT_EQ(given.status, 201) << given;
  advance(16 * minute_us);
  auto const asking = link_in(get(as("museum_staff"), "/venue").text, "/undo-requests/new?k=");
  come_back_as_they_were({{"museum_staff", asking, {{"reason", "wrong_count"}}}});
  auto staff = browser_of("museum_staff");
  staff.open(asking);
  staff.submit("Pyydä perumista", {{"reason", "wrong_count"}});
  auto const deciding =
      link_in(get(as("coordinator"), "/undo-requests").text, "/undo-requests?request=");
  come_back_as_they_were({{"coordinator", deciding, {{"reason", "mistake"}}}});
}

TEST_F(HeldForms, of_a_use_that_is_ruled_on) {
  advance(day_us);
  auto const told = [&](int adults) {
    auto const use =
        redeem(code_, net.museum,
               {{"occurred_at", ago(adults * hour_us)}, {"tickets", {{"adult", adults}}}});
    EXPECT_EQ(use.status, 201) << use;
    return std::to_string(use.body.value("redemption_id", std::int64_t{0}));
  };
  auto const fine = told(1);
  auto const waits = told(2);
  come_back_as_they_were({
      {"coordinator", "/judged?use=" + fine, {{"reason", "mistake"}}},
      {"coordinator", "/judged?use=" + waits, {{"ruling-" + waits, "accepted:paper_seen"}}},
      {"coordinator", "/judged", {{"ruling-" + waits, "rejected:mistyped"}}},
  });
}

TEST_F(HeldForms, of_what_uses_are_taken_to_be_worth) {
  write([](ledger::WriteTx& tx) { publish_run(tx, "2025"); });
  come_back_as_they_were({{"coordinator",
                           "/figures/value?year=2025",
                           {{"otherwise_low", "10"}, {"costs_source", "Talousarvio"}}}});
}

// The patterns of all forms of pages, by what becomes of them.
std::set<std::string> known_forms() {
  // A ticket never comes back, and a quarantine's rulings are tried where there is a device.
  std::set<std::string> const elsewhere{"/door/basic", "/door/basic/card", "/door/basic/given",
                                        "/devices/{id}/quarantine"};
  // Buttons, some with a one-time code beside them, which is dropped.
  std::set<std::string> const without_fields{
      "/agents/{id}/revoke",   "/approvals/{id}", "/cards/expiring", "/cards/unused",
      "/cards/handovers/{id}", "/commitment",     "/messages/{id}"};
  // Nobody has to be signed in.
  std::set<std::string> const for_everybody{"/feedback",   "/login",   "/logout",
                                            "/me",         "/me/lost", "/me/lost/confirm",
                                            "/me/qr/year", "/session", "/set-up"};
  std::set<std::string> known;
  for (auto const& some : {elsewhere, without_fields, for_everybody})
    known.insert(some.begin(), some.end());
  for (auto const& [test, patterns] : tried_by_test())
    known.insert(patterns.begin(), patterns.end());
  return known;
}

TEST_F(HeldForms, are_of_every_page_that_takes_a_form) {
  std::set<std::string> found;
  for (auto const& page : form_pages()) found.emplace(page.pattern);
  EXPECT_EQ(found, known_forms()) << "what does a form keep when its session ends?";
  auto const& suite = *::testing::UnitTest::GetInstance()->current_test_suite();
  std::set<std::string> tests;
  for (int n = 0; n < suite.total_test_count(); ++n) tests.insert(suite.GetTestInfo(n)->name());
  for (auto const& [test, patterns] : tried_by_test()) EXPECT_TRUE(tests.contains(test)) << test;
}

}  // namespace
}  // namespace kaiku::test
