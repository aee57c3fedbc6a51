// What a running kiosk holds in memory once a result has closed: no card any more.
#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "schema/contract/card_code.hpp"
#include "tests/e2e/kiosk_screen_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

// As bytes, and as a library of the terminal keeps keys: four bytes or eight a character.
std::set<std::string> spellings_of(std::string const& text) {
  std::set<std::string> all{text};
  for (std::size_t const width : {sizeof(char32_t), sizeof(std::int64_t)}) {
    std::string wide;
    for (char const c : text) {
      wide += c;
      wide.append(width - 1, '\0');
    }
    all.insert(wide);
  }
  return all;
}

// Writable memory of a process that is ours; where `text` stands in it.
std::vector<std::string> places_of(pid_t process, std::string const& text) {
  auto const spellings = spellings_of(text);
  auto const folder = "/proc/" + std::to_string(process);
  std::ifstream maps(folder + "/maps");
  int const memory = ::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_GE(memory, 0) << "the memory of a child has to be readable for this test";
  std::vector<std::string> places;
  for (std::string line; std::getline(maps, line);) {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (!rights.starts_with("rw")) continue;
    std::string bytes(to - from, '\0');
    auto const got = ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(from));
    if (got <= 0) continue;
    bytes.resize(static_cast<std::size_t>(got));
    for (auto const& spelling : spellings) {
      for (auto at = bytes.find(spelling); at != std::string::npos;
           at = bytes.find(spelling, at + 1)) {
        std::ostringstream place;
        place << std::hex << from + at << " (" << std::dec << spelling.size() << " bytes) in "
              << line;
        places.push_back(place.str());
      }
    }
  }
  ::close(memory);
  return places;
}

class KioskMemory : public KioskScreen {
 protected:
  // The middle of a code, whichever way it is written: what no screen shows afterwards.
  static std::vector<std::string> needles(std::string const& code) {
    auto plain = contract::CardCode::parse(code).value().text();
    std::erase(plain, '-');
    return {plain.substr(0, 8), plain.substr(0, 4) + "-" + plain.substr(4, 4)};
  }
  void expect_forgotten(std::vector<std::string> const& texts) {
    expect_forgotten(texts, screen->process(), [this] { screen->watch(300); });
  }
  template <class Wait>
  static void expect_forgotten(std::vector<std::string> const& texts, pid_t process,
                               Wait const& wait) {
    std::vector<std::string> left;
    // The last card is kept for half a minute, for the act that follows a look, but as no text.
    for (int tries = 0; tries < 20; ++tries) {
      wait();
      left.clear();
      for (auto const& text : texts) {
        for (auto const& place : places_of(process, text)) left.push_back(place);
      }
      if (left.empty()) return;
    }
    for (auto const& place : left) ADD_FAILURE() << place;
  }
};

TEST_F(KioskMemory, holds_no_typed_code_once_its_result_has_closed) {
  open();
  auto const code = peer.add_card(2);
  auto const texts = needles(code);
  screen->type(code);
  screen->watch(300);
  bool seen = false;
  for (auto const& text : texts) seen = seen || !places_of(screen->process(), text).empty();
  EXPECT_TRUE(seen) << "while it is typed it is there, or this test sees nothing";
  screen->press_enter();
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("✓ 1 LIPPU ANNETTU")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  expect_forgotten(texts);
}

TEST_F(KioskMemory, holds_no_scanned_text_once_its_result_has_closed) {
  open();
  auto const code = peer.add_card(2);
  auto const token = peer.qr_of(code);
  screen->scan(token);
  ASSERT_TRUE(screen->shows("KORTTI KELPAA")) << screen->text();
  screen->press_escape();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  auto texts = needles(code);
  texts.push_back(token.substr(40, 24));
  expect_forgotten(texts);
}

TEST_F(KioskMemory, holds_no_code_that_was_given_up_or_refused) {
  open();
  auto const code = peer.add_card(2);
  screen->type(code.substr(0, 10));
  screen->press_escape();
  auto const unknown = contract::CardCode::from_bits(0x12'3456'7890'ABCDULL).text();
  screen->scan(unknown);
  ASSERT_TRUE(screen->shows("EI LIPPUA TÄLLÄ KOODILLA")) << screen->text();
  screen->press_enter();
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  auto texts = needles(code);
  for (auto const& text : needles(unknown)) texts.push_back(text);
  expect_forgotten(texts);
}

TEST_F(KioskMemory, holds_no_code_after_an_act_without_a_network) {
  open();
  auto const code = peer.add_card(2);
  screen->press_function(5);
  screen->press_escape();
  peer.go_dark(true);
  screen->scan(code);
  ASSERT_TRUE(shows_one_of("KORTTI KELPAA", "LAITE EI VOI NYT TIETÄÄ")) << screen->text();
  screen->press_enter();
  screen->watch(500);
  screen->press_enter();
  screen->watch(500);
  ASSERT_TRUE(screen->shows("Lue kortti")) << screen->text();
  expect_forgotten(needles(code));
}

TEST_F(KioskMemory, holds_no_code_of_a_line_once_it_was_answered) {
  enrol();
  auto const code = peer.add_card(2);
  auto const token = peer.qr_of(peer.add_card(1));
  LinesProcess lines(kiosk.directory());
  for (auto const& line : {code, token, R"({"look":")" + code + R"("})"}) {
    EXPECT_NE(lines.ask(line).find(R"("answer":"ok")"), std::string::npos);
  }
  auto texts = needles(code);
  texts.push_back(token.substr(40, 24));
  auto const wait = [] { std::this_thread::sleep_for(std::chrono::milliseconds(300)); };
  expect_forgotten(texts, lines.process(), wait);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
