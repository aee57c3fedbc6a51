#include "server/domain/service_settings.hpp"

namespace kaiku::domain {

std::vector<std::string_view> missing_in(std::vector<ServiceText> const& texts) {
  std::set<std::string, std::less<>> told;
  for (auto const& one : texts) {
    if (one.text != LocalText{}) told.insert(one.word);
  }
  return missing_among(told);
}

std::vector<std::string_view> missing_among(std::set<std::string, std::less<>> const& told) {
  std::vector<std::string_view> missing;
  for (auto const& field : service_fields) {
    if (field.is_needed && !told.contains(field.word)) missing.push_back(field.word);
  }
  return missing;
}

}  // namespace kaiku::domain
