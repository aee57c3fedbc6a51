// What an installation says of itself in its statements: who answers for it, whom to turn to, when
// it was looked at.
#pragma once

#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/policy.hpp"

namespace kaiku::domain {

struct ServiceText {
  std::string word;  // of `service_fields`
  LocalText text;    // of a field that is the same in every language, the Finnish one
};

// `text` is told in each language; the others are the same in all of them.
enum class ServiceFieldKind : std::uint8_t { text, line, email, day, assessor };

struct ServiceField {
  std::string_view word;
  ServiceFieldKind kind;
  bool is_needed;  // else the statements have something of their own to say
};
inline constexpr std::array<ServiceField, 17> service_fields{{
    {"name", ServiceFieldKind::text, true},
    {"provider", ServiceFieldKind::text, true},
    {"email", ServiceFieldKind::email, true},
    {"phone", ServiceFieldKind::line, true},
    {"post", ServiceFieldKind::text, true},
    {"controller", ServiceFieldKind::text, true},
    {"officer", ServiceFieldKind::text, true},
    {"legal_basis", ServiceFieldKind::text, true},
    {"processor", ServiceFieldKind::text, true},
    {"retention", ServiceFieldKind::text, true},
    {"accessibility_authority", ServiceFieldKind::text, false},
    {"accessibility_checked", ServiceFieldKind::day, true},
    {"privacy_authority", ServiceFieldKind::text, false},
    {"privacy_checked", ServiceFieldKind::day, true},
    {"assessment", ServiceFieldKind::assessor, true},
    {"assessed_by", ServiceFieldKind::text, false},
    {"assessed_on", ServiceFieldKind::day, true},
}};

// The assessment's words: who looked at the pages.
inline constexpr std::string_view assessed_by_self = "self";
inline constexpr std::string_view assessed_outside = "outside";

// The words of what is needed and not told, in their order.
std::vector<std::string_view> missing_in(std::vector<ServiceText> const& texts);
// The same of the words that are told.
std::vector<std::string_view> missing_among(std::set<std::string, std::less<>> const& told);

}  // namespace kaiku::domain
