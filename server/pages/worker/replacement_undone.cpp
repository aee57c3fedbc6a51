#include "server/pages/worker/replacement_undone.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view new_card_in_stock = "replacement_undone_stock";
constexpr std::string_view new_card_void = "replacement_undone_void";

}  // namespace

std::string_view word_of(use_cases::RestoredCard const& again) {
  return again.new_card_is_void ? new_card_void : new_card_in_stock;
}

std::string undone_replacement_text(contract::Language language, std::string_view said,
                                    OldCard const& card) {
  if (said != new_card_in_stock && said != new_card_void) return {};
  std::string text(in(language, card.is_blocked ? Text::old_card_blocked : Text::old_card_works));
  auto const add = [&](Text more) { text += " " + std::string(in(language, more)); };
  if (card.gets_letter) add(Text::old_letter_dead);
  add(said == new_card_void ? Text::new_card_void : Text::new_card_stock);
  return text;
}

}  // namespace kaiku::pages
