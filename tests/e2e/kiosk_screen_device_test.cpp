// K5, K6, the lock, the languages and the terminals.
#include <algorithm>

#include "tests/e2e/kiosk_screen_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

TEST_F(KioskScreen, k5_tells_how_the_door_stands) {
  open();
  screen->press_function(5);
  for (auto const* part :
       {"Palvelin:", "https://127.0.0.1:", "Viimeksi yhteydessä:", "Kaikki viety:", "Lähettämättä:",
        "0 · kuittaamatta 0 merkintää", "Yritykset:", "0 epäonnistunut", "Tietojen ikä:", "Tiedot:",
        "Kellon ero:", "Avaimet:", "Varmenne voimassa:", "Uimahalli Näsi", "7000 · versio",
        "Katso ensin, anna sitten", "Äänimerkki:"}) {
    EXPECT_TRUE(screen->shows(part)) << part << "\n" << screen->text();
  }
  // A card finds out at once that the network is gone.
  peer.go_dark(true);
  screen->scan(peer.add_card(0));
  EXPECT_TRUE(screen->shows("LAITE EI VOI NYT TIETÄÄ")) << screen->text();
  screen->press_function(5);
  EXPECT_TRUE(screen->shows("seuraava ")) << screen->text();
  EXPECT_TRUE(screen->shows("Viimeisin virhe:")) << screen->text();
}

TEST_F(KioskScreen, k5_switches_the_mode_and_remembers_it) {
  open();
  screen->press_function(5);
  ASSERT_TRUE(screen->shows("Katso ensin")) << screen->text();
  screen->type("f");
  ASSERT_TRUE(screen->shows("F: ENTER = Tee")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Pikatila: lippu heti")) << screen->text();
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  EXPECT_EQ(screen->terminate(), 0);
  start();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  screen->scan(peer.add_card(0));
  EXPECT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
}

TEST_F(KioskScreen, k5_tests_the_scanner_and_records_nothing) {
  open("sport");
  auto const code = peer.add_card(0);
  screen->press_function(5);
  screen->type("s");
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lukijan testi: lue jokin kortti")) << screen->text();
  screen->scan(peer.qr_of(code));
  ASSERT_TRUE(screen->shows("Lukijan testi: QR-koodi …" + code.substr(code.size() - 3)))
      << screen->text();
  EXPECT_TRUE(screen->shows(" ms, pisin ")) << screen->text();
  EXPECT_EQ(screen->text().find(code.substr(0, 4)), std::string::npos) << screen->text();
  screen->watch(500);
  EXPECT_TRUE(peer.journal().empty());
  EXPECT_EQ(peer.uses(), 0U);
}

TEST_F(KioskScreen, leaves_only_from_k5_after_a_question_and_clears_the_screen) {
  open();
  screen->press_function(5);
  screen->type("q");
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lopetetaanko?")) << screen->text();
  screen->press_escape();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  screen->press_function(5);
  screen->type("q");
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lopetetaanko?")) << screen->text();
  screen->press_enter();
  EXPECT_EQ(screen->exit_code(), 0);
  EXPECT_EQ(screen->text().find("Uimahalli"), std::string::npos) << screen->text();
}

TEST_F(KioskScreen, ends_at_a_signal_with_zero) {
  open();
  EXPECT_EQ(screen->terminate(), 0);
}

// Ctrl-C, Ctrl-Z, Ctrl-S, Ctrl-Q, Ctrl-\: what a terminal makes of them is nobody's at a door.
TEST_F(KioskScreen, control_keys_do_nothing_locked_or_not) {
  open();
  screen->send("\x03\x1a\x13\x11\x1c");
  for (char const c : std::string("\x03\x1a\x13\x1c")) {
    screen->watch(100);
    screen->send(std::string(1, c));
  }
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_escape();
  EXPECT_TRUE(screen->shows("Lue kortti")) << screen->text();
  EXPECT_EQ(screen->terminate(), 0);
}

// ESC [ 21 ~ is F10, and digits with their Enters would be a PIN.
TEST_F(KioskScreen, a_qr_full_of_keys_neither_locks_nor_gives) {
  open();
  screen->scan(peer.add_card(3));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->send("\x1b[21~1234\r1234\r\x1b[15~q\r\r\x1aid\r3\r");
  screen->watch(1000);
  EXPECT_TRUE(screen->shows("EI SAATU SELVÄÄ")) << screen->text();
  screen->press_function(10);
  screen->watch(300);
  screen->press_escape();
  EXPECT_TRUE(screen->shows("Lue kortti")) << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
}

TEST_F(KioskScreen, k6_enrols_on_the_screen) {
  start();
  ASSERT_TRUE(screen->shows("Palvelimen osoite")) << screen->text();
  screen->send(peer.url().substr(std::string("https://").size()));
  ASSERT_TRUE(screen->shows(peer.url() + "_")) << screen->text();
  screen->press_enter();
  screen->send("kaiku-aaaa-bbbb-cccc-dddd");
  ASSERT_TRUE(screen->shows("kaiku-aaaa-bbbb-cccc-dddd_")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Vertaa: onko vastuuhenkilöllä samat tunnisteet?")) << screen->text();
  EXPECT_TRUE(screen->shows(peer.ca_fingerprint().substr(0, 4))) << screen->text();
  screen->press_function(8);
  ASSERT_TRUE(screen->shows("Jämför: har ansvarspersonen samma fingeravtryck?")) << screen->text();
  screen->press_enter();
  EXPECT_TRUE(screen->shows("Välj evenemang")) << "the language stays\n" << screen->text();
  EXPECT_TRUE(screen->shows("● Uppkopplad")) << screen->text();
}

TEST_F(KioskScreen, speaks_three_languages_everywhere_and_remembers_which) {
  open();
  screen->scan(peer.add_card(1));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_function(8);
  ASSERT_TRUE(screen->shows("KORTET GÄLLER")) << screen->text();
  screen->press_function(8);
  ASSERT_TRUE(screen->shows("THE CARD IS GOOD")) << screen->text();
  screen->press_function(5);
  ASSERT_TRUE(screen->shows("Certificate until:")) << screen->text();
  EXPECT_EQ(screen->terminate(), 0);
  start();
  EXPECT_TRUE(screen->shows("Scan the card")) << screen->text();
}

TEST_F(KioskScreen, locks_with_a_pin_and_opens_with_it) {
  open("sport", {}, "2468");
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("Viimeisin: 1 lippu")) << screen->text();
  screen->press_function(10);
  ASSERT_TRUE(screen->shows("Avaa PIN-koodilla:")) << screen->text();
  for (auto const* hidden :
       {"Uimahalli", "Viimeisin", "lippu", "lähettämättä", "Verkossa", "2468"}) {
    EXPECT_TRUE(screen->clears(hidden)) << screen->text();
  }
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("Korttia ei luettu: avaa ensin lukitus.")) << screen->text();
  screen->type("1111");
  screen->press_enter();
  ASSERT_TRUE(screen->shows("PIN ei käy.")) << screen->text();
  screen->type("2468");
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  EXPECT_EQ(peer.uses(), 1U) << "a card was taken through the lock";
}

TEST_F(KioskScreen, stays_locked_over_a_restart_until_the_operator_forgets_the_pin) {
  open("culture", {}, "2468");
  screen->press_function(10);
  ASSERT_TRUE(screen->shows("Lukittu")) << screen->text();
  EXPECT_EQ(screen->terminate(), 0);
  start();
  ASSERT_TRUE(screen->shows("Avaa PIN-koodilla:")) << screen->text();
  EXPECT_EQ(screen->terminate(), 0);
  start({}, {"--forget-pin"});
  EXPECT_TRUE(screen->shows("Lue kortti")) << screen->text();
}

TEST_F(KioskScreen, a_passer_by_sets_no_pin) {
  open();
  screen->press_function(10);
  ASSERT_TRUE(screen->shows("Lukituksella ei ole PIN-koodia. Aseta se: kaiku-kiosk pin"))
      << screen->text();
  EXPECT_EQ(kiosk.run({"pin"}, "2468\n2468\n").exit_code, 3) << "while the door is open";
  EXPECT_EQ(screen->terminate(), 0);
  EXPECT_EQ(kiosk.run({"pin"}, "246\n246\n").exit_code, 2);
  EXPECT_EQ(kiosk.run({"pin"}, "2468\n2469\n").exit_code, 2);
}

TEST_F(KioskScreen, takes_no_pin_for_a_while_after_five_wrong_ones) {
  open("culture", {}, "2468");
  screen->press_function(10);
  ASSERT_TRUE(screen->shows("Avaa PIN-koodilla:")) << screen->text();
  for (int tries = 0; tries < 5; ++tries) {
    screen->type("1111");
    ASSERT_TRUE(screen->shows("••••_")) << screen->text();
    screen->press_enter();
    ASSERT_TRUE(screen->shows("PIN ei käy.")) << screen->text();
  }
  EXPECT_TRUE(screen->shows("Odota ")) << screen->text();
}

TEST_F(KioskScreen, shows_ascii_alone_where_the_terminal_has_no_more) {
  enrol();
  set_pin("1234");
  start({80, 24, "C"});
  ASSERT_TRUE(screen->shows("* Verkossa  lahettamatta 0")) << screen->text();
  ASSERT_TRUE(goes_without_event()) << screen->text();
  screen->scan(peer.add_card(2));
  ASSERT_TRUE(screen->shows("+ V KORTTI KELPAA =")) << screen->text();
  screen->press_escape();
  screen->scan("ABCD-EFGH-JKMN");
  ASSERT_TRUE(screen->shows("- x TUNNUKSESTA EI SAATU SELVAA -")) << screen->text();
  screen->press_function(5);
  ASSERT_TRUE(screen->shows("Viimeksi yhteydessa:")) << screen->text();
  screen->press_function(10);
  ASSERT_TRUE(screen->shows("Avaa PIN-koodilla:")) << screen->text();
  screen->type("12");
  ASSERT_TRUE(screen->shows("**_")) << screen->text();
  auto const& written = screen->written();
  EXPECT_TRUE(std::all_of(written.begin(), written.end(), [](char c) { return c >= 0; }));
}

TEST_F(KioskScreen, fills_a_large_terminal_and_says_when_one_is_too_small) {
  open("culture", {120, 40, "C.UTF-8"});
  EXPECT_TRUE(row_shows(39, "F10 Lukitse")) << screen->text();
  // The network stands at the right edge, before the clock's five characters.
  EXPECT_TRUE(row_shows(0, std::string(50, ' ') + "● Verkossa  lähettämättä 0   "))
      << screen->text();
  screen->resize(50, 10);
  ASSERT_TRUE(screen->shows("Ikkuna on liian pieni")) << screen->text();
  screen->resize(80, 24);
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  EXPECT_TRUE(row_shows(23, "F10 Lukitse")) << screen->text();
}

}  // namespace
}  // namespace kaiku::kiosk_tests
