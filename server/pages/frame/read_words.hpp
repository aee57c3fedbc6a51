// How somebody came to see cards, in a word.
#pragma once

#include <string_view>

#include "server/domain/card_reads.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

std::string_view read_kind_text(contract::Language language, domain::ReadKind kind);

}  // namespace kaiku::pages
