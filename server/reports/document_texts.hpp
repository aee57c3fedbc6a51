// The text table of reports as documents: each text in Finnish, Swedish and English.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "schema/contract/answers.hpp"

namespace kaiku::reports {

enum class Text : std::uint8_t {
#define KAIKU_TEXT(key, fi, sv, en) key,
#include "server/reports/document_texts.def"
#undef KAIKU_TEXT
  count_,
};

std::string_view in(contract::Language language, Text text);
// The text with each {name} replaced by its value.
std::string fill(contract::Language language, Text text,
                 std::initializer_list<std::pair<std::string_view, std::string>> values);
// "10 027" (fi, sv), "10,027" (en), with spaces that do not break.
std::string number_text(contract::Language language, std::int64_t number);

}  // namespace kaiku::reports
