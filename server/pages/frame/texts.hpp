// The pages' text table: each text in Finnish, Swedish and English, and how numbers are written.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "schema/contract/answers.hpp"

namespace kaiku::pages {

enum class Text : std::uint16_t {
#define KAIKU_TEXT(key, fi, sv, en) key,
#include "server/pages/frame/texts.def"
#undef KAIKU_TEXT
  count_,
};

std::string_view in(contract::Language language, Text text);
// A template names a text as {{t.key}}.
std::string_view key_of(Text text);

// The text with each {name} replaced by its value.
using Filling = std::pair<std::string_view, std::string_view>;
std::string fill(contract::Language language, Text text, std::initializer_list<Filling> values);

// "10 027" (fi, sv: no-break space) or "10,027"; thousands only from five digits on in fi and sv.
std::string number_text(contract::Language language, std::int64_t number);
// A ratio 0–1 as per cent with one decimal: "26,7 %" (fi, sv), "26.7%" (en).
std::string percent_text(contract::Language language, double ratio);

}  // namespace kaiku::pages
