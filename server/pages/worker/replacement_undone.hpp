// What the page after an undone replacement has to say: that of the new letter, or of the old card.
#pragma once

#include <string>
#include <string_view>

#include "server/pages/frame/texts.hpp"
#include "server/use_cases/undo_replacement.hpp"

namespace kaiku::pages {

// The word that the page is told in its address.
std::string_view word_of(use_cases::RestoredCard const& again);

struct OldCard {
  bool is_blocked = false;
  bool gets_letter = false;
};
// What holds now, as sentences; empty for any other word.
std::string undone_replacement_text(contract::Language language, std::string_view said,
                                    OldCard const& card);

}  // namespace kaiku::pages
