// The way between the page of figures and what stands beside it: area and year go along.
#pragma once

#include <string>
#include <string_view>

namespace kaiku::pages {

// "/figures?year=2025&area=KAINUU"; what is empty is left out.
std::string figures_address(std::string_view path, std::string_view year, std::string_view area);

}  // namespace kaiku::pages
