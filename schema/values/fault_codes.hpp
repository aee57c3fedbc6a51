// Every fault that a field of a request can have: one table maps it to its word and its meaning. It
// stands beside the problems, and openapi.yaml lists the same words.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kaiku {

enum class FaultCode {
  // the form of a field, the same for every field of its kind
  required,
  unknown_field,
  repeated,
  wrong_type,
  out_of_range,
  too_short,
  too_long,
  control_character,
  personal_identity_code,
  not_an_option,
  not_a_day,
  not_a_time,
  not_base64,
  not_a_hash,
  not_a_key,
  not_a_cursor,
  not_a_published_period,
  not_an_area_id,
  not_a_municipality_code,
  not_a_postcode,
  // what it stands for in the network
  not_found,
  outside_area,
  other_office,
  outside_network,
  taken,
  venue_closed,
  event_cancelled,
  choose_one,
  // tickets
  at_least_one,
  not_offered,
  holder_alone,
  not_allowed_here,
  not_on_community_card,
  // cards and their holders
  unreadable,
  unknown_card,
  card_already_registered,
  card_replaced,
  card_void,
  unknown_postcode,
  not_of_postcode,
  choose_municipality,
  under_age,
  needs_approval,
  // accounts
  not_a_username,
  not_for_role,
  too_common,
  has_username,
  wrong_code,
};

struct FaultRow {
  FaultCode code;
  std::string_view word;     // stable: clients and pages go by it
  std::string_view meaning;  // English, the end of a sentence that begins with the field
};

// In the order of the enum; a test walks it.
extern std::array<FaultRow, 48> const fault_table;

FaultRow const& row_of(FaultCode code);
inline std::string_view word_of(FaultCode code) { return row_of(code).word; }

}  // namespace kaiku
