// An enrolled kiosk, its peer, and its screen.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "tests/e2e/kiosk_program.hpp"
#include "tests/e2e/kiosk_screen_process.hpp"
#include "tests/support/kiosk_peer.hpp"

namespace kaiku::kiosk_tests {

class KioskScreen : public ::testing::Test {
 protected:
  // A theatre looks first; a sport hall gives at once.
  void enrol(std::string const& sector = "culture") {
    peer.set_sector(sector);
    auto const ca = kiosk.write_file("ca.pem", peer.ca_pem());
    auto const done = kiosk.run({"enrol", peer.url(), KioskPeer::enrolment_code, "--ca", ca});
    ASSERT_EQ(done.exit_code, 0) << done.errors;
  }
  void start(Terminal const& terminal = {}, std::vector<std::string> const& arguments = {}) {
    screen.reset();  // a folder has one kiosk at a time
    screen = std::make_unique<ScreenProcess>(kiosk.directory(), terminal, arguments);
  }
  // Whichever comes first.
  bool shows_one_of(std::string const& first, std::string const& second) {
    return screen->wait_until([&] {
      auto const text = screen->text();
      return text.find(first) != std::string::npos || text.find(second) != std::string::npos;
    });
  }
  // A picture may arrive in pieces: what it should show is waited for, row by row.
  bool row_shows(int number, std::string const& part) {
    return screen->wait_until([&] { return screen->row(number).find(part) != std::string::npos; });
  }
  // K1, on the network, with the data of now.
  void open(std::string const& sector = "culture", Terminal const& terminal = {},
            std::string const& pin = "") {
    enrol(sector);
    if (!pin.empty()) set_pin(pin);
    start(terminal);
    ASSERT_TRUE(screen->shows("● Verkossa  ")) << screen->text();
    ASSERT_TRUE(has_data()) << screen->text();
  }
  // By the owner of the folder; on the screen a passer-by could.
  void set_pin(std::string const& pin) {
    auto const done = kiosk.run({"pin"}, pin + "\n" + pin + "\n");
    ASSERT_EQ(done.exit_code, 0) << done.errors;
  }
  // Waits on K5 until the cards are there.
  bool has_data() {
    screen->press_function(5);
    bool const there = screen->shows("Tietojen ikä:         ") && screen->clears("ei koskaan");
    screen->press_escape();
    return there && goes_without_event();
  }
  // The venue has an event today, so the door asks.
  bool goes_without_event() {
    if (!screen->shows("Valitse tapahtuma")) return false;
    screen->type("0");
    screen->press_enter();
    return screen->shows("Lue kortti");
  }
  bool choose_event() {
    screen->press_function(2);
    bool const listed = screen->shows("Pieni merenneito");
    screen->type("1");
    screen->press_enter();
    return listed && screen->shows("· Pieni merenneito");
  }
  bool peer_has_uses(std::size_t count) {
    return screen->wait_until([&] { return peer.uses() == count; });
  }

  KioskPeer peer;
  KioskProgram kiosk;
  std::unique_ptr<ScreenProcess> screen;
};

}  // namespace kaiku::kiosk_tests
