#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {

TextField code_field(Language language) {
  return {.id = code_field_name,
          .label = in(language, Text::login_totp),
          .hint = in(language, Text::code_field_hint),
          .autocomplete = "one-time-code",
          .maxlength = 12,
          .numeric = true,
          .narrow = true};
}

std::optional<std::string_view> code_fault_word(Error const& error) {
  if (error.problem == Problem::code_already_used) return "used";
  for (auto const& fault : error.fields) {
    if (fault.pointer.substr(1) != code_field_name) continue;
    return fault.code == FaultCode::required ? "required" : "wrong";
  }
  return std::nullopt;
}

void add_code_fault(PageFaults& faults, Language language, std::string_view word) {
  auto const add = [&](Text text) {
    faults.push_back({std::string(code_field_name), std::string(in(language, text))});
  };
  if (word == "required") add(Text::code_required);
  if (word == "wrong") add(Text::totp_wrong);
  if (word == "used") add(Text::login_code_used);
}

}  // namespace kaiku::pages
