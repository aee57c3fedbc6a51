// The text table of printed matter: each text in Finnish, Swedish and English.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "schema/contract/answers.hpp"
#include "schema/values/time.hpp"
#include "server/print/markup.hpp"

namespace kaiku::print {

enum class Text : std::uint16_t {
#define KAIKU_TEXT(key, fi, sv, en) key,
#include "server/print/texts.def"
#undef KAIKU_TEXT
  count_,
};

std::string_view in(contract::Language language, Text text);

// The text with each {name} replaced by its value.
using Filling = std::pair<std::string_view, Markup>;
Markup fill(contract::Language language, Text text, std::initializer_list<Filling> values);

// "22.11.2026" (fi, sv), "22 Nov 2026" (en).
std::string day_text(contract::Language language, Day day);
// "0,53" (fi, sv), "0.53" (en).
std::string number_text(contract::Language language, double number, int decimals);
// With one decimal and a sign: "+1,5", "–1,5" (Noto Sans has no minus sign); nothing is "0,0".
std::string signed_text(contract::Language language, double number);

}  // namespace kaiku::print
