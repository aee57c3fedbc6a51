// A card as a statement of this room reads it.
#pragma once

#include <string>
#include <string_view>

#include "server/tables/cards.hpp"

namespace kaiku::tables {

Card card_from(sql::Statement const& row);
// The columns that card_from reads. A caller keeps the text: its address is the statement's key.
std::string select_card(std::string_view more, std::string_view rest);

}  // namespace kaiku::tables
