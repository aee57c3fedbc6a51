// The ways in which figures are grouped; groupings.def is the one table of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/domain/caller.hpp"

namespace kaiku::tables {

enum class GroupBy : std::uint8_t {
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) name,
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
};

std::string_view word_of(GroupBy group);
std::optional<GroupBy> group_by_from(std::string_view word);
// Who may have figures grouped so. A venue learns of its own uses when and in which sector they
// were, never where its visitors live or who gave them their cards.
enum class GroupedFor : std::uint8_t { everyone, coordinators, national };
bool may_have(domain::Caller const& caller, GroupBy group);
// A venue or a sector has uses, but no holders of its own.
bool divides_persons(GroupBy group);

}  // namespace kaiku::tables
