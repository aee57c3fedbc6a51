#include "server/access/identity/common_passwords.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

// What is tried first in this service; the list has the world's.
constexpr std::array<std::string_view, 14> own_words{
    "password", "salasana",   "qwerty", "kaiku",   "kaikukortti", "lösenord", "letmein",
    "welcome",  "tervetuloa", "suomi",  "finland", "admin",       "12345678", "abcdefgh"};

// Shorter ones make up many a good word.
constexpr std::size_t least_word = 3;

struct WordList {
  std::unordered_set<std::string_view> words{own_words.begin(), own_words.end()};
  std::size_t longest = 0;

  WordList() {
    for (auto const word : listed_common_passwords()) {
      if (word.size() >= least_word) words.insert(word);
    }
    for (auto const word : words) longest = std::max(longest, word.size());
  }
};

WordList const& word_list() {
  static WordList const list;
  return list;
}

bool is_letter(char c) { return ascii::is_letter(c) || (c & '\x80') != 0; }

std::string folded(std::string_view password) {
  auto out = ascii::lowered(password);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> vowels{
      {{"Å", "å"}, {"Ä", "ä"}, {"Ö", "ö"}}};
  for (auto const& [upper, lower] : vowels) {
    for (auto at = out.find(upper); at != std::string::npos; at = out.find(upper)) {
      out.replace(at, upper.size(), lower);
    }
  }
  return out;
}

// One of our own words with hardly a letter about it, wherever it stands: "Salasana2026!!".
bool is_own_word(std::string_view text) {
  return std::ranges::any_of(own_words, [&](std::string_view word) {
    if (text.find(word) == std::string_view::npos) return false;
    std::string rest(text);
    while (rest.find(word) != std::string::npos) rest.erase(rest.find(word), word.size());
    return std::ranges::count_if(rest, is_letter) < 4;
  });
}

// "abc123abc123" is "abc123".
std::string_view without_repeats(std::string_view text) {
  for (std::size_t size = 1; size * 2 <= text.size(); ++size) {
    if (text.size() % size == 0 && text.substr(size) == text.substr(0, text.size() - size)) {
      return text.substr(0, size);
    }
  }
  return text;
}

// Whether listed words and digits make up all of it: two words at most, or digits between all.
bool is_made_of_listed(std::string_view text) {
  constexpr int too_many = 1000;
  struct Reach {
    int words = too_many;     // the fewest that lead here
    bool apart = false;       // so that digits stand between all words
    bool digit_ends = false;  // and the last is a digit, or nothing
  };
  auto const& list = word_list();
  std::vector<Reach> reach(text.size() + 1);
  reach[0] = {0, true, true};
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const from = reach[at];
    if (from.words == too_many) continue;
    if (ascii::is_digit(text[at])) {
      auto& to = reach[at + 1];
      to.words = std::min(to.words, from.words);
      to.digit_ends = to.digit_ends || from.apart;
      to.apart = to.apart || from.apart;
    }
    auto const most = std::min(list.longest, text.size() - at);
    for (std::size_t size = least_word; size <= most; ++size) {
      if (!list.words.contains(text.substr(at, size))) continue;
      auto& to = reach[at + size];
      to.words = std::min(to.words, from.words + 1);
      to.apart = to.apart || from.digit_ends;
    }
  }
  return reach.back().words <= 2 || reach.back().apart;
}

}  // namespace

std::vector<std::string_view> listed_common_passwords() {
  std::vector<std::string_view> words;
  auto text = embedded_common_passwords();
  while (!text.empty()) {
    auto row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    if (row.starts_with('#')) continue;
    while (!row.empty()) {
      auto const word = row.substr(0, row.find(' '));
      if (!word.empty()) words.push_back(word);
      row.remove_prefix(std::min(word.size() + 1, row.size()));
    }
  }
  return words;
}

bool is_common_password(std::string_view password) {
  auto const text = folded(password);
  if (is_own_word(text)) return true;
  if (word_list().words.contains(text)) return true;
  auto const is_sign = [](char c) { return !is_letter(c) && !ascii::is_digit(c); };
  std::string_view core = text;
  while (!core.empty() && is_sign(core.front())) core.remove_prefix(1);
  while (!core.empty() && is_sign(core.back())) core.remove_suffix(1);
  if (is_made_of_listed(without_repeats(core))) return true;
  auto joined = text;
  std::erase_if(joined, is_sign);
  auto const once = without_repeats(joined);
  return once.size() < joined.size() && is_made_of_listed(once);
}

}  // namespace kaiku::access
