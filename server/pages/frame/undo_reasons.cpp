#include "server/pages/frame/undo_reasons.hpp"

#include <algorithm>
#include <array>

namespace kaiku::pages {
namespace {

struct Reason {
  std::string_view word;
  Text text;
};
constexpr std::array<Reason, 4> reasons{{
    {"wrong_card", Text::undo_wrong_card},
    {"wrong_count", Text::undo_wrong_count},
    {"not_entered", Text::undo_not_entered},
    {"mistake", Text::undo_mistake},
}};

}  // namespace

std::vector<Option> undo_reason_options(Language language) {
  std::vector<Option> options;
  for (auto const& [word, text] : reasons) {
    options.push_back({std::string(word), std::string(in(language, text))});
  }
  return options;
}

std::string_view undo_reason_text(Language language, std::string_view word) {
  auto const found = std::ranges::find(reasons, word, &Reason::word);
  return found == reasons.end() ? std::string_view() : in(language, found->text);
}

}  // namespace kaiku::pages
