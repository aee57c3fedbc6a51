// What is missing of the facts of the service, from plain values.
#pragma once

#include <vector>

#include "server/domain/service_settings.hpp"
#include "server/pages/coordinator/place_form_view.hpp"

namespace kaiku::pages {

struct SettingsPage {
  std::vector<Link> missing;
  std::vector<Link> parts;
};
Page settings_page(Frame const& frame, SettingsPage const& model);

// What a field is called.
std::string_view label_of_setting(Language language, std::string_view word);
// The fields of a part's form.
// With the field of a one-time code last, where the session has given none lately.
std::vector<Data> settings_fields(Language language, bool common, Filled const& filled,
                                  bool asks_code);

}  // namespace kaiku::pages
