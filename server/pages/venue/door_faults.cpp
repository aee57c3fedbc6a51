#include "server/pages/venue/door_faults.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kaiku::pages {

std::optional<std::string> door_fault(contract::Language language, std::string_view word,
                                      int children_max) {
  static constexpr std::array<std::pair<std::string_view, Text>, 10> faults{
      {{"required", Text::fault_card_required},
       {"scan_first", Text::door_scan_first},
       {"nothing_chosen", Text::door_nothing_chosen},
       {"children_twice", Text::door_children_twice},
       {"reason", Text::fault_reason},
       {"choices", Text::door_choices},
       {"two", Text::card_two},
       {"not_understood", Text::door_not_understood},
       {"adult_first", Text::door_children_need_adult},
       {"children_over_limit", Text::door_children_max}}};
  auto const* const found =
      std::ranges::find(faults, word, &std::pair<std::string_view, Text>::first);
  if (found != faults.end()) {
    return fill(language, found->second, {{"n", std::to_string(children_max)}});
  }
  auto const answer = contract::answer_from(word);
  if (!answer || contract::gives(*answer)) return std::nullopt;
  return std::string(contract::texts_of(*answer, language).staff);
}

}  // namespace kaiku::pages
