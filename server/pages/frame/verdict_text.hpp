// The judgement of a use in words.
#pragma once

#include <span>
#include <string_view>

#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

struct VerdictRow {
  std::string_view word;
  Text text;
};
std::span<VerdictRow const> verdict_rows();
// A verdict's word (contract::verdict_of) as a sentence's part for people.
std::string_view verdict_text(contract::Language language, std::string_view verdict);

}  // namespace kaiku::pages
