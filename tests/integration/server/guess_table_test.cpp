// Every route that takes something guessable, tried until it is held up. A route that names a guess
// without a try here fails, and so does a page with a form that nobody has looked at.
#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "schema/contract/card_code.hpp"
#include "server/access/call/check_login.hpp"
#include "server/app/routes.hpp"
#include "server/domain/spoken_code.hpp"
#include "server/http/form.hpp"
#include "server/tables/letters.hpp"
#include "server/use_cases/approvals.hpp"
#include "server/use_cases/resolve_card.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using access::Guessable;
using ::testing::HasSubstr;

class GuessTable : public ServerTest {
 protected:
  using Guess = std::function<Reply()>;
  static int free_misses(access::Brake brake) {
    return access::limit_table[static_cast<std::size_t>(brake)].free;
  }
  struct Tries {
    std::string route;
    Guessable what;
    Guess once;
  };

  std::string unknown_code() { return contract::CardCode::random(random_).text(); }
  std::string unknown_recovery() { return domain::spoken_code(random_.bytes<8>()); }
  std::string unknown(Guessable what) {
    return what == Guessable::recovery_code ? unknown_recovery() : unknown_code();
  }
  Reply form(std::string const& who, std::string const& path, std::string const& text) {
    auto sender = who.empty() ? Sender{{"Origin", origin()}} : as(who);
    auto body = text;
    for (auto const& [name, value] : sender) {
      if (name == "X-CSRF-Token") body += "&csrf=" + value;
    }
    return send(sender, "POST", path, body,
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  Reply by_device(std::string const& path, Json const& body) {
    auto const text = body.dump();
    return send(proof(device_, "POST", path, text), "POST", path, text,
                {{"Content-Type", "application/json"}});
  }
  Json holder(std::string const& card) {
    return {{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}, {"card", card}};
  }
  Json check_of(std::string const& card) {
    return {{"card", card}, {"venue_id", net.pool.value}, {"tickets", {{"adult", 1}}}};
  }
  // Misses without their slow work: all but the last of those that are free.
  void nearly_use_up(std::string const& name) {
    auto const here = domain::address_from("127.0.0.1").value();
    for (int i = 1; i < free_misses(access::Brake::sign_in_pair); ++i) {
      app().services().brakes.begin(access::counted_for_stranger(name, here)).value().missed();
    }
  }

  // The page that a worker's form leads to.
  Reply led_to(std::string const& path, std::string const& text) {
    return get(as("worker"), form("worker", path, text).header("location"));
  }
  // The number of a card that the office gave.
  std::string own_card() {
    if (own_card_.empty()) {
      registered(3);
      write([this](ledger::WriteTx& tx) {
        own_card_ = std::to_string(use_cases::resolve_card(tx, net.codes[2])->card->id.value);
      });
    }
    return own_card_;
  }

  void add_office(std::vector<Tries>& all) {
    auto const path = [](std::string const& code, char const* act) {
      return "/api/v1/cards/" + code + act;
    };
    all.push_back({"POST /api/v1/cards", Guessable::card_code, [=, this] {
                     return post(as("worker"), "/api/v1/cards", holder(unknown_code()));
                   }});
    for (auto const what : {Guessable::card_code, Guessable::recovery_code}) {
      all.push_back({"GET /api/v1/cards/{code}", what,
                     [=, this] { return get(as("worker"), path(unknown(what), "")); }});
      struct Act {
        char const* name;
        Json body;
      };
      for (auto const& act :
           {Act{"/renewals", Json::object()}, Act{"/replacements", {{"reason", "lost"}}},
            Act{"/blocks", {{"reason", "lost"}}}, Act{"/unblocks", Json::object()},
            Act{"/children", {{"children", 1}}}}) {
        all.push_back({std::string("POST /api/v1/cards/{code}") + act.name, what, [=, this] {
                         return post(as("worker"), path(unknown(what), act.name), act.body);
                       }});
      }
      all.push_back(
          {"POST /card", what, [=, this] { return led_to("/card", "card=" + unknown(what)); }});
    }
    // Also glued to what the field kept of the guess before.
    for (std::string const kept : {"", "ABCD"}) {
      all.push_back({"POST /card/replace", Guessable::card_code, [=, this] {
                       return led_to("/card/replace",
                                     "card=" + own_card() + "&seen=valid&reason=lost&form_id=" +
                                         to_hex(random_.bytes<16>()) + "&replacement_was=" + kept +
                                         "&replacement=" + unknown_code() + kept);
                     }});
    }
    for (auto const* page : {"/cards/new", "/cards/forms", "/cards/community/new"}) {
      all.push_back({std::string("POST ") + page, Guessable::card_code, [=, this] {
                       auto const form_id = to_hex(random_.bytes<16>());
                       return led_to(page, "card=" + unknown_code() + "&form_id=" + form_id);
                     }});
    }
    give_password("worker");
    for (auto const* list : {"/cards/expiring", "/cards/unused"}) {
      all.push_back({std::string("POST ") + list, Guessable::one_time_code,
                     [=, this] { return form("worker", list, "one_time_code=000000"); }});
    }
  }
  void add_doors(std::vector<Tries>& all) {
    all.push_back({"POST /api/v1/checks", Guessable::card_code,
                   [this] { return check(unknown_code(), net.pool); }});
    all.push_back({"POST /api/v1/redemptions", Guessable::card_code,
                   [this] { return redeem(unknown_code(), net.pool); }});
    all.push_back({"POST /door/v1/checks", Guessable::card_code,
                   [this] { return by_device("/door/v1/checks", check_of(unknown_code())); }});
    all.push_back({"POST /door/v1/redemptions", Guessable::card_code, [this] {
                     return by_device("/door/v1/redemptions", ticket(unknown_code(), net.pool));
                   }});
    all.push_back({"POST /api/v1/reservations", Guessable::card_code, [this] {
                     return post(as("museum_staff"), "/api/v1/reservations",
                                 {{"card", unknown_code()},
                                  {"venue_id", net.museum.value},
                                  {"event_id", net.concert.value},
                                  {"tickets", {{"adult", 1}}}});
                   }});
    auto const fresh = [this] { return "form_id=" + to_hex(random_.bytes<16>()); };
    all.push_back({"POST /reservations/new", Guessable::card_code, [=, this] {
                     auto const led =
                         form("museum_staff", "/reservations/new",
                              fresh() + "&card=" + unknown_code() + "&event=" + coming_event());
                     return get(as("museum_staff"), led.header("location"));
                   }});
    all.push_back({"POST /paper-uses", Guessable::card_code, [=, this] {
                     auto const led = form(
                         "pool_staff", "/paper-uses",
                         fresh() + "&event=0&day=" + to_iso(today()) + "&card=" + unknown_code());
                     return get(as("pool_staff"), led.header("location"));
                   }});
    auto const door = [this](std::string const& fast) {
      auto const led = form(
          "pool_staff", "/door/basic",
          "event=0&fast=" + fast + "&form_id=" + std::string(32, 'a') + "&card=" + unknown_code());
      return get(as("pool_staff"), led.header("location"));
    };
    for (char const* fast : {"0", "1"}) {
      all.push_back({"POST /door/basic", Guessable::card_code, [=] { return door(fast); }});
    }
    all.push_back({"POST /door/basic/card", Guessable::card_code, [this] {
                     auto const open = form("pool_staff", "/door/basic", "event=0&fast=0&card=x");
                     auto const led = form("pool_staff", open.header("location"),
                                           "key=1&next=" + unknown_code());
                     return get(as("pool_staff"), led.header("location"));
                   }});
    all.push_back({"POST /door/basic/given", Guessable::card_code, [this] {
                     auto const led =
                         form("pool_staff", result_of_a_ticket(),
                              "card=" + unknown_code() + "&form_id=" + to_hex(random_.bytes<16>()));
                     return get(as("pool_staff"), led.header("location"));
                   }});
  }
  // A session of hers is not enough for card stock.
  void add_coordinators(std::vector<Tries>& all) {
    give_password("coordinator");
    auto const batch = "/batches/" + std::to_string(net.batch.value);
    all.push_back({"POST /batches/new", Guessable::one_time_code, [this] {
                     return form(
                         "coordinator", "/batches/new",
                         "count=1&one_time_code=000000&form_id=" + to_hex(random_.bytes<16>()));
                   }});
    auto const venue = std::to_string(net.pool.value);
    all.push_back({"POST /agents/new", Guessable::one_time_code, [=, this] {
                     return form("coordinator", "/agents/new",
                                 "name=Kassa&venue=" + venue + "&one_time_code=000000&form_id=" +
                                     to_hex(random_.bytes<16>()));
                   }});
    std::string approval;
    write([&](ledger::WriteTx& tx) {
      auto const asked = use_cases::ask_for_batch(tx, {AreaId{"ETELA"}, std::nullopt, 800}, {});
      approval = "/approvals/" + std::to_string(asked.value().value);
    });
    all.push_back({"POST /approvals/{id}", Guessable::one_time_code, [=, this] {
                     return form(
                         "coordinator", approval,
                         "act=refuse&one_time_code=000000&form_id=" + to_hex(random_.bytes<16>()));
                   }});
    all.push_back({"POST /batches/{id}", Guessable::one_time_code, [=, this] {
                     return form("coordinator", batch, "from=51&to=52&one_time_code=000000");
                   }});
  }
  // One that is still to come when the clock has been moved many times.
  std::string coming_event() {
    if (event_.empty()) {
      auto const made = post(as("museum_staff"), "/api/v1/events",
                             {{"venue_id", net.museum.value},
                              {"title", {{"fi", "Syyskonsertti"}}},
                              {"starts_at", ago(-30 * day_us)}});
      event_ = std::to_string(made.body.value("id", std::int64_t{0}));
    }
    return event_;
  }
  // The address of a ticket's page; a QR is read whatever was typed before.
  std::string result_of_a_ticket() {
    if (result_.empty()) {
      registered(1);
      auto const given = form("pool_staff", "/door/basic",
                              "event=0&fast=1&card=" + http::percent_encode(net.tokens[0]) +
                                  "&form_id=" + to_hex(random_.bytes<16>()));
      result_ = given.header("location");
    }
    return result_;
  }
  // The cookie that opening a link of nobody's leaves.
  Sender with_a_link() {
    auto const cookie =
        get(nobody, "/set-up/" + to_base64url(random_.bytes<32>())).header("set-cookie");
    return {{"Cookie", cookie.substr(0, cookie.find(';'))}};
  }
  void add_strangers(std::vector<Tries>& all) {
    all.push_back({"POST /api/v1/devices/enrolments", Guessable::enrolment_code, [this] {
                     return post(nobody, "/api/v1/devices/enrolments",
                                 {{"code", domain::spoken_code(random_.bytes<16>())},
                                  {"csr", certificate_request(device_.key)}});
                   }});
    all.push_back({"POST /api/v1/account-setups", Guessable::set_up_link, [this] {
                     return post(
                         nobody, "/api/v1/account-setups",
                         {{"token", to_hex(random_.bytes<16>())}, {"password", "a long password"}});
                   }});
    all.push_back({"POST /api/v1/account-setups/confirmations", Guessable::set_up_link, [this] {
                     return post(nobody, "/api/v1/account-setups/confirmations",
                                 {{"token", to_hex(random_.bytes<16>())}, {"totp", "123456"}});
                   }});
    all.push_back(
        {"POST /api/v1/sessions", Guessable::sign_in, [this] {
           return post(nobody, "/api/v1/sessions", {{"username", "worker"}, {"password", "x"}});
         }});
    all.push_back({"POST /login", Guessable::sign_in, [this] {
                     auto const led = form("", "/login", "username=admin&password=x");
                     return get(nobody, led.header("location"));
                   }});
    auto const led = [this](std::string const& path, std::string const& text) {
      return get(nobody, form("", path, text).header("location"));
    };
    all.push_back({"POST /me", Guessable::own_card,
                   [=, this] { return led("/me", "birth_year=1980&card=" + unknown_code()); }});
    all.push_back({"POST /me/lost", Guessable::own_recovery_code,
                   [=, this] { return led("/me/lost", "code=" + unknown_recovery()); }});
    all.push_back({"GET /set-up", Guessable::set_up_link,
                   [this] { return send(with_a_link(), "GET", "/set-up", ""); }});
    all.push_back({"POST /set-up", Guessable::set_up_link, [this] {
                     auto who = with_a_link();
                     who.emplace_back("Origin", origin());
                     return send(who, "POST", "/set-up", "password=x&again=x",
                                 {{"Content-Type", "application/x-www-form-urlencoded"}});
                   }});
    make_letters();
    all.push_back({"POST /me/qr/year", Guessable::own_card, [=, this] {
                     auto const page = get(nobody, "/l/" + letters_.at(opened_++)).text;
                     auto const from = page.find("/me/qr/year?k=");
                     return led(page.substr(from, page.find('"', from) - from), "birth_year=1900");
                   }});
  }
  // One for each miss of a network and one more: a code by itself is held sooner.
  void make_letters() {
    for (int n = 0; n <= free_misses(access::Brake::own_card_network); ++n) {
      auto const made = post(as("worker"), "/api/v1/cards",
                             {{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}});
      ASSERT_EQ(made.status, 201) << made;
      auto const code = contract::CardCode::parse(made.body.at("code").get<std::string>());
      letters_.push_back(to_base64url(random_.bytes<16>()));
      write([&](ledger::WriteTx& tx) {
        auto const lineage = tables::find_card(tx, *code)->card.lineage.value();
        tables::put_letter_key(tx, lineage, letters_.back());
      });
    }
  }
  std::vector<Tries> all_tries() {
    std::vector<Tries> all;
    add_office(all);
    add_doors(all);
    add_coordinators(all);
    add_strangers(all);
    return all;
  }

  // Held up: 429, or the page of the venue or of signing in with the sentence for it.
  static bool is_held(Reply const& reply) {
    if (reply.status == 429) return !reply.header("retry-after").empty();
    return reply.text.find("Liian monta tuntematonta") != std::string::npos ||
           reply.text.find("sekuntia ja yritä uudelleen") != std::string::npos ||
           reply.text.find("Yritä uudelleen klo") != std::string::npos;
  }

  SystemRandom random_;
  std::string result_, event_, own_card_;
  std::vector<std::string> letters_;
  std::size_t opened_ = 0;
  Device device_ = enrol(net.pool_enrolment, "ovi");
};

std::string name_of(access::Route const& route) {
  return std::string(http::word_of(route.method)) + " " + std::string(route.pattern);
}

TEST_F(GuessTable, counts_every_guess_of_every_route) {
  auto const all = all_tries();
  std::set<std::string> named, tried;
  for (auto const& route : routes()) {
    for (auto const& guess : access::guess_table) {
      if (route.guesses.has(guess.what))
        named.insert(name_of(route) + ": " + std::string(guess.name));
    }
  }
  for (auto const& tries : all) {
    auto const& guess = access::guess_table[static_cast<std::size_t>(tries.what)];
    tried.insert(tries.route + ": " + std::string(guess.name));
  }
  EXPECT_EQ(named, tried);

  for (auto const& tries : all) {
    SCOPED_TRACE(tries.route + " " + std::to_string(static_cast<int>(tries.what)));
    advance(hour_us);
    int free = free_misses(tries.what == Guessable::one_time_code ? access::Brake::one_time_code
                                                                  : access::Brake::typed_code);
    if (tries.what == Guessable::own_card || tries.what == Guessable::own_recovery_code) {
      free = free_misses(access::Brake::own_card_network);
    }
    if (tries.what == Guessable::sign_in) {
      nearly_use_up(tries.route == "POST /login" ? "admin" : "worker");
      free = 1;
    }
    for (int i = 0; i < free; ++i) {
      auto const reply = tries.once();
      ASSERT_FALSE(is_held(reply)) << i << ": " << reply;
      ASSERT_NE(reply.status, 0);
    }
    auto const held = tries.once();
    EXPECT_TRUE(is_held(held)) << held;
  }
}

TEST_F(GuessTable, somebody_has_looked_at_every_form_of_a_page) {
  std::set<std::string> const without{"POST /logout",
                                      "POST /session",
                                      "POST /devices/new",
                                      "POST /devices/{id}",
                                      "POST /devices/{id}/quarantine",
                                      "POST /devices/{id}/revoke",
                                      "POST /judged",
                                      "POST /undo-requests",
                                      "POST /undo-requests/new",
                                      "POST /accounts/new",
                                      "POST /accounts/{id}/reset",
                                      "POST /accounts/{id}/disable",
                                      "POST /areas/new",
                                      "POST /areas/{id}",
                                      "POST /areas/{id}/municipalities",
                                      "POST /areas/{id}/policy",
                                      "POST /areas/{id}/postcodes",
                                      "POST /offices/new",
                                      "POST /offices/{id}",
                                      "POST /venues/new",
                                      "POST /venues/{id}",
                                      "POST /agents/{id}/revoke",
                                      "POST /batches/{id}/hand",
                                      "POST /batches/{id}/void",
                                      "POST /events/new",
                                      "POST /events/{id}",
                                      "POST /events/{id}/cancel",
                                      "POST /cards/handovers/{id}",
                                      "POST /cards/lost",
                                      "POST /area",
                                      "POST /reservations",
                                      "POST /card/correct",
                                      "POST /card/letter",
                                      "POST /commitment",
                                      "POST /card/renew",
                                      "POST /card/block",
                                      "POST /card/unblock",
                                      "POST /card/children",
                                      "POST /settings/{part}",
                                      "POST /figures/value",
                                      "POST /feedback",
                                      "POST /messages/{id}",
                                      "POST /me/lost/confirm"};
  for (auto const& route : routes()) {
    if (route.face != access::Face::page || route.method != http::Method::post) continue;
    EXPECT_NE(route.guesses.empty(), !without.contains(name_of(route))) << name_of(route);
  }
}

TEST_F(GuessTable, another_offices_recovery_code_is_answered_as_nobodys) {
  auto const made = post(as("other_worker"), "/api/v1/cards",
                         {{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}});
  ASSERT_EQ(made.status, 201) << made;
  auto const theirs = made.body.at("recovery_code").get<std::string>();
  keep_secret(theirs);
  EXPECT_EQ(get(as("other_worker"), "/api/v1/cards/" + theirs).status, 200);
  auto const before = sequence();
  auto const told = [&](std::string const& code) {
    auto reply =
        post(as("worker"), "/api/v1/cards/" + code + "/replacements", {{"reason", "lost"}});
    EXPECT_EQ(reply.status, 404) << reply;
    reply.body.erase("request_id");
    return reply.body;
  };
  EXPECT_EQ(told(theirs), told(unknown_recovery()));
  auto const page = [&](std::string const& code) {
    auto const found = form("worker", "/card", "card=" + code);
    auto const text = get(as("worker"), found.header("location")).text;
    EXPECT_THAT(text, HasSubstr(code));
    std::string without = text;
    for (auto at = without.find(code); at != std::string::npos; at = without.find(code)) {
      without.erase(at, code.size());
    }
    // The form's own number is new each time.
    auto const id = without.find("name=\"form_id\" value=\"");
    if (id != std::string::npos) without.erase(id, 60);
    // And so is the sealed state, in the addresses of the other languages.
    return std::regex_replace(without, std::regex("k%3D[A-Za-z0-9_-]+"), "");
  };
  EXPECT_EQ(page(theirs), page(unknown_recovery()));
  EXPECT_EQ(sequence(), before);
}

}  // namespace
}  // namespace kaiku::test
