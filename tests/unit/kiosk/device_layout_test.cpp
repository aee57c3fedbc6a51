// K5, K6 and the lock, as they are drawn.
#include "kiosk/screen/enrol_model.hpp"
#include "tests/unit/kiosk/layout_fixture.hpp"

namespace kaiku::kiosk {
namespace {

TEST(DeviceLayout, locked_it_shows_nothing_of_the_venue) {
  auto model = model_of(LockedFace{"1234", false, false, false});
  make_troubled(model, Trouble::revoked);
  model.pin_wait_until_us = 0;
  EXPECT_EQ(draw(model).text(),
            R"( KAIKU                                                                    17.41



      Lukittu

      Avaa PIN-koodilla: ••••_
















 F8 Kieli
)");
}

TEST(DeviceLayout, never_shows_a_pin) {
  PinFace pin;
  pin.typed = "98765";
  auto const text = draw(model_of(pin)).text();
  EXPECT_NE(text.find("•••••_"), std::string::npos) << text;
  EXPECT_EQ(text.find("98765"), std::string::npos) << text;
}

TEST(DeviceLayout, tells_how_long_the_lock_takes_no_pin) {
  auto model = model_of(LockedFace{"", false, true, false});
  model.pin_wait_until_us = 5 * second_us + 3 * second_us + 1;  // drawn at 5 s
  EXPECT_NE(draw(model).text().find("PIN ei käy. Odota 4 s."), std::string::npos)
      << draw(model).text();
}

TEST(DeviceLayout, the_status_fits_a_small_terminal_and_scrolls_on_a_smaller_one) {
  auto model = model_of(StatusFace{});
  auto& standing = model.standing;
  standing.queue = 3;
  standing.unacknowledged = 6;
  standing.cards = 20'000;
  standing.snapshot_sequence = 4711;
  standing.snapshot_epoch = 2;
  standing.failed_tries = 4;
  standing.next_try_in_us = 8 * second_us;
  standing.last_failure = "connect: Connection refused";
  standing.clock_difference_us = 430'000;
  standing.key_ids = {"0011223344556677"};
  standing.key_list_version = 3;
  auto const text = draw(model).text();
  for (auto const* part :
       {"https://127.0.0.1:8444", "3 · kuittaamatta 6 merkintää",
        "4 epäonnistunut · seuraava 8 s kuluttua", "Connection refused", "0 s (22.11.2026 17.41)",
        "20000 korttia · järjestysnumero 4711 · kausi 2", "+0.4 s", "luettelo 3 · 0011223344556677",
        "Kaupunginteatteri", "7 · versio 0.1.0", "Katso ensin, anna sitten",
        "Äänimerkki:", "F Pikatila  S Lukijan testi  K Ääni  P PIN-koodi  Q Lopeta"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("↓ "), text.find("↓ Selaa")) << "nothing is left to scroll to\n" << text;
  auto const small = draw(model, smallest_screen).text();
  EXPECT_NE(small.find("Q Lopeta"), std::string::npos) << small;
  EXPECT_EQ(small.find("Äänimerkki:"), std::string::npos);
  std::get<StatusFace>(model.face).first_row = most_status_rows;
  EXPECT_NE(draw(model, smallest_screen).text().find("Äänimerkki:"), std::string::npos)
      << draw(model, smallest_screen).text();
}

TEST(DeviceLayout, the_scanner_test_shows_no_more_of_a_code_than_its_end) {
  auto const text = draw(model_of(tested_status(ScannerTest::Kind::token, false))).text();
  EXPECT_NE(text.find("Lukijan testi: QR-koodi …XYZ · 130 merkkiä · väli 4 ms, pisin 61 ms"),
            std::string::npos)
      << text;
}

TEST(DeviceLayout, shows_both_fingerprints_before_a_kiosk_is_enrolled) {
  EnrolModel model;
  model.step = EnrolModel::Step::compare;
  model.door_ca_fingerprint = std::string(64, 'a');
  model.server_fingerprint = std::string(64, 'b');
  auto const text = layout(model, smallest_screen).text();
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
