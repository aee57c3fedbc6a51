#include "server/pages/coordinator/ruling_reasons.hpp"

#include <algorithm>
#include <array>

#include "server/domain/plausibility.hpp"

namespace kaiku::pages {
namespace {

struct Reason {
  std::string_view word;
  Text text;
};
constexpr std::array<Reason, 6> reasons{{{"venue_confirms", Text::reason_venue_confirms},
                                         {"paper_seen", Text::reason_paper_seen},
                                         {"card_found", Text::reason_card_found},
                                         {"did_not_happen", Text::reason_did_not_happen},
                                         {"mistyped", Text::reason_mistyped},
                                         {"told_twice", Text::reason_told_twice}}};

constexpr std::string_view accepted_word = "accepted";
constexpr std::string_view rejected_word = "rejected";

std::string reason_text(Language language, std::string_view word) {
  auto const found = std::ranges::find(reasons, word, &Reason::word);
  return std::string(found == reasons.end() ? word : in(language, found->text));
}

Option no_choice(Language language) { return {"", std::string(in(language, Text::ruling_choose))}; }

}  // namespace

std::vector<Option> ruling_reason_options(Language language, bool accepted) {
  std::vector<Option> options{no_choice(language)};
  auto const words = accepted ? domain::acceptance_reasons() : domain::rejection_reasons();
  for (auto const word : words) {
    options.push_back({std::string(word), reason_text(language, word)});
  }
  return options;
}

std::vector<Option> ruling_options(Language language) {
  std::vector<Option> options{no_choice(language)};
  auto const add = [&](std::string_view ruling, auto const& words, Text text) {
    for (auto const word : words) {
      auto const label = fill(language, text, {{"reason", reason_text(language, word)}});
      options.push_back({std::string(ruling) + ":" + std::string(word), label});
    }
  };
  add(accepted_word, domain::acceptance_reasons(), Text::ruling_accept);
  add(rejected_word, domain::rejection_reasons(), Text::ruling_reject);
  return options;
}

ChosenRuling chosen_ruling(std::string_view value) {
  auto const cut = std::min(value.find(':'), value.size());
  ChosenRuling ruling{value.substr(0, cut) == accepted_word, {}};
  if (cut < value.size()) ruling.reason = value.substr(cut + 1);
  return ruling;
}

}  // namespace kaiku::pages
