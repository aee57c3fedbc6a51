#include "server/tables/groupings.hpp"

#include <algorithm>
#include <array>

namespace kaiku::tables {
namespace {

struct Row {
  std::string_view word;
  GroupedFor circle;
  bool divides_persons;
};

constexpr std::array rows{
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) \
  Row{#name, GroupedFor::circle, persons},
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
};

}  // namespace

std::string_view word_of(GroupBy group) { return rows[static_cast<std::size_t>(group)].word; }

std::optional<GroupBy> group_by_from(std::string_view word) {
  auto const found = std::ranges::find(rows, word, &Row::word);
  if (found == rows.end()) return std::nullopt;
  return static_cast<GroupBy>(found - rows.begin());
}

bool may_have(domain::Caller const& caller, GroupBy group) {
  switch (rows[static_cast<std::size_t>(group)].circle) {
    case GroupedFor::everyone: return true;
    case GroupedFor::coordinators: return caller.coordinates();
    case GroupedFor::national: return caller.is_national();
  }
  return false;
}

bool divides_persons(GroupBy group) {
  return rows[static_cast<std::size_t>(group)].divides_persons;
}

}  // namespace kaiku::tables
