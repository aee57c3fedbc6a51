// What the files of a report are called.
#pragma once

#include <cstdint>
#include <string>

#include "schema/contract/answers.hpp"

namespace kaiku::exports {

enum class Report : std::uint8_t { annual, usage, cohorts, flows, annex, value, venue };

struct FileName {
  Report report = Report::annual;
  std::string period;      // "2026", "2026-Q1", "2026-01-01-2026-03-31"
  std::string place = {};  // name of the area, municipality or venue; empty: the whole network
  std::string run = {};    // "2026-Q1", "2026.2"; empty: of no run
};

// Without its ending: "kaiku-vuositilasto-2026-kainuu-ajo-2026". Letters beyond ASCII lose their
// marks ("Äänekoski" is "aanekoski"), what is neither letter nor digit is a hyphen; the run is
// named as it is.
std::string file_stem(contract::Language language, FileName const& name);

}  // namespace kaiku::exports
