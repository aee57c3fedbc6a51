#include "server/domain/spoken_code.hpp"

#include "schema/values/ascii.hpp"
#include "schema/values/spaces.hpp"

namespace kaiku::domain {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

std::string spoken_code(ByteView random) {
  std::string code;
  for (auto const byte : random) code += alphabet[byte & 31];
  return code;
}

std::string folded_code(std::string_view typed) {
  std::string code;
  for (char const c : without_spaces(typed)) {
    switch (char const upper = ascii::upper(c)) {
      case '-': break;
      case 'O': code += '0'; break;
      case 'I':
      case 'L': code += '1'; break;
      default: code += upper;
    }
  }
  return code;
}

bool is_recovery_code(std::string_view typed) { return folded_code(typed).size() == 8; }

bool has_only_code_characters(std::string_view folded) {
  return folded.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace kaiku::domain
