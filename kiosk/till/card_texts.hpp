// The cards in what a scanner or a hand gave.
#pragma once

#include <string>
#include <vector>

namespace kaiku::kiosk {

// Whether it is one card, in whatever way it is written.
bool reads_as_card(std::string const& text);
// One, or several that a scanner without an end has glued; empty when it is none.
std::vector<std::string> cards_in(std::string const& text);

}  // namespace kaiku::kiosk
