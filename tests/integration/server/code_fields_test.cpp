// Every field of the pages that takes a card reads every spelling of it: the same table for all.
#include <gmock/gmock.h>

#include <functional>

#include "schema/contract/card_token.hpp"
#include "tests/integration/server/door_browsing.hpp"
#include "tests/support/card_readings.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto worker_cannot_read = "Tunnuksessa on virhe.";
constexpr auto door_cannot_read = "Tunnuksesta ei saatu selvää";

struct CodeField {
  std::string name;
  std::size_t position;                               // of the card that it is for
  std::function<PageBrowser(std::string const&)> in;  // opens the page, types, sends
  std::string found;                                  // what the page says to it
  std::string unreadable;
  std::string keeps = {};  // the id of the field in which the code stands afterwards
};

class CodeFields : public DoorBrowsing {
 protected:
  // One in stock and one in somebody's hand; a spelling of either differs where it is to differ.
  CodeFields() : stock_(position_after(0)), given_(position_after(stock_)) { registered(given_); }

  std::size_t position_after(std::size_t position) const {
    while (true) {
      auto const& code = net.codes.at(position++);
      bool const has_digit = code.find_first_of("01") != std::string::npos;
      if (has_digit && !with_cyrillic_twin(code).empty()) return position;
    }
  }
  std::string code(std::size_t position) const { return net.codes.at(position - 1); }
  std::vector<CardReading> readings(std::size_t position) const {
    return main_readings(code(position), net.tokens.at(position - 1));
  }

  PageBrowser typed(std::string const& account, std::string const& path, std::string const& mark,
                    http::FormPairs fields) {
    auto browser = browser_of(account);
    EXPECT_EQ(browser.open(path).status, 200) << path;
    browser.submit(mark, std::move(fields));
    return browser;
  }
  // The page of a worker or a venue whose form has the field "card".
  std::function<PageBrowser(std::string const&)> into(std::string const& account,
                                                      std::string const& path,
                                                      http::FormPairs const& more = {}) {
    return [=, this](std::string const& text) {
      auto fields = more;
      fields.emplace_back("card", text);
      return typed(account, path, "id=\"card\"", fields);
    };
  }
  PageBrowser holder() {
    return {[this](HttpHeaders const& headers, std::string_view method, std::string const& path,
                   std::string const& body) { return send(headers, method, path, body); },
            origin()};
  }
  // The form that replaces the card in somebody's hand.
  std::string replacement_form() {
    auto const html = into("worker", "/card")(code(given_)).page().text;
    auto const at = html.find("/card/replace?k=");
    EXPECT_NE(at, std::string::npos) << html;
    return html.substr(at, html.find('"', at) - at);
  }
  void reserve_and_record() {
    auto const held = post(as("museum_staff"), "/api/v1/reservations",
                           {{"card", code(given_)},
                            {"venue_id", net.museum.value},
                            {"event_id", net.concert.value},
                            {"hold_minutes", 30},
                            {"tickets", {{"adult", 1}}}});
    EXPECT_EQ(held.status, 201) << held;
    into("pool_staff", "/paper-uses", {{"event", "0"}})(code(given_));
  }

  std::vector<CodeField> of_stock() {
    auto const form = replacement_form();
    auto const read = std::string("Kortti on luettu.");
    auto const replaces = [=, this](std::string const& text) {
      return typed("worker", form, "id=\"replacement\"", {{"replacement", text}});
    };
    return {{"issue", stock_, into("worker", "/cards/new"), read, worker_cannot_read, "card"},
            {"forms", stock_, into("worker", "/cards/forms"), read, worker_cannot_read, "card"},
            {"community", stock_, into("worker", "/cards/community/new", {{"people", "10"}}), read,
             worker_cannot_read, "card"},
            {"replacement", stock_, replaces, "Valitse syy.", worker_cannot_read, "replacement"}};
  }
  std::vector<CodeField> of_given() {
    reserve_and_record();
    http::FormPairs const concert{{"event", std::to_string(net.concert.value)}};
    auto const own = [this](std::string const& text) {
      auto browser = holder();
      browser.open("/me");
      browser.submit("birth_year", {{"card", text}, {"birth_year", "1980"}});
      return browser;
    };
    return {{"card", given_, into("worker", "/card"), code(given_), worker_cannot_read},
            {"reservation", given_, into("museum_staff", "/reservations/new", concert),
             "Kortilla on jo varaus tähän: 1 paikka.", door_cannot_read},
            {"paper", given_, into("pool_staff", "/paper-uses", {{"event", "0"}}),
             "Tämä kortti on jo kirjattu tältä lomakkeelta.", door_cannot_read},
            {"door", given_, into("pool_staff", "/door/basic?event=0&fast=0"), "Kortti kelpaa",
             door_cannot_read},
            {"own card", given_, own, "Kortti on voimassa.",
             "Tunnus ja syntymävuosi eivät sovi yhteen."}};
  }
  std::vector<CodeField> fields() {
    auto all = of_stock();
    for (auto& field : of_given()) all.push_back(std::move(field));
    return all;
  }
  static std::string value_of(std::string const& html, std::string const& id) {
    auto const tag = html.find(" id=\"" + id + "\" name=");
    if (tag == std::string::npos) return "no field " + id;
    auto const from = html.find("value=\"", tag) + 7;
    return html.substr(from, html.find('"', from) - from);
  }

  std::size_t stock_, given_;
};

TEST_F(CodeFields, find_a_card_however_it_is_spelled) {
  for (auto const& field : fields()) {
    for (auto const& [name, text] : readings(field.position)) {
      auto const page = field.in(text).page().text;
      EXPECT_THAT(text_in(page), AllOf(HasSubstr(field.found), Not(HasSubstr(field.unreadable))))
          << field.name << ", " << name;
      if (field.keeps.empty()) continue;
      EXPECT_THAT(page, Not(HasSubstr("id=\"" + field.keeps + "-fault\"")))
          << field.name << ", " << name;
      auto const kept = contract::parse_card_input(value_of(page, field.keeps));
      ASSERT_TRUE(kept) << field.name << ", " << name << ": " << value_of(page, field.keeps);
      EXPECT_EQ(contract::code_of(*kept).text(), code(field.position)) << field.name << name;
    }
  }
}

TEST_F(CodeFields, read_no_letter_of_another_alphabet_as_its_twin) {
  for (auto const& field : fields()) {
    auto const page = text_in(field.in(with_cyrillic_twin(code(field.position))).page().text);
    EXPECT_THAT(page, AllOf(HasSubstr(field.unreadable), Not(HasSubstr(field.found))))
        << field.name;
  }
}

TEST_F(CodeFields, take_what_can_be_read_as_a_card_for_no_identity_code) {
  for (auto const& field : fields()) {
    auto const told = HasSubstr("Henkilötunnusta ei tarvita");
    EXPECT_THAT(text_in(field.in("131052A308TT").page().text), Not(told)) << field.name;
    // The door keeps nothing of what it cannot read, and says nothing of it.
    if (field.name == "door") continue;
    EXPECT_THAT(text_in(field.in("131052A308T").page().text), told) << field.name;
  }
}

TEST_F(CodeFields, say_of_two_cards_in_a_row_that_they_are_two) {
  auto const& other = net.codes.at(given_);
  for (auto const& field : fields()) {
    auto const& token = net.tokens.at(field.position - 1);
    for (auto const& text : {code(field.position) + other, other + "\t" + code(field.position),
                             token + net.tokens.at(given_), token + "\r" + other}) {
      auto const page = text_in(field.in(text).page().text);
      EXPECT_THAT(page, AllOf(HasSubstr("Kaksi korttia luettiin peräkkäin. Lue vain toinen."),
                              Not(HasSubstr(field.found))))
          << field.name << ": " << text;
    }
  }
}

TEST_F(CodeFields, give_a_ticket_in_fast_mode_for_each_spelling) {
  int tickets = 0;
  for (auto const& [name, text] : readings(given_)) {
    auto desk = at_door("pool_staff", "?event=0&fast=1");
    scan(desk, text);
    EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu")) << name;
    EXPECT_EQ(tickets_today(), ++tickets) << name;
    advance(minute_us);  // the same card again within seconds is one scan
  }
}

TEST_F(CodeFields, give_no_ticket_in_fast_mode_for_twins_and_for_two_cards) {
  auto const& other = net.codes.at(given_);
  for (auto const& [text, fault] :
       {std::pair{with_cyrillic_twin(code(given_)), std::string(door_cannot_read)},
        {code(given_) + other, std::string("Kaksi korttia luettiin peräkkäin.")}}) {
    auto desk = at_door("pool_staff", "?event=0&fast=1");
    scan(desk, text);
    EXPECT_THAT(text_in(desk.page().text), HasSubstr(fault));
  }
  EXPECT_EQ(tickets_today(), 0);
}

// A code of eight characters has spellings of its own: it is read aloud and copied by hand.
TEST_F(CodeFields, of_a_recovery_code_take_it_as_hands_write_it) {
  auto const made = post(as("worker"), "/api/v1/cards",
                         {{"birth_year", 1979}, {"postcode", "50100"}, {"children", 0}});
  ASSERT_EQ(made.status, 201) << made;
  std::string const card = made.body.at("code");
  std::string recovery = made.body.at("recovery_code");
  keep_secret(card);
  keep_secret(recovery);
  std::erase(recovery, '-');
  auto confused = ascii::lowered(recovery);
  for (char& c : confused) c = c == '0' ? 'o' : c == '1' ? 'l' : c;
  auto const halves = [&](std::string const& between) {
    return recovery.substr(0, 4) + between + recovery.substr(4);
  };
  for (auto const& text :
       {recovery, ascii::lowered(recovery), confused, halves("-"), halves(" "), halves("\u00A0"),
        halves("\u200B"), "\uFEFF" + recovery, " " + recovery + "\t"}) {
    for (auto const* path : {"/card", "/cards/lost"}) {
      auto const found = typed("worker", path, "action=\"/card\"", {{"card", text}});
      EXPECT_THAT(text_in(found.page().text), HasSubstr(card)) << path << ": " << text;
    }
    auto own = holder();
    own.open("/me/lost");
    own.submit("id=\"code\"", {{"code", text}});
    EXPECT_THAT(text_in(own.page().text), HasSubstr("Kortti lakkaa toimimasta heti.")) << text;
  }
}

}  // namespace
}  // namespace kaiku::test
