#include "server/pages/coordinator/limit_options.hpp"

#include <array>

#include "schema/contract/limit_periods.hpp"

namespace kaiku::pages {
namespace {

constexpr std::array texts{
#define KAIKU_LIMIT_PERIOD(name, fi, sv, en) Text::venue_limit_##name,
#include "schema/contract/limit_periods.def"
#undef KAIKU_LIMIT_PERIOD
};

}  // namespace

std::vector<Option> limit_options(Language language) {
  std::vector<Option> options{
      {std::string(no_limit), std::string(in(language, Text::venue_limit_none))}};
  for (std::size_t at = 0; at < texts.size(); ++at) {
    auto const word = contract::word_of(static_cast<contract::LimitPeriod>(at));
    options.push_back({std::string(word), std::string(in(language, texts.at(at)))});
  }
  return options;
}

}  // namespace kaiku::pages
