#include "server/pages/coordinator/figures_address.hpp"

#include <utility>

#include "server/http/form.hpp"

namespace kaiku::pages {

std::string figures_address(std::string_view path, std::string_view year, std::string_view area) {
  std::string address(path);
  for (auto const& [name, value] : {std::pair("year", year), std::pair("area", area)}) {
    if (value.empty()) continue;
    address += address.find('?') == std::string::npos ? '?' : '&';
    address.append(name).append("=").append(http::percent_encode(value));
  }
  return address;
}

}  // namespace kaiku::pages
