#include "schema/values/ids.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku {

std::optional<AreaId> AreaId::parse(std::string_view text) {
  if (text.size() < 2 || text.size() > 8) return std::nullopt;
  bool const known = std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_upper(c) || ascii::is_digit(c) || c == '-';
  });
  if (!known) return std::nullopt;
  return AreaId{std::string(text)};
}

}  // namespace kaiku
