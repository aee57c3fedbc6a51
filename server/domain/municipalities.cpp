#include "server/domain/municipalities.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kaiku::domain {
namespace {

constexpr std::array region_table{
#define KAIKU_REGION(code, fi, sv, en) Region{code, {fi, sv, en}},
#define KAIKU_MUNICIPALITY(code, region, fi, sv, en)
#define KAIKU_FORMER_MUNICIPALITY(code, region, fi, sv, en, last_year)
#include "server/domain/municipalities.def"
#undef KAIKU_REGION
#undef KAIKU_MUNICIPALITY
#undef KAIKU_FORMER_MUNICIPALITY
};

constexpr std::array municipality_table{
#define KAIKU_REGION(code, fi, sv, en)
#define KAIKU_MUNICIPALITY(code, region, fi, sv, en) ListedMunicipality{code, region, {fi, sv, en}},
#define KAIKU_FORMER_MUNICIPALITY(code, region, fi, sv, en, last_year) \
  ListedMunicipality{code, region, {fi, sv, en}, last_year},
#include "server/domain/municipalities.def"
#undef KAIKU_REGION
#undef KAIKU_MUNICIPALITY
#undef KAIKU_FORMER_MUNICIPALITY
};

}  // namespace

std::string_view ListedName::in(contract::Language language) const {
  switch (language) {
    case contract::Language::fi: return fi;
    case contract::Language::sv: return sv;
    case contract::Language::en: return en;
  }
  return fi;
}

std::span<Region const> regions() { return region_table; }

bool ListedMunicipality::is_one_on(Day day) const {
  return !last_year || civil_of(day).year <= *last_year;
}

Municipality ListedMunicipality::as_municipality() const {
  return {std::string(code), {std::string(name.fi), std::string(name.sv), std::string(name.en)}};
}

std::span<ListedMunicipality const> listed_municipalities() { return municipality_table; }

ListedMunicipality const* find_listed(std::string_view code) {
  auto const* const found = std::ranges::find(municipality_table, code, &ListedMunicipality::code);
  return found == municipality_table.end() ? nullptr : found;
}

std::optional<Municipality> municipality_on(std::string_view code, Day day) {
  auto const* const listed = find_listed(code);
  if (listed == nullptr || !listed->is_one_on(day)) return std::nullopt;
  return listed->as_municipality();
}

}  // namespace kaiku::domain
