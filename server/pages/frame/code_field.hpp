// The field of a fresh one-time code (access/call/fresh_code.hpp) on a form of an act that asks for
// one. What was typed into it never comes back: what was wrong with it does, as a word.
#pragma once

#include <optional>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

inline constexpr std::string_view code_field_name = "one_time_code";

// For a form of a session that has given no code lately.
TextField code_field(Language language);
// "required", "wrong" or "used" of what `take_fresh_code` refused; nullopt: it was not the code.
std::optional<std::string_view> code_fault_word(Error const& error);
// That word at its field; nothing of any other.
void add_code_fault(PageFaults& faults, Language language, std::string_view word);

}  // namespace kaiku::pages
