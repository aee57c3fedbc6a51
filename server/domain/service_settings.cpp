#include "server/domain/service_settings.hpp"

#include <algorithm>

namespace kaiku::domain {

std::vector<std::string_view> missing_in(std::vector<ServiceText> const& texts) {
  std::vector<std::string_view> missing;
  for (auto const& field : service_fields) {
    auto const told = std::ranges::find(texts, field.word, &ServiceText::word);
    bool const is_told = told != texts.end() && told->text != LocalText{};
    if (field.is_needed && !is_told) missing.push_back(field.word);
  }
  return missing;
}

}  // namespace kaiku::domain
