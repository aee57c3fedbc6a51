#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "server/pages/coordinator/figures_view.hpp"
#include "server/pages/frame/qr.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/pages/public/statements.hpp"
#include "server/pages/venue/door_view.hpp"
#include "server/pages/worker/issue_view.hpp"
#include "tests/unit/pages/account_sample.hpp"
#include "tests/unit/pages/box_office_sample.hpp"
#include "tests/unit/pages/card_sample.hpp"
#include "tests/unit/pages/device_sample.hpp"
#include "tests/unit/pages/door_sample.hpp"
#include "tests/unit/pages/network_sample.hpp"
#include "tests/unit/pages/public_sample.hpp"
#include "tests/unit/pages/request_sample.hpp"
#include "tests/unit/pages/sample.hpp"
#include "tests/unit/pages/stock_sample.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;

std::size_t times(std::string_view html, std::string_view part) {
  std::size_t found = 0;
  for (auto at = html.find(part); at != std::string_view::npos; at = html.find(part, at + 1))
    ++found;
  return found;
}

std::vector<sample::Drawn> all() {
  std::vector<sample::Drawn> drawn;
  for (auto const language : contract::languages) {
    for (auto& page : sample::every_page(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::network_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::set_up_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::account_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::device_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::stock_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::door_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::box_office_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::card_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::public_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::settings_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::message_pages(language)) drawn.push_back(std::move(page));
    for (auto& page : sample::request_pages(language)) drawn.push_back(std::move(page));
  }
  return drawn;
}

TEST(Pages, leave_no_template_tag_behind) {
  for (auto const& [name, html] : all()) {
    EXPECT_EQ(html.find("{{"), std::string::npos) << name;
    EXPECT_EQ(html.find("}}"), std::string::npos) << name;
  }
}

TEST(Pages, tell_an_outcome_in_their_title) {
  static std::regex const outcome(
      "id=\"outcome\"[^>]*>(?:<span[^>]*>[^<]*</span> ?)?(?:<strong>)?([^<]+)");
  static std::regex const soft_hyphen("\u00AD");
  std::set<std::string> telling;
  for (auto const& [name, html] : all()) {
    std::smatch told;
    if (!std::regex_search(html, told, outcome)) continue;
    telling.insert(name);
    auto const begin = html.find("<title>");
    auto const title = html.substr(begin, html.find("</title>") - begin);
    auto const text = std::regex_replace(told[1].str(), soft_hyphen, "");
    EXPECT_NE(title.find(text), std::string::npos) << name << ": " << text << " / " << title;
  }
  for (auto const* name : {"account_link", "approval_done", "delivery_note", "device", "events",
                           "judged_done", "message_answered", "place_made", "undo_requests_done"}) {
    EXPECT_TRUE(telling.contains(name)) << name;
  }
}

TEST(Pages, tell_on_paper_what_a_list_was_narrowed_to) {
  auto const drawn = all();
  std::vector<std::pair<char const*, char const*>> const rows{
      {"reads", "Alue: Kainuu · Toimipiste: Kaikki toimipisteet · Käyttäjä: Kaikki käyttäjät"},
      {"judged", "Kohde: Kaupunginteatteri · Arvio: Kaikki paitsi kunnossa olevat"},
      {"undo_requests", "Alue: Kainuu"},
      {"devices", "Alue: "},
      {"events", "Alue: Kainuu · Kohde: Kaikki kohteet"},
      {"accounts", "Rooli: Kaikki roolit"},
      {"batches", "Alue: "},
      {"places_of_area", "Alue: Kainuu"},
      {"offers_none", "Kaikki toimialat · Lapset voivat tulla mukaan"}};
  static std::string const before = "<p class=\"on-paper\">";
  for (auto const& [name, told] : rows) {
    auto const page = std::ranges::find(drawn, name, &sample::Drawn::name);
    ASSERT_NE(page, drawn.end()) << name;
    auto const main = page->html.substr(page->html.find("<main"));
    auto const at = main.find(before);
    ASSERT_NE(at, std::string::npos) << name;
    auto const line = main.substr(at + before.size(), main.find("</p>", at) - at - before.size());
    EXPECT_NE(line.find(told), std::string::npos) << name << ": " << line;
  }
  for (auto const* name : {"place", "judged_use"}) {
    auto const alone = std::ranges::find(drawn, name, &sample::Drawn::name);
    ASSERT_NE(alone, drawn.end()) << name;
    auto const main = alone->html.substr(alone->html.find("<main"));
    EXPECT_EQ(main.find(before), std::string::npos) << name << " shows no list";
  }
}

TEST(Pages, stay_below_forty_kilobytes_and_three_requests) {
  static std::regex const loads("(<link [^>]*href=|<img |<script|url\\()");
  for (auto const& [name, html] : all()) {
    EXPECT_LT(html.size(), 30u * 1024) << name;  // and 10 for the stylesheet
    auto const begin = std::sregex_iterator(html.begin(), html.end(), loads);
    EXPECT_LE(std::distance(begin, std::sregex_iterator()), 2) << name;
  }
}

// style-src 'self' would silently drop them, and script-src 'none' every handler.
TEST(Pages, hold_no_inline_style_and_no_script) {
  static std::regex const inline_code("(<style|style=|<script|javascript:| on[a-z]+=)");
  for (auto const& [name, html] : all()) EXPECT_FALSE(std::regex_search(html, inline_code)) << name;
}

TEST(Pages, give_each_element_its_own_id_and_each_field_a_label) {
  static std::regex const ids(" id=\"([^\"]*)\"");
  for (auto const& [name, html] : all()) {
    std::set<std::string> seen;
    for (auto at = std::sregex_iterator(html.begin(), html.end(), ids);
         at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(seen.insert((*at)[1]).second) << name << " has two of " << (*at)[1];
    }
    static std::regex const fields("<(?:input|select|textarea)[^>]* id=\"([^\"]*)\"");
    for (auto at = std::sregex_iterator(html.begin(), html.end(), fields);
         at != std::sregex_iterator(); ++at) {
      EXPECT_NE(html.find("for=\"" + (*at)[1].str() + "\""), std::string::npos) << name << (*at)[1];
    }
  }
}

TEST(Pages, carry_the_csrf_token_in_every_form_that_writes) {
  for (auto const& [name, html] : all()) {
    // Who is nobody has no session to forge.
    if (name.starts_with("login") || name.starts_with("set_up") || name.starts_with("own_") ||
        name.starts_with("feedback"))
      continue;
    auto const forms = times(html, "method=\"post\"");
    EXPECT_EQ(times(html, "name=\"csrf\" value=\"token\""), forms) << name;
  }
}

TEST(Pages, focus_one_element_at_most) {
  for (auto const& [name, html] : all()) EXPECT_LE(times(html, " autofocus"), 1u) << name;
}

TEST(Pages, say_error_in_the_title_of_a_faulty_page) {
  auto const frame = sample::frame_for(Role::issuer_worker, Language::sv);
  IssuePage page;
  page.faults = {{"postcode", "x"}};
  auto const drawn = issue_page(frame, page);
  EXPECT_NE(render(frame, drawn).find("<title>Fel: Ge ut ett kort"), std::string::npos);
}

TEST(Pages, escape_what_people_typed) {
  auto const frame = sample::frame_for(Role::issuer_worker, Language::fi);
  IssuePage page;
  page.form.card = "\"><script>alert(1)</script>";
  auto const html = render(frame, issue_page(frame, page));
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&quot;&gt;&lt;script&gt;"), std::string::npos);
}

TEST(Pages, send_headers_that_shut_out_scripts_and_frames) {
  auto const frame = sample::frame_for(Role::issuer_worker, Language::en);
  auto const response = respond(frame, privacy_page(frame, {}));
  auto const header = [&](std::string const& name) {
    auto const found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](auto const& pair) { return pair.first == name; });
    return found == response.headers.end() ? std::string() : found->second;
  };
  EXPECT_NE(header("Content-Security-Policy").find("script-src 'none'"), std::string::npos);
  EXPECT_NE(header("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(header("Referrer-Policy"), "same-origin");
  EXPECT_EQ(header("Content-Language"), "en");
}

TEST(Pages, show_the_demo_banner_in_a_demo_alone) {
  auto frame = sample::frame_for(Role::anonymous, Language::fi);
  EXPECT_NE(render(frame, privacy_page(frame, {})).find("class=\"demo\""), std::string::npos);
  frame.demo = false;
  EXPECT_EQ(render(frame, privacy_page(frame, {})).find("class=\"demo\""), std::string::npos);
}

// What is left when each element of the class that the stylesheet never prints is taken out.
std::string on_paper(std::string html) {
  static std::regex const secret("<([a-z]+)[^>]* class=\"(?:[^\"]* )?secret\"[^>]*>");
  for (std::smatch found; std::regex_search(html, found, secret);) {
    auto const begin = static_cast<std::size_t>(found.position());
    html.erase(begin, html.find("</" + found[1].str() + ">", begin) - begin);
  }
  return html;
}

TEST(Pages, keep_what_opens_an_account_or_a_device_off_paper) {
  static std::regex const secrets(
      "5RZW-JC7T-4F07-NPNC|metsä-lampi-77|492 039|/set-up/[A-Za-z0-9]{20}");
  std::set<std::string> kept;
  for (auto const& [name, html] : all()) {
    if (!std::regex_search(html, secrets)) continue;
    kept.insert(name);
    EXPECT_FALSE(std::regex_search(on_paper(html), secrets)) << name;
  }
  for (auto const* name : {"device_code", "login", "account_link"}) {
    EXPECT_TRUE(kept.contains(name)) << name << " shows one no longer";
  }
}

TEST(Pages, say_on_paper_when_they_were_opened) {
  auto frame = sample::frame_for(Role::issuer_worker, Language::fi);
  frame.at = instant_from_rfc3339("2026-11-22T15:42:00Z").value();
  EXPECT_NE(render(frame, privacy_page(frame, {})).find("Sivu avattu 22.11.2026 klo\u00a017.42"),
            std::string::npos);
}

TEST(IssuePage, puts_the_cursor_on_the_year_once_the_card_is_read) {
  auto const frame = sample::frame_for(Role::issuer_worker, Language::fi);
  IssuePage page;
  page.card_was_read = true;
  auto const html = render(frame, issue_page(frame, page));
  static std::regex const focused("<input[^>]*id=\"birth_year\"[^>]* autofocus>");
  EXPECT_TRUE(std::regex_search(html, focused));
}

TEST(IssuePage, puts_the_cursor_on_the_first_fault_and_tells_it_there) {
  auto const frame = sample::frame_for(Role::issuer_worker, Language::fi);
  IssuePage page;
  page.faults = {{"postcode", "Tätä postinumeroa ei tunneta."}};
  auto const html = render(frame, issue_page(frame, page));
  static std::regex const told(
      "id=\"postcode\"[^>]*aria-describedby=\"postcode-fault\" aria-invalid=\"true\" autofocus>");
  EXPECT_TRUE(std::regex_search(html, told));
  EXPECT_NE(html.find("<a href=\"#postcode\">"), std::string::npos);
}

TEST(DoorCardPage, tells_an_outcome_by_icon_words_and_border_not_by_colour_alone) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  for (auto const& [style, marks] : {std::pair{PanelStyle::ok, std::pair{"panel ok", "✓"}},
                                     std::pair{PanelStyle::warn, std::pair{"panel warn", "!"}},
                                     std::pair{PanelStyle::no, std::pair{"panel no", "✕"}}}) {
    DoorCardPage page;
    page.panel.style = style;
    page.panel.title = "Sanat";
    auto const html = render(frame, door_card_page(frame, page));
    EXPECT_NE(html.find(marks.first), std::string::npos);
    EXPECT_NE(html.find(marks.second), std::string::npos);
  }
}

DoorCardPage open_offer() {
  DoorCardPage page;
  page.panel = {PanelStyle::ok, "Kortti kelpaa", {"Katsottu"}, "", ""};
  page.offer = DoorOffer{.children_max = 2, .assistants = true, .submit = "Anna lippu"};
  return page;
}

// A scanner ends with Enter: with the cursor on a button it would give a ticket to the card before.
TEST(DoorCardPage, reads_the_next_card_while_an_offer_lies_open) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  auto const html = render(frame, door_card_page(frame, open_offer()));
  EXPECT_TRUE(std::regex_search(html, std::regex("<input[^>]*id=\"next\"[^>]* autofocus>")));
  EXPECT_FALSE(std::regex_search(html, std::regex("<button[^>]* autofocus")));
}

// Enter presses the first button of a form: it is told from a click, and gives no ticket of itself.
TEST(DoorCardPage, tells_enter_from_a_click_by_an_unseen_first_button) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  auto html = render(frame, door_card_page(frame, open_offer()));
  html.erase(0, html.find("<form class=\"panel ok\""));
  auto const first = html.substr(html.find("<button"), 200);
  EXPECT_NE(first.find("name=\"key\""), std::string::npos);
  EXPECT_NE(first.find("tabindex=\"-1\" aria-hidden=\"true\""), std::string::npos);
  EXPECT_LT(html.find("name=\"key\""), html.find("name=\"give\""));
}

TEST(DoorCardPage, is_told_to_a_screen_reader_on_arrival) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  auto page = open_offer();
  page.faults = {{"next", "Valitse vähintään yksi lippu."}};
  auto const html = render(frame, door_card_page(frame, page));
  EXPECT_TRUE(std::regex_search(
      html, std::regex("id=\"next\"[^>]* aria-describedby=\"outcome outcome-lines next-hint "
                       "next-fault\"")));
  EXPECT_EQ(times(html, "<h1"), 1u);
}

// What may be chosen is the line and the choices; an adult's ticket only where none makes sense.
TEST(DoorCardPage, asks_no_more_than_can_be_chosen) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  auto page = open_offer();
  auto const plain = render(frame, door_card_page(frame, page));
  EXPECT_NE(plain.find("type=\"hidden\" name=\"adults\" value=\"1\""), std::string::npos);
  EXPECT_EQ(plain.find("id=\"companion\""), std::string::npos);
  page.offer->asks_adult = true;
  page.offer->companion = true;
  auto const asking = render(frame, door_card_page(frame, page));
  EXPECT_NE(asking.find("id=\"adults-0\""), std::string::npos);
  EXPECT_EQ(asking.find("type=\"hidden\" name=\"adults\""), std::string::npos);
  EXPECT_NE(asking.find("id=\"companion\""), std::string::npos);
}

TEST(DoorGivenPage, says_once_that_a_ticket_is_undone) {
  auto const frame = sample::frame_for(Role::venue_staff, Language::fi);
  DoorGivenPage page;
  page.panel = {PanelStyle::ok, "Lippu peruttu", {"Korttia voi taas käyttää."}, "", ""};
  page.tickets = {{"17.42", "…7QX", "1 aikuinen", 0, true, ""}};
  auto const words = [&] {
    auto const html = render(frame, door_given_page(frame, page));
    return times(html.substr(html.find("<main")), "Lippu peruttu");
  };
  EXPECT_EQ(words(), 1u);
  page.panel.title = "Lippu annettu";
  EXPECT_EQ(words(), 1u) << "the heading says something else";
  page.panel.title = "Lippu peruttu";
  page.tickets.push_back(page.tickets.front());
  EXPECT_EQ(words(), 3u) << "of which it is said has to be seen";
  EXPECT_EQ(times(render(frame, door_given_page(frame, page)),
                  "<p class=\"pair apart\"><button>Tarkista</button>"),
            1u);
}

TEST(TicketsText, counts_tickets_in_words) {
  EXPECT_EQ(tickets_text(Language::fi, {.adult = 1, .child = 2, .assistant = 1}),
            "1 aikuinen, 2 lasta, avustaja");
  EXPECT_EQ(tickets_text(Language::sv, {.adult = 2, .child = 1}), "2 vuxna, 1 barn");
  EXPECT_EQ(tickets_text(Language::en, {.companion = 1}), "culture companion");
}

TEST(QrPicture, is_one_path_with_a_quiet_zone) {
  auto const svg = qr_svg("KK1ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "Kortin QR-koodi");
  EXPECT_EQ(times(svg, "<path"), 1u);
  EXPECT_NE(svg.find("d=\"M4 4h7v1h-7z"),
            std::string::npos);  // the first finder pattern, four modules in
  EXPECT_NE(svg.find("aria-label=\"Kortin QR-koodi\""), std::string::npos);
}

}  // namespace
}  // namespace kaiku::pages
