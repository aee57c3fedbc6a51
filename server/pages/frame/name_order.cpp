#include "server/pages/frame/name_order.hpp"

#include <array>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::pages {
namespace {

struct Letter {
  std::string_view small;
  std::string_view capital;
  std::string_view key;
};
// `~` comes after every letter of ASCII: a letter of its own stands right after its base.
constexpr std::array<Letter, 17> letters{{{"å", "Å", "z~1"},
                                          {"ä", "Ä", "z~2"},
                                          {"æ", "Æ", "z~2"},
                                          {"ö", "Ö", "z~3"},
                                          {"ø", "Ø", "z~3"},
                                          {"á", "Á", "a"},
                                          {"à", "À", "a"},
                                          {"é", "É", "e"},
                                          {"è", "È", "e"},
                                          {"ü", "Ü", "y"},
                                          {"č", "Č", "c~"},
                                          {"đ", "Đ", "d~"},
                                          {"ŋ", "Ŋ", "n~"},
                                          {"š", "Š", "s~"},
                                          {"ŧ", "Ŧ", "t~"},
                                          {"ž", "Ž", "z~"},
                                          {"–", "—", "-"}}};

std::string_view key_of(std::string_view letter) {
  auto const found = std::ranges::find_if(
      letters, [&](Letter const& row) { return row.small == letter || row.capital == letter; });
  return found == letters.end() ? letter : found->key;
}

}  // namespace

std::string order_key(std::string_view name) {
  std::string key;
  while (!name.empty()) {
    auto const length = std::max<std::size_t>(1, utf8_sequence(name));
    auto const letter = name.substr(0, length);
    name.remove_prefix(length);
    if (length == 1)
      key += ascii::lower(letter.front());
    else
      key += key_of(letter);
  }
  return key;
}

}  // namespace kaiku::pages
