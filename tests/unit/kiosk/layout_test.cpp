#include "kiosk/screen/layout.hpp"

#include <gtest/gtest.h>

#include "kiosk/screen/enrol_model.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {
namespace {

constexpr Instant evening{1'795'362'060'000'000};  // 22.11.2026 17.41 in Helsinki

DoorModel model_of(Face face, contract::Language language = contract::Language::fi) {
  DoorModel model;
  model.language = language;
  model.standing.online = true;
  DoorEvent event;
  event.id = EventId{5};
  event.title = {"Pieni merenneito", "Den lilla sjöjungfrun", "The Little Mermaid"};
  event.starts_at = evening + 19 * minute_us;
  event.quota = 20;
  event.quota_left = 6;
  model.news.events.push_back(event);
  model.news.tickets_today = 14;
  model.news.children_today = 4;
  model.event = event.id;
  model.face = std::move(face);
  return model;
}

Frame draw(DoorModel const& model, Size size = {}) {
  return layout(model, {"Kaupunginteatteri", "https://127.0.0.1:8444", 7, "0.1.0"}, size,
                {5 * second_us, evening});
}

contract::CheckReply reply_with(contract::Answer answer, int children) {
  contract::CheckReply reply;
  reply.answer = answer;
  reply.children_max = children;
  reply.may_override = contract::is_overridable(answer);
  reply.used_at = evening + minute_us;
  return reply;
}

OfferFace offer() {
  OfferFace face;
  face.reply = reply_with(contract::Answer::ok, 2);
  face.chosen.child = 1;
  return face;
}

std::vector<Face> all_faces() {
  std::vector<Face> faces{IdleFace{"ABC"}, WaitFace{}, offer(), StatusFace{}, QuitFace{},
                          EventsFace{1}, UndoFace{},
                          GivenFace{{"", "…XYZ"}, {.adult = 1}, 3, true}};
  for (std::size_t index = 0; index < contract::answer_count; ++index) {
    auto const answer = static_cast<contract::Answer>(index);
    faces.emplace_back(NotNowFace{answer, 3});
    faces.emplace_back(WarnFace{{}, reply_with(answer, 2), {.adult = 1}, false});
    faces.emplace_back(WarnFace{{}, reply_with(answer, 2), {.adult = 1}, true});
  }
  for (auto const why : {NoAnswer::Why::no_connection, NoAnswer::Why::server_busy,
                         NoAnswer::Why::too_many_tries, NoAnswer::Why::not_accepted}) {
    faces.emplace_back(NoAnswerFace{why, false, {}});
  }
  faces.emplace_back(NoAnswerFace{NoAnswer::Why::not_accepted, true, {}});
  for (auto const kind : {UndoResult::Kind::undone, UndoResult::Kind::noted,
                          UndoResult::Kind::nothing_to_undo, UndoResult::Kind::too_late,
                          UndoResult::Kind::refused}) {
    faces.emplace_back(UndoFace{UndoResult{kind, {.adult = 1}}});
  }
  return faces;
}

TEST(Layout, shows_the_idle_door_in_finnish) {
  EXPECT_EQ(draw(model_of(IdleFace{"ABC"})).text(),
            R"( KAIKU  Kaupunginteatteri · Pieni merenneito 18.00   ● Verkossa  jono 0   17.41



      Lue kortin koodi
      tai kirjoita tunnus ja paina Enter

      Tunnus: ABC_


      Annettu tänään 14 lippua (4 lapsille) · kiintiötä jäljellä 6/20












 F2 Tapahtuma  F3 Tunnus  F4 Peru viimeisin  F5 Tila  F8 Kieli  F10 Lopeta
)");
}

TEST(Layout, shows_a_valid_card_with_its_children) {
  auto const text = draw(model_of(offer())).text();
  EXPECT_NE(text.find("╔ ✓ KORTTI KELPAA ═"), std::string::npos) << text;
  EXPECT_NE(text.find("Lapsilippuja enintään 2"), std::string::npos);
  EXPECT_NE(text.find("Lapsia  0 [1] 2   (0–9, + −)"), std::string::npos) << text;
  EXPECT_NE(text.find("[ENTER = Anna 2 lippua]   ESC = Älä anna   (sulkeutuu 15 s)"),
            std::string::npos)
      << text;
}

TEST(Layout, refuses_with_words_that_can_be_read_over_a_shoulder) {
  auto const text = draw(model_of(NotNowFace{contract::Answer::expired, {}})).text();
  EXPECT_NE(text.find("┄ ✕ EI LIPPUA TÄLLÄ KOODILLA ┄"), std::string::npos) << text;
  EXPECT_NE(text.find("Sano: ”Odota hetki, tarkistan.”"), std::string::npos) << text;
  EXPECT_NE(text.find("ENTER = Seuraava"), std::string::npos);
}

TEST(Layout, warns_with_the_time_of_the_earlier_ticket) {
  auto const reply = reply_with(contract::Answer::already_used_here, 2);
  auto const text = draw(model_of(WarnFace{{}, reply, {.adult = 1}, false})).text();
  EXPECT_NE(text.find("┌ ! TÄSTÄ KORTISTA ON JO ANNETTU LIPPU 17.42 ─"), std::string::npos) << text;
  EXPECT_NE(text.find("P = Anna silti (syy listasta)"), std::string::npos);
}

TEST(Layout, says_when_there_is_no_network_and_when_the_clock_is_wrong) {
  auto model = model_of(IdleFace{});
  model.standing.online = false;
  model.standing.queue = 3;
  model.standing.clock_difference_us = -7 * minute_us;
  auto const text = draw(model).text();
  EXPECT_NE(text.find("○ Ei verkkoa · jono 3"), std::string::npos) << text;
  EXPECT_NE(text.find("Laitteen kello on väärässä (+7 min)"), std::string::npos) << text;
}

TEST(Layout, fits_eighty_columns_in_every_state_and_language) {
  for (auto const language : contract::languages) {
    for (auto const& face : all_faces()) {
      auto text = draw(model_of(face, language)).text();
      // The bar may shorten a long title of an event.
      text.erase(0, text.find('\n') + 1);
      // A text that was cut ends in … without a space before it.
      for (std::size_t at = text.find("…"); at != std::string::npos; at = text.find("…", at + 1)) {
        EXPECT_TRUE(text.compare(at - 1, 1, " ") == 0) << text;
      }
    }
  }
}

TEST(Layout, draws_every_state_at_every_size) {
  for (Size const size : {Size{60, 16}, Size{80, 24}, Size{132, 50}, Size{20, 5}, Size{1, 1}}) {
    for (auto const& face : all_faces()) {
      EXPECT_EQ(draw(model_of(face), size).size().rows, size.rows);
    }
  }
}

TEST(Layout, has_a_plain_form_for_terminals_without_the_signs) {
  for (auto const& face : all_faces()) {
    auto const shown = draw(model_of(face)).shown_with(Glyphs::ascii);
    for (char const c : shown.text()) EXPECT_GE(c, 0) << shown.text();
  }
  auto const text = draw(model_of(offer())).shown_with(Glyphs::ascii).text();
  EXPECT_NE(text.find("+ V KORTTI KELPAA ="), std::string::npos) << text;
  auto const latin = draw(model_of(NotNowFace{contract::Answer::expired, {}}));
  EXPECT_NE(latin.shown_with(Glyphs::latin).text().find("x EI LIPPUA TÄLLÄ KOODILLA -"),
            std::string::npos);
}

TEST(Layout, lets_no_text_of_a_server_move_the_cursor) {
  auto model = model_of(IdleFace{});
  model.news.events[0].title.fi = "\x1b[2J\x07\xe2\x80\xae\xff日本";
  auto const text = draw(model).text();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("?[2J????? 18.00"), std::string::npos) << text;
}

TEST(Layout, shows_both_fingerprints_before_a_kiosk_is_enrolled) {
  EnrolModel model;
  model.step = EnrolModel::Step::compare;
  model.door_ca_fingerprint = std::string(64, 'a');
  model.server_fingerprint = std::string(64, 'b');
  auto const text = layout(model, Size{}).text();
  auto const row = [](char c) {
    std::string line(4, c);
    for (int group = 1; group < 8; ++group) line += " " + std::string(4, c);
    return line;
  };
  EXPECT_NE(text.find(row('a') + "\n        " + row('a')), std::string::npos) << text;
  EXPECT_NE(text.find(row('b') + "\n        " + row('b')), std::string::npos) << text;
}

TEST(EnrolScreen, asks_only_with_a_good_address_and_code) {
  EnrolModel model;
  EXPECT_EQ(press(model, Key::enter), EnrolWish::nothing);
  EXPECT_EQ(model.fault, EnrolModel::Fault::bad_address);
  for (char32_t const c : std::u32string(U"127.0.0.1:8443")) type(model, c);
  press(model, Key::enter);
  ASSERT_EQ(model.step, EnrolModel::Step::code);
  EXPECT_EQ(press(model, Key::enter), EnrolWish::nothing);
  EXPECT_EQ(model.fault, EnrolModel::Fault::bad_code);
  EXPECT_EQ(scan(model, "KAIKU-AAAA-BBBB-CCCC-DDDD"), EnrolWish::ask);
  EXPECT_EQ(model.step, EnrolModel::Step::asking);
}

TEST(EnrolScreen, stores_nothing_when_the_fingerprints_differ) {
  EnrolModel model;
  model.step = EnrolModel::Step::compare;
  EXPECT_EQ(press(model, Key::escape), EnrolWish::nothing);
  EXPECT_EQ(model.fault, EnrolModel::Fault::stored_nothing);
  model.step = EnrolModel::Step::compare;
  EXPECT_EQ(press(model, Key::enter), EnrolWish::accept);
}

}  // namespace
}  // namespace kaiku::kiosk
