// Which figures there are: the declared table that a grouping's rows are cells of, at which level,
// by which periods, for whom. What is not in it cannot be asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/domain/declared_cells.hpp"
#include "server/reports/annual.hpp"

namespace kaiku::reports {

// What the rows are rows of.
enum class Level : std::uint8_t { network, area, venue };

// The shortest period that is published; longer ones are too.
enum class Grain : std::uint8_t { month, quarter, year };

// Which measures of cards a table declares, each with those before it. Of periods shorter than a
// year `registered` is the only one.
enum class CardColumns : std::uint8_t { none, registered, taken, earlier_years };

struct Grouping {
  GroupBy group = GroupBy::none;
  Level level = Level::network;
  std::optional<domain::Table> cards;
  std::optional<domain::Table> uses;
  CardColumns card_columns = CardColumns::none;
  bool has_sectors = false;  // years alone
  Grain shortest = Grain::year;
  // Of the network: whether an area coordinator has it too, by the signs for everybody.
  bool is_for_areas = false;
};
// nullptr: at that level nothing is published so.
Grouping const* find_grouping(GroupBy group, Level level);

// A part of a year of which a table has cells.
struct Part {
  int year = 0;
  domain::Period period = {};
  auto operator<=>(Part const&) const = default;
  bool is_year() const { return period.kind == domain::Period::Kind::year; }
};
struct PartDays {
  Day first;
  Day last;
};
PartDays days_of(Part const& part);
// "2026", "2026-Q1", "2026-03".
std::string text_of(Part const& part);

// The periods of one kind that make up from–to; nullopt where its days are not theirs.
std::optional<std::vector<Part>> parts_by(Grain grain, Day from, Day to);
// As few parts as make up from–to, none shorter than `shortest`: years where they are `settled`
// and have cells of their own, else quarters, else months.
std::vector<Part> fewest_parts(Grain shortest, Day from, Day to, std::vector<int> const& settled);

}  // namespace kaiku::reports
