// The text table of a report's files: each text in Finnish, Swedish and English.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/contract/answers.hpp"

namespace kaiku::exports {

enum class Text : std::uint16_t {
#define KAIKU_TEXT(key, fi, sv, en) key,
#include "server/exports/texts.def"
#undef KAIKU_TEXT
  count_,
};

std::string_view in(contract::Language language, Text text);

}  // namespace kaiku::exports
