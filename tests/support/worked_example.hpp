// The year 2019 of a network of nine areas and 24 municipalities, as the files that an import of
// earlier years takes: 5,086 cards, 1,360 of them used in the year, 10,027 uses. Always the same.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::test {

struct WorkedPlace {
  std::string name;
  std::string municipality;
};
struct WorkedArea {
  AreaId id;
  std::string name;
  std::vector<std::string> municipalities;
  std::vector<WorkedPlace> offices;
  std::array<WorkedPlace, 4> venues;  // by sector
  std::string cards;                  // the two files
  std::string uses;
};

inline constexpr int worked_year = 2019;
inline constexpr std::int64_t worked_cards = 5'086;
inline constexpr std::int64_t worked_used_cards = 1'360;
inline constexpr std::array<std::int64_t, 4> worked_adults{5'310, 1'204, 561, 1'118};  // by sector
inline constexpr std::array<std::int64_t, 4> worked_children{1'402, 0, 247, 185};

// Evenly spread, so that no cell of a declared table is 1–4.
std::vector<WorkedArea> worked_example();

}  // namespace kaiku::test
