// Codes that are read aloud and typed: recovery codes and enrolment codes, in Crockford's base32.
#pragma once

#include <string>
#include <string_view>

#include "schema/values/bytes.hpp"

namespace kaiku::domain {

// A character for each random byte: five bits of it count.
std::string spoken_code(ByteView random);
// What was typed, as `spoken_code` writes it: case, spaces and hyphens ignored, o→0, i and l→1.
// Characters that no code has stay.
std::string folded_code(std::string_view typed);
// Eight characters, as no card code or token has: a recovery code, known or not.
bool is_recovery_code(std::string_view typed);
bool has_only_code_characters(std::string_view folded);

}  // namespace kaiku::domain
