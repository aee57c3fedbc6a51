// An enrolled kiosk and its small server, for tests with the real program.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/kiosk_program.hpp"
#include "tests/support/kiosk_peer.hpp"

namespace kaiku::kiosk_tests {

using nlohmann::json;
using std::chrono::milliseconds;

// Waits for what another process will do; false when it has not come in time.
inline bool comes_true(std::function<bool()> const& condition, milliseconds patience) {
  auto const until = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return true;
}

class EnrolledKiosk : public ::testing::Test {
 protected:
  void enrol() {
    auto const ca = kiosk.write_file("ca.pem", peer.ca_pem());
    auto const done = kiosk.run({"enrol", peer.url(), KioskPeer::enrolment_code, "--ca", ca});
    ASSERT_EQ(done.exit_code, 0) << done.errors;
  }
  // Until the kiosk has the cards that the register has now; a new kiosk fetches them at once.
  void let_it_fetch() {
    auto const done = kiosk.run({"sync"});
    ASSERT_EQ(done.exit_code, 0) << done.output << done.errors;
  }
  // Enrols, and returns a card that the kiosk has in its data.
  std::string enrol_knowing_a_card() {
    enrol();
    auto card = peer.add_card(0);
    let_it_fetch();
    return card;
  }
  std::vector<std::string> add_cards(int count) {
    std::vector<std::string> cards;
    for (int made = 0; made < count; ++made) cards.push_back(peer.add_card(2));
    return cards;
  }
  json status() { return json::parse(kiosk.run({"status", "--json"}).output); }
  std::vector<json> exported() {
    std::vector<json> entries;
    std::string const text = kiosk.run({"journal", "export"}).output;
    for (std::size_t at = 0; at < text.size();) {
      auto const end = text.find('\n', at);
      entries.push_back(json::parse(text.substr(at, end - at)));
      at = end + 1;
    }
    return entries;
  }
  // Asks, and keeps what the door has confirmed.
  json ask(LinesProcess& lines, std::string const& line) {
    auto const text = lines.ask(line);
    if (text.empty()) return nullptr;
    auto answer = json::parse(text);
    auto const word = answer.value("answer", "");
    if (word == "ok" || word == "ok_offline") {
      confirmed.insert("d:7000:" + std::to_string(answer.at("sequence").get<int>()));
    }
    return answer;
  }
  // Every use that the door has confirmed is in the server's books, and no other.
  bool books_are_right() {
    std::set<std::string> keys;
    for (auto const& [key, ways] : peer.use_keys()) keys.insert(key);
    return keys == confirmed;
  }

  KioskPeer peer;
  KioskProgram kiosk;
  std::set<std::string> confirmed;
};

}  // namespace kaiku::kiosk_tests
