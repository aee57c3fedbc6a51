#include "kiosk/screen/layout.hpp"

#include <algorithm>

#include "kiosk/screen/texts.hpp"
#include "tests/unit/kiosk/layout_fixture.hpp"

namespace kaiku::kiosk {
namespace {

TEST(Layout, shows_the_idle_door_in_finnish) {
  auto model = model_of(IdleFace{});
  model.typing = {"ABC", true, 0, {}};
  EXPECT_EQ(draw(model).text(),
            R"( KAIKU  Ka… · Pieni merenneito 22.11. 18.00  ● Verkossa  lähettämättä 0   17.41



      Lue kortti
      tai kirjoita tunnus ja paina Enter

      Tunnus: ABC_


      Annettu tänään 14 lippua (4 lapsille) · kiintiötä jäljellä 6/20












 F2 Tapahtuma  F3 Tunnus  F4 Peru viimeisin  F5 Tila  F8 Kieli  F10 Lukitse
)");
}

TEST(Layout, leaves_the_venues_name_out_before_it_cuts_an_event_to_nothing) {
  auto model = model_of(IdleFace{});
  model.standing.online = false;
  model.standing.data_as_of = Instant{1};
  auto const bar = draw(model).row_text(0);
  EXPECT_EQ(bar.find("KAIKU"), std::string::npos) << bar;
  EXPECT_NE(bar.find(" Pieni meren…"), std::string::npos) << bar;
  EXPECT_NE(bar.find("22.11. 18.00"), std::string::npos) << bar;
}

TEST(Layout, shows_a_code_that_is_typed_while_something_else_is_open) {
  for (auto const& face : all_faces()) {
    auto model = model_of(face);
    model.typing = {"ABCD-EFGH", true, 0, {}};
    bool const is_locked = std::holds_alternative<LockedFace>(face);
    bool const is_shown = draw(model).text().find("Tunnus: ABCD-EFGH_") != std::string::npos;
    EXPECT_EQ(is_shown, !is_locked) << draw(model).text();
  }
}

TEST(Layout, shows_a_valid_card_with_its_children) {
  auto const text = draw(model_of(offer())).text();
  EXPECT_NE(text.find("╔ ✓ KORTTI KELPAA ═"), std::string::npos) << text;
  EXPECT_NE(text.find("Lapsilippuja enintään 2"), std::string::npos);
  EXPECT_NE(text.find("Lapsia  0 [1] 2   (0–9, + −)"), std::string::npos) << text;
  EXPECT_NE(text.find("[ENTER = Anna 2 lippua]   ESC = Ei lippua   (sulkeutuu 15 s)"),
            std::string::npos)
      << text;
}

TEST(Layout, shows_what_the_event_has_the_door_tell_beside_a_ticket) {
  GivenFace given;
  given.tickets = {.adult = 1};
  for (Face const& face : {Face(offer()), Face(given)}) {
    auto model = model_of(face);
    EXPECT_EQ(draw(model).text().find("> "), std::string::npos);
    model.news.events[0].message = contract::Title{"Ranneke tiskiltä 2", "", "Wristband: desk 2"};
    EXPECT_NE(draw(model).text().find("> Ranneke tiskiltä 2"), std::string::npos);
    model.language = contract::Language::en;
    EXPECT_NE(draw(model).text().find("> Wristband: desk 2"), std::string::npos);
    model.event.reset();
    EXPECT_EQ(draw(model).text().find("> "), std::string::npos) << "of the chosen event alone";
  }
}

TEST(Layout, refuses_with_words_that_can_be_read_over_a_shoulder) {
  auto const text = draw(model_of(NotNowFace{contract::Answer::expired, {}, false})).text();
  EXPECT_NE(text.find("┄ ✕ EI LIPPUA TÄLLÄ KOODILLA ┄"), std::string::npos) << text;
  EXPECT_NE(text.find("Sano: ”Odota hetki, tarkistan.”"), std::string::npos) << text;
  EXPECT_NE(text.find("ENTER = Seuraava"), std::string::npos);
}

TEST(Layout, warns_with_the_time_of_the_earlier_ticket) {
  auto const reply = reply_with(contract::Answer::already_used_here, 2);
  auto const text = draw(model_of(WarnFace{{}, reply, {.adult = 1}, false})).text();
  EXPECT_NE(text.find("┌ ! TÄLLÄ KORTILLA ON JO ANNETTU LIPPU 17.42 ─"), std::string::npos) << text;
  EXPECT_NE(text.find("P = Anna silti (syy listasta)"), std::string::npos);
}

TEST(Layout, says_that_it_works_without_a_network) {
  auto model = model_of(IdleFace{});
  model.standing.online = false;
  model.standing.queue = 3;
  auto text = draw(model).text();
  EXPECT_NE(text.find("○ Ei verkkoa, toimii silti · lähettämättä 3"), std::string::npos) << text;
  EXPECT_EQ(text.find("vanhat"), std::string::npos) << "a moment is not worth telling";
  for (auto const& [age_s, words] : {std::pair{12 * 60, "Laitteen tiedot ovat 12 min vanhat."},
                                     std::pair{5 * 3600, "Laitteen tiedot ovat 5 h vanhat."},
                                     std::pair{3 * 86'400, "Laitteen tiedot ovat 3 pv vanhat."}}) {
    model.standing.data_age_s = age_s;
    EXPECT_NE(draw(model).text().find(words), std::string::npos) << draw(model).text();
  }
  model.standing.online = true;
  EXPECT_EQ(draw(model).text().find("vanhat"), std::string::npos);
}

TEST(Layout, tells_the_age_of_old_data_beside_the_answer) {
  OfferFace offer;
  offer.reply.children_max = 2;
  GivenFace given;
  given.tickets = {.adult = 1};
  for (bool const is_old : {false, true}) {
    offer.age = given.age = {4 * 86'400, is_old};
    for (Face const& face : {Face(offer), Face(given)}) {
      auto const text = draw(model_of(face)).text();
      EXPECT_EQ(text.find("Laitteen tiedot ovat 4 pv vanhat.") != std::string::npos, is_old)
          << text;
    }
  }
}

TEST(Layout, says_how_much_is_reserved_for_the_card_where_something_is) {
  auto face = offer();
  EXPECT_EQ(draw(model_of(face)).text().find("Varattu"), std::string::npos);
  face.reply.reserved = contract::Tickets{.adult = 1, .child = 2};
  EXPECT_NE(draw(model_of(face)).text().find("Varattu 3"), std::string::npos);
}

TEST(Layout, never_says_that_it_works_when_it_cannot_know) {
  auto model = model_of(IdleFace{});
  model.standing.online = false;
  model.standing.data_as_of.reset();
  auto text = draw(model).text();
  EXPECT_NE(text.find("○ Ei verkkoa · lähettämättä 0"), std::string::npos) << text;
  EXPECT_NE(text.find("Laitteella ei ole vielä tietoja. Yhdistä laite verkkoon."),
            std::string::npos);
  model.standing.data_as_of = evening;
  model.standing.data_is_too_old = true;
  model.standing.data_age_s = 15 * 86'400;
  text = draw(model).text();
  EXPECT_NE(text.find("○ Ei verkkoa, toimii silti"), std::string::npos) << text;
  EXPECT_NE(text.find("tiedot ovat 15 pv vanhat: lippu vain syyn kanssa."), std::string::npos);
  model.standing.age_may_be_overruled = false;
  text = draw(model).text();
  EXPECT_NE(text.find("○ Ei verkkoa · lähettämättä 0"), std::string::npos) << text;
  EXPECT_NE(text.find("tiedot ovat 15 pv vanhat. Yhdistä"), std::string::npos) << text;
}

TEST(Layout, says_when_the_clock_is_wrong) {
  auto model = model_of(IdleFace{});
  model.standing.clock_difference_us = -7 * minute_us;
  EXPECT_NE(draw(model).text().find("Laitteen kello on väärässä (+7 min)"), std::string::npos);
  model.standing.clock_difference_us = 400 * day_us;
  EXPECT_NE(draw(model).text().find("Laitteen kello on väärässä (−400 pv)"), std::string::npos);
  model.standing.clock_difference_us = 0;
  model.standing.clock_fault = true;
  EXPECT_NE(draw(model).text().find("kello on jäljessä tiedoistaan"), std::string::npos);
}

TEST(Layout, says_what_the_server_holds_against_the_device) {
  auto model = model_of(IdleFace{});
  model.standing.trouble = Trouble::revoked;
  model.standing.unacknowledged = 3;
  auto const text = draw(model).text();
  EXPECT_NE(text.find("Laite on poistettu käytöstä, tallessa 3 merkintää. Ota yhteys"),
            std::string::npos)
      << text;
  model.standing.trouble = Trouble::certificate_expired;
  EXPECT_NE(draw(model).text().find("varmenne on vanhentunut ja vaihdetaan"), std::string::npos);
}

TEST(Layout, without_a_network_never_calls_a_code_invalid) {
  for (auto const why : {CannotKnow::typed_not_in_data, CannotKnow::card_not_in_data,
                         CannotKnow::data_too_old, CannotKnow::no_data}) {
    auto const text = draw(model_of(NoAnswerFace{why, {}})).text();
    EXPECT_NE(text.find("? LAITE EI VOI NYT TIETÄÄ"), std::string::npos) << text;
    EXPECT_NE(text.find("Sano: ”"), std::string::npos) << text;
    EXPECT_NE(text.find("ENTER = Seuraava"), std::string::npos) << text;
    EXPECT_EQ(text.find("EI LIPPUA"), std::string::npos) << text;
  }
}

TEST(Layout, tells_of_a_card_not_in_the_data_in_one_discreet_line) {
  auto face = offer();
  face.reply.answer = contract::Answer::ok_offline;
  auto const text = draw(model_of(face)).text();
  EXPECT_NE(text.find("╔ ✓ KORTTI KELPAA ═"), std::string::npos) << text;
  EXPECT_NE(text.find("Uusi kortti, tarkistetaan myöhemmin."), std::string::npos) << text;
}

TEST(Layout, shows_no_key_for_whom_the_card_may_not_bring) {
  auto face = offer();
  EXPECT_NE(draw(model_of(face)).text().find("Kulttuurikaveri [ ] (K)"), std::string::npos);
  face.reply.tickets_allowed.companion = 0;
  auto const text = draw(model_of(face)).text();
  EXPECT_EQ(text.find("Kulttuurikaveri"), std::string::npos) << text;
  EXPECT_NE(text.find("Avustaja [ ] (A)   Tulkki [ ] (T)"), std::string::npos) << text;
}

TEST(Layout, a_course_place_is_for_the_cardholder_alone) {
  auto face = offer();
  face.reply.children_max = 0;
  face.chosen.child = 0;
  face.reply.tickets_allowed = {.adult = 1};
  auto model = model_of(face);
  model.news.events[0].kind = contract::UseKind::course;
  auto const text = draw(model).text();
  EXPECT_NE(text.find("Kurssipaikka, vain kortinhaltijalle"), std::string::npos) << text;
  for (auto const* absent : {"Lapsi", "Avustaja", "Tulkki"}) {
    EXPECT_EQ(text.find(absent), std::string::npos) << text;
  }
}

TEST(Layout, fits_eighty_columns_in_every_state_and_language) {
  for (auto const language : contract::languages) {
    for (auto const& face : all_faces()) {
      for (auto const trouble : {Trouble::none, Trouble::revoked, Trouble::certificate_expired,
                                 Trouble::not_enrolled, Trouble::has_to_join_again}) {
        auto model = model_of(face, language);
        if (trouble != Trouble::none) make_troubled(model, trouble);
        auto text = draw(model).text();
        // The bar may shorten a long title of an event.
        text.erase(0, text.find('\n') + 1);
        // A text that was cut ends in … without a space before it; a short code begins with it.
        for (std::size_t at = text.find("…"); at != std::string::npos;
             at = text.find("…", at + 1)) {
          EXPECT_TRUE(text.compare(at - 1, 1, " ") == 0) << text;
        }
      }
    }
  }
}

TEST(Layout, the_keys_and_the_notices_fit_the_smallest_screen) {
  for (auto const language : contract::languages) {
    auto model = model_of(IdleFace{}, language);
    auto const text = draw(model, smallest_screen).text();
    auto const foot = draw(model, smallest_screen).row_text(smallest_screen.rows - 1);
    EXPECT_LE(width_of(foot), smallest_screen.columns - 1) << foot;
    EXPECT_NE(foot.find("F10 L"), std::string::npos) << text;
    EXPECT_LE(width_of(kiosk::text(Word::keys_short, language)), smallest_screen.columns - 2);
    EXPECT_LE(width_of(kiosk::text(Word::keys_idle, language)), 78);
  }
}

TEST(Layout, the_act_and_its_end_stay_on_the_smallest_screen) {
  for (auto const language : contract::languages) {
    auto model = model_of(offer(), language);
    model.uses = {{{.adult = 1}, "…XYZ", evening, 1}};
    auto const text = draw(model, smallest_screen).text();
    EXPECT_NE(text.find("[ENTER = "), std::string::npos) << text;
    EXPECT_NE(text.find("ESC = "), std::string::npos) << text;
    EXPECT_NE(text.find("╝"), std::string::npos) << text;
  }
}

TEST(Layout, draws_every_state_at_every_size) {
  for (Size const size : {Size{60, 16}, Size{80, 24}, Size{120, 40}, Size{20, 5}, Size{1, 1}}) {
    for (auto const& face : all_faces()) {
      auto model = model_of(face);
      make_troubled(model, Trouble::revoked);
      EXPECT_EQ(draw(model, size).size().rows, size.rows);
    }
  }
}

// A sign without a plain form becomes a question mark; only those of the texts may stand there.
TEST(Layout, has_a_plain_form_for_terminals_without_the_signs) {
  auto const marks = [](std::string const& text) {
    return std::count(text.begin(), text.end(), '?');
  };
  for (auto const language : contract::languages) {
    for (auto const& face : all_faces()) {
      auto model = model_of(face, language);
      make_troubled(model, Trouble::revoked);
      auto const full = draw(model);
      for (auto const glyphs : {Glyphs::ascii, Glyphs::latin}) {
        auto const shown = full.shown_with(glyphs).text();
        EXPECT_EQ(marks(shown), marks(full.text())) << shown;
        for (char32_t const c : decode_utf8(shown)) {
          EXPECT_LT(c, glyphs == Glyphs::ascii ? char32_t{0x80} : char32_t{0x100}) << shown;
        }
      }
    }
  }
  auto const text = draw(model_of(offer())).shown_with(Glyphs::ascii).text();
  EXPECT_NE(text.find("+ V KORTTI KELPAA ="), std::string::npos) << text;
  auto const latin = draw(model_of(NotNowFace{contract::Answer::expired, {}, false}));
  EXPECT_NE(latin.shown_with(Glyphs::latin).text().find("x EI LIPPUA TÄLLÄ KOODILLA -"),
            std::string::npos);
}

TEST(Layout, lets_no_text_of_a_server_move_the_cursor) {
  auto model = model_of(IdleFace{});
  model.news.events[0].title.fi = "\x1b[2J\x07\xe2\x80\xae\xff日本";
  auto const text = draw(model).text();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("?[2J????? 22.11. 18.00"), std::string::npos) << text;
}

}  // namespace
}  // namespace kaiku::kiosk
