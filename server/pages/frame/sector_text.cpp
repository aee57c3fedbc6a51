#include "server/pages/frame/sector_text.hpp"

#include <array>

namespace kaiku::pages {

std::string_view sector_text(Language language, contract::Sector sector) {
  constexpr std::array texts{Text::sector_culture, Text::sector_education, Text::sector_science,
                             Text::sector_sport};
  return in(language, texts.at(static_cast<std::size_t>(sector)));
}

std::vector<Option> sector_options(Language language) {
  using enum contract::Sector;
  std::vector<Option> options;
  for (auto const sector : {culture, education, science, sport}) {
    options.push_back(
        {std::string(contract::word_of(sector)), std::string(sector_text(language, sector))});
  }
  return options;
}

}  // namespace kaiku::pages
