// The form of a value sheet: what its fields hold, and what is wrong with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/use_cases/save_value_set.hpp"

namespace kaiku::pages {

// "12,50" of 1,250 cents; "25,5" of 255 thousandths.
std::string typed_value(domain::ValueLine line, std::int64_t number);
// "1 200", "12.5 €" and "25,5 %" too; nullopt for what is no such number.
std::optional<std::int64_t> value_from_typed(domain::ValueLine line, std::string_view text);

// "adult_culture_low".
std::string value_field(domain::ValueLine line, std::string_view part);
http::FormPairs value_fields_of(std::vector<domain::ValueRow> const& rows);
// The fields of a posted form as they go along in an address.
http::FormPairs kept_value_fields(FormValues const& form);

struct ReadValues {
  std::vector<use_cases::GivenValue> lines;
  PageFaults faults;  // in the order of the fields; those of use_cases::settle_values among them
};
ReadValues read_values(FormValues const& form, Language language);

}  // namespace kaiku::pages
