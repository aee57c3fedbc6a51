// What figures count, by its word, its name and how it is counted; measures.def is the one table.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/contract/answers.hpp"

namespace kaiku::reports {

enum class Measure : std::uint8_t {
#define KAIKU_MEASURE(word, fi, sv, en, how_fi, how_sv, how_en) word,
#define KAIKU_PART(word, fi, sv, en) word,
#include "server/reports/measures.def"
#undef KAIKU_MEASURE
#undef KAIKU_PART
};

// As JSON and files for machines have it: "taken_into_use".
std::string_view word_of(Measure measure);
std::string_view name_in(contract::Language language, Measure measure);
// Empty for a part of other measures, which tell of it.
std::string_view definition_in(contract::Language language, Measure measure);

}  // namespace kaiku::reports
