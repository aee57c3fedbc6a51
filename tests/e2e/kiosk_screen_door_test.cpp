// K1 to K4 as a person at the door sees them, on the network and without it.
#include "schema/contract/card_code.hpp"
#include "tests/e2e/kiosk_screen_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

std::string code_of_a_stranger() {
  SeededRandom random(5);
  return contract::CardCode::random(random).text();
}

TEST_F(KioskScreen, k1_shows_the_venue_the_network_and_the_keys) {
  open();
  EXPECT_TRUE(row_shows(0, " KAIKU  Uimahalli Näsi")) << screen->text();
  EXPECT_TRUE(screen->shows("Annettu tänään 0 lippua (0 lapsille)")) << screen->text();
  EXPECT_TRUE(
      row_shows(23, " F2 Tapahtuma  F3 Tunnus  F4 Peru viimeisin  F5 Tila  F8 Kieli  F10 Lukitse"))
      << screen->text();
  ASSERT_TRUE(choose_event()) << screen->text();
  EXPECT_TRUE(screen->shows("kiintiötä jäljellä")) << screen->text();
}

TEST_F(KioskScreen, k2_gives_with_children_and_an_assistant_and_undoes) {
  open();
  screen->scan(peer.add_card(2));
  ASSERT_TRUE(screen->shows("╔ ✓ KORTTI KELPAA ═")) << screen->text();
  EXPECT_TRUE(screen->shows("Lapsilippuja enintään 2"));
  EXPECT_EQ(peer.uses(), 0U) << "given without an act";
  screen->type("1");
  EXPECT_TRUE(screen->shows("0 [1] 2")) << screen->text();
  EXPECT_TRUE(screen->shows("[ENTER = Anna 2 lippua]")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 2 LIPPUA (1 LAPSELLE) ANNETTU")) << screen->text();
  EXPECT_TRUE(peer_has_uses(1));
  screen->press_function(4);
  ASSERT_TRUE(screen->shows("PERUTAANKO TÄMÄ?")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("PERUTTU: 2 LIPPUA (1 LAPSELLE)")) << screen->text();
  EXPECT_TRUE(peer_has_uses(0));
}

TEST_F(KioskScreen, k2_gives_nothing_at_escape) {
  open();
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_escape();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
  EXPECT_TRUE(peer.journal().empty());
}

TEST_F(KioskScreen, an_offer_left_alone_was_looked_at_and_nothing_given) {
  open();
  auto const card = peer.add_card(0);
  screen->scan(card);
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->scan(peer.add_card(0));
  EXPECT_TRUE(screen->shows("Viimeisin: katsottu, ei annettu · …" + card.substr(card.size() - 3)))
      << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
}

TEST_F(KioskScreen, after_a_restart_a_use_is_taken_back_from_the_list_alone) {
  open("sport");
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  ASSERT_TRUE(peer_has_uses(1));
  EXPECT_EQ(screen->terminate(), 0);
  start();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  screen->press_function(4);
  ASSERT_TRUE(screen->shows("Mikä perutaan? (15 min)")) << screen->text();
  screen->press_function(4);
  screen->press_enter();
  ASSERT_TRUE(screen->shows("PERUTAANKO TÄMÄ?")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("PERUTTU: 1 LIPPU")) << screen->text();
  EXPECT_TRUE(peer_has_uses(0));
}

TEST_F(KioskScreen, k3_refuses_in_words_that_may_be_read_over_a_shoulder) {
  open();
  auto const card = peer.add_card(0);
  peer.set_state(card, contract::StoredState::blocked);
  screen->scan(card);
  ASSERT_TRUE(screen->shows("┄ ✕ EI LIPPUA TÄLLÄ KOODILLA ┄")) << screen->text();
  EXPECT_TRUE(screen->shows("Sano: ”Odota hetki, tarkistan.”")) << screen->text();
  EXPECT_EQ(screen->text().find("HYLÄTTY"), std::string::npos);
  EXPECT_EQ(screen->text().find(card.substr(0, 4)), std::string::npos) << "the code is shown";
  screen->press_enter();
  EXPECT_TRUE(screen->shows("Lue kortti")) << screen->text();
}

TEST_F(KioskScreen, k4_warns_and_is_overruled_with_a_reason) {
  open();
  auto const card = peer.add_card(0);
  ASSERT_TRUE(choose_event()) << screen->text();
  screen->scan(card);
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  screen->scan(card);
  ASSERT_TRUE(screen->shows("┌ ! TÄLLÄ KORTILLA ON JO ANNETTU LIPPU")) << screen->text();
  screen->type("p");
  ASSERT_TRUE(screen->shows("1  Kävi ulkona ja palasi")) << screen->text();
  screen->type("1");
  ASSERT_TRUE(screen->shows("Valitse, kenelle")) << screen->text();
  screen->type("h");
  ASSERT_TRUE(screen->shows("[ENTER = Anna 1 lippu]")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  EXPECT_TRUE(peer_has_uses(2));
}

TEST_F(KioskScreen, a_scan_is_taken_whatever_is_open) {
  open();
  for (int const key : {2, 3, 5, 10}) {
    screen->press_function(key);
    screen->watch(200);
    screen->scan(peer.add_card(0));
    ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << "F" << key << "\n" << screen->text();
    screen->press_escape();
    ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  }
}

TEST_F(KioskScreen, a_typed_code_is_as_good_as_a_scan) {
  open();
  auto const card = peer.add_card(0);
  screen->type(card);
  ASSERT_TRUE(screen->shows("Tunnus: " + card + "_")) << screen->text();
  screen->press_enter();
  EXPECT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
}

TEST_F(KioskScreen, a_burst_of_twenty_scans_in_a_second_is_recorded_in_order) {
  open("sport");
  std::vector<std::string> cards;
  for (int card = 0; card < 20; ++card) cards.push_back(peer.add_card(0));
  for (auto const& card : cards) {
    screen->scan(card);
    screen->watch(50);
  }
  ASSERT_TRUE(peer_has_uses(20)) << peer.uses() << "\n" << screen->text();
  ASSERT_TRUE(screen->wait_until([&] { return peer.journal().size() == 40; }));
  auto const keys = peer.use_keys();
  for (int card = 0; card < 20; ++card) {
    // An attempt and its outcome for each, one after the other.
    EXPECT_TRUE(keys.contains("d:7000:" + std::to_string(2 * card + 1))) << card;
  }
  EXPECT_TRUE(shows_one_of("Annettu tänään 20 lippua", "✓ 1 LIPPU ANNETTU")) << screen->text();
}

TEST_F(KioskScreen, a_burst_without_a_network_loses_none) {
  open("sport");
  std::vector<std::string> cards;
  for (int card = 0; card < 20; ++card) cards.push_back(peer.qr_of(peer.add_unpublished_card(0)));
  peer.go_silent(true);
  for (int card = 0; card < 10; ++card) {
    screen->scan(cards[static_cast<std::size_t>(card)]);
    screen->watch(50);
  }
  EXPECT_TRUE(screen->shows("lähettämättä 10")) << screen->text();
  peer.go_silent(false);
  EXPECT_TRUE(screen->shows("● Verkossa  lähettämättä 0")) << screen->text();
  EXPECT_TRUE(peer_has_uses(10)) << peer.uses();
}

TEST_F(KioskScreen, children_come_along_after_a_fast_ticket_by_keys_that_no_code_has) {
  open("sport");
  screen->scan(peer.add_card(2));
  ASSERT_TRUE(screen->shows("Lapsia [0] / 2")) << screen->text();
  screen->type("++");
  ASSERT_TRUE(screen->shows("[ENTER = Anna 2 lippua]")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 2 LAPSILIPPUA ANNETTU")) << screen->text();
  EXPECT_TRUE(peer_has_uses(2));
}

TEST_F(KioskScreen, a_code_typed_on_an_open_card_gives_that_card_nothing) {
  open();
  auto const second = peer.add_card(0);
  screen->scan(peer.add_card(9));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->type("7" + second);
  ASSERT_TRUE(screen->shows("Tunnus: 7" + second + "_")) << screen->text();
  EXPECT_TRUE(screen->shows("[ENTER = Anna 1 lippu]")) << screen->text();
  screen->press_enter();
  EXPECT_TRUE(screen->shows("Ei lapsilippuja")) << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
}

TEST_F(KioskScreen, goes_off_the_network_and_comes_back_by_itself) {
  open();
  auto const known = peer.add_card(1);
  ASSERT_TRUE(screen->wait_until([&] { return peer.count("GET /door/v1/snapshot/venue") > 0; }));
  peer.go_dark(true);
  screen->scan(code_of_a_stranger());
  ASSERT_TRUE(screen->shows("○ Ei verkkoa, toimii silti · lähettämättä")) << screen->text();
  ASSERT_TRUE(screen->shows("? LAITE EI VOI NYT TIETÄÄ")) << screen->text();
  EXPECT_TRUE(screen->shows("Tunnus ei ole laitteen tiedoissa.")) << screen->text();
  EXPECT_EQ(screen->text().find("EI LIPPUA"), std::string::npos) << screen->text();
  screen->press_enter();
  screen->scan(peer.qr_of(peer.add_unpublished_card(0)));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  EXPECT_TRUE(screen->shows("Uusi kortti, tarkistetaan myöhemmin.")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  ASSERT_TRUE(screen->shows("toimii silti · lähettämättä 1")) << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
  peer.go_dark(false);
  ASSERT_TRUE(screen->shows("● Verkossa  lähettämättä 0")) << screen->text();
  EXPECT_TRUE(peer_has_uses(1));
}

TEST_F(KioskScreen, undoes_without_a_network) {
  open("sport");
  peer.go_dark(true);
  screen->scan(peer.qr_of(peer.add_unpublished_card(0)));
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  ASSERT_TRUE(screen->shows("toimii silti · lähettämättä 1")) << screen->text();
  screen->press_function(4);
  ASSERT_TRUE(screen->shows("PERUTAANKO TÄMÄ?")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("PERUTTU: 1 LIPPU")) << screen->text();
  EXPECT_TRUE(screen->shows("Se lähtee, kun yhteys palaa.")) << screen->text();
  peer.go_dark(false);
  ASSERT_TRUE(screen->shows("● Verkossa  lähettämättä 0")) << screen->text();
  EXPECT_EQ(peer.uses(), 0U);
}

class OldData : public KioskScreen {
 protected:
  // Without a network, by data of so many days; a card that is in them.
  std::string open_with_data_of(int age_days) {
    auto card = peer.add_card(0);
    peer.set_clock_offset(-(std::int64_t{age_days} * 24 * 3600 + 60) * 1'000'000);
    open();
    auto const days = std::to_string(age_days) + " pv";
    EXPECT_TRUE(screen->shows("Laitteen kello on väärässä (+" + days + ")")) << screen->text();
    peer.go_dark(true);
    screen->scan(card);
    EXPECT_TRUE(screen->shows("○ Ei verkkoa, toimii silti")) << screen->text();
    screen->terminate();
    start();  // anew, and by its own clock
    return card;
  }
};

TEST_F(OldData, costs_no_act_and_tells_its_age_beside_the_ticket) {
  auto const card = open_with_data_of(4);
  ASSERT_TRUE(screen->shows("Laitteen tiedot ovat 4 pv vanhat.")) << screen->text();
  screen->scan(card);
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << "it costs no act: " << screen->text();
  ASSERT_TRUE(screen->shows("[ENTER = Anna 1 lippu]")) << screen->text();
  screen->press_enter();
  EXPECT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
}

TEST_F(OldData, asks_for_a_reason_past_its_stop) {
  auto const card = open_with_data_of(15);
  ASSERT_TRUE(screen->shows("Laitteen tiedot ovat 15 pv vanhat: lippu vain syyn kanssa."))
      << screen->text();
  screen->scan(card);
  ASSERT_TRUE(screen->shows("┌ ! LAITTEEN TIEDOT OVAT VANHOJA")) << screen->text();
  screen->type("p");
  ASSERT_TRUE(screen->shows("1  Verkko ei toimi")) << screen->text();
  screen->type("1");
  ASSERT_TRUE(screen->shows("[ENTER = Anna 1 lippu]")) << screen->text();
  screen->press_enter();
  EXPECT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
}

TEST_F(KioskScreen, says_that_it_was_taken_out_of_use_and_keeps_its_entries) {
  open("sport");
  peer.revoke();
  screen->scan(peer.add_card(0));
  EXPECT_TRUE(screen->shows("Laite on poistettu käytöstä, tallessa")) << screen->text();
  EXPECT_TRUE(screen->shows("LAITE EI OLE KÄYTÖSSÄ")) << screen->text();
}

TEST_F(KioskScreen, makes_the_same_one_sound_for_every_outcome) {
  open();
  auto const blocked = peer.add_card(0);
  peer.set_state(blocked, contract::StoredState::blocked);
  screen->scan(peer.add_card(0));
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  ASSERT_TRUE(screen->wait_until([&] { return screen->bells() == 1; })) << screen->bells();
  screen->scan(blocked);
  ASSERT_TRUE(screen->shows("EI LIPPUA")) << screen->text();
  ASSERT_TRUE(screen->wait_until([&] { return screen->bells() == 2; })) << screen->bells();
  screen->watch(300);
  EXPECT_EQ(screen->bells(), 2);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
