#include "schema/values/ids.hpp"

#include <algorithm>

namespace kaiku {

std::optional<AreaId> AreaId::parse(std::string_view text) {
  if (text.size() < 2 || text.size() > 8) return std::nullopt;
  bool const known = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!known) return std::nullopt;
  return AreaId{std::string(text)};
}

}  // namespace kaiku
