#include "kiosk/till/card_texts.hpp"

#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

bool reads_as_card(std::string const& text) {
  return !contract::parse_card_input(text).has_error();
}

namespace {

constexpr std::size_t longest_glued = 600;
constexpr int most_glued = 4;

std::vector<std::string> split(std::string const& text, int most) {
  if (reads_as_card(text)) return {text};
  constexpr auto shortest = contract::CardCode::length;
  if (most == 1 || text.size() > longest_glued) return {};
  for (std::size_t end = shortest; end + shortest <= text.size(); ++end) {
    auto const first = text.substr(0, end);
    if (!reads_as_card(first)) continue;
    auto cards = split(text.substr(end), most - 1);
    if (cards.empty()) continue;
    cards.insert(cards.begin(), first);
    return cards;
  }
  return {};
}

}  // namespace

std::vector<std::string> cards_in(std::string const& text) { return split(text, most_glued); }

}  // namespace kaiku::kiosk
