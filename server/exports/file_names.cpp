#include "server/exports/file_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"
#include "server/exports/texts.hpp"

namespace kaiku::exports {
namespace {

using Plain = std::pair<std::string_view, std::string_view>;

// Letters of names of places in Finland: Finnish, Swedish, the three Sámi languages, loans.
constexpr std::array plain_letters{
    Plain{"å", "a"}, Plain{"Å", "a"}, Plain{"ä", "a"},  Plain{"Ä", "a"}, Plain{"ö", "o"},
    Plain{"Ö", "o"}, Plain{"á", "a"}, Plain{"Á", "a"},  Plain{"â", "a"}, Plain{"Â", "a"},
    Plain{"č", "c"}, Plain{"Č", "c"}, Plain{"đ", "d"},  Plain{"Đ", "d"}, Plain{"ŋ", "n"},
    Plain{"Ŋ", "n"}, Plain{"š", "s"}, Plain{"Š", "s"},  Plain{"ŧ", "t"}, Plain{"Ŧ", "t"},
    Plain{"ž", "z"}, Plain{"Ž", "z"}, Plain{"õ", "o"},  Plain{"Õ", "o"}, Plain{"ǥ", "g"},
    Plain{"Ǥ", "g"}, Plain{"ǧ", "g"}, Plain{"Ǧ", "g"},  Plain{"ǩ", "k"}, Plain{"Ǩ", "k"},
    Plain{"ʒ", "z"}, Plain{"Ʒ", "z"}, Plain{"ǯ", "z"},  Plain{"Ǯ", "z"}, Plain{"é", "e"},
    Plain{"É", "e"}, Plain{"è", "e"}, Plain{"È", "e"},  Plain{"ü", "u"}, Plain{"Ü", "u"},
    Plain{"ø", "o"}, Plain{"Ø", "o"}, Plain{"æ", "ae"}, Plain{"Æ", "ae"}};

std::string plain_letter(std::string_view letter) {
  if (letter.size() == 1) {
    char const c = ascii::lower(letter.front());
    return ascii::is_lower(c) || ascii::is_digit(c) ? std::string(1, c) : "-";
  }
  auto const* const known = std::ranges::find(plain_letters, letter, &Plain::first);
  return known == plain_letters.end() ? "-" : std::string(known->second);
}

// Hyphens stand singly and between two other signs.
std::string slug(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const size = std::max<std::size_t>(utf8_sequence(text), 1);
    auto const letter = plain_letter(text.substr(0, size));
    text.remove_prefix(size);
    if (letter != "-" || (!out.empty() && out.back() != '-')) out += letter;
  }
  if (out.ends_with('-')) out.pop_back();
  return out;
}

std::string named_run(std::string_view run) {
  std::string out(run);
  std::ranges::replace_if(
      out,
      [](char c) { return !ascii::is_letter(c) && !ascii::is_digit(c) && c != '-' && c != '.'; },
      '-');
  return out;
}

Text word_for(Report report) {
  switch (report) {
    case Report::annual: return Text::file_annual;
    case Report::usage: return Text::file_usage;
    case Report::cohorts: return Text::file_cohorts;
    case Report::flows: return Text::file_flows;
    case Report::annex: return Text::file_annex;
    case Report::value: return Text::file_value;
    case Report::venue: break;
  }
  return Text::file_venue;
}

}  // namespace

std::string file_stem(contract::Language language, FileName const& name) {
  std::string stem = "kaiku-";
  stem += in(language, word_for(name.report));
  for (auto const& part : {slug(name.period), slug(name.place)}) {
    if (!part.empty()) stem += "-" + part;
  }
  if (!name.run.empty()) {
    stem.append("-").append(in(language, Text::file_run)).append("-").append(named_run(name.run));
  }
  return stem;
}

}  // namespace kaiku::exports
