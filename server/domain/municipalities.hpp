// The municipalities of Finland as Statistics Finland lists them; municipalities.def is the list.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "schema/contract/answers.hpp"
#include "schema/values/time.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::domain {

// A name in Finnish, Swedish and English; none is empty.
struct ListedName {
  std::string_view fi;
  std::string_view sv;
  std::string_view en;
  std::string_view in(contract::Language language) const;
};

struct Region {
  std::string_view code;  // two digits
  ListedName name;
};
// In order of code.
std::span<Region const> regions();

struct ListedMunicipality {
  std::string_view code;    // three digits
  std::string_view region;  // of today, or the last one that it was in
  ListedName name;
  std::optional<int> last_year = std::nullopt;  // of one that has joined another since 2013
  bool is_one_on(Day day) const;
  Municipality as_municipality() const;
};
// By region, there by their Finnish names.
std::span<ListedMunicipality const> listed_municipalities();
// Today's and former ones; nullptr for a code that none has.
ListedMunicipality const* find_listed(std::string_view code);
// With its official names, where it is one on that day.
std::optional<Municipality> municipality_on(std::string_view code, Day day);

}  // namespace kaiku::domain
