#include "server/api/fields.hpp"

#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"

namespace kaiku::api {
namespace {

nlohmann::json const absent_member;

// Characters (code points), not bytes: what a person counts.
std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

// RFC 6901 section 3.
std::string pointer_token(std::string_view name) {
  std::string out = "/";
  for (char const c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

}  // namespace

Fields::Fields(nlohmann::json const& object, std::string prefix)
    : object_(object), prefix_(std::move(prefix)) {
  if (!object_.is_object()) {
    faults_.push_back({prefix_, "wrong_type", "has to be an object"});
  }
}

nlohmann::json const* Fields::member(std::string_view name) {
  known_.emplace_back(name);
  if (!object_.is_object()) return nullptr;
  auto const found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::fault(std::string_view name, std::string code, std::string detail) {
  faults_.push_back({prefix_ + pointer_token(name), std::move(code), std::move(detail)});
}

bool Fields::has(std::string_view name) const {
  return object_.is_object() && object_.contains(name) && !object_.at(std::string(name)).is_null();
}

void Fields::require(std::string_view name) {
  if (!has(name)) fault(name, "required", "is missing");
}

std::optional<std::int64_t> Fields::maybe_integer(std::string_view name, std::int64_t least,
                                                  std::int64_t most) {
  auto const* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_integer()) {
    fault(name, "wrong_type", "has to be a whole number");
    return std::nullopt;
  }
  auto const fits = !value->is_number_unsigned() ||
                    value->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
  if (!fits || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most) {
    fault(name, "out_of_range",
          "has to be from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return value->get<std::int64_t>();
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  auto const before = faults_.size();
  auto const value = maybe_integer(name, least, most);
  if (!value && faults_.size() == before) fault(name, "required", "is missing");
  return value.value_or(least);
}

std::optional<std::string> Fields::maybe_text(std::string_view name, std::size_t most_chars) {
  auto const* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) {
    fault(name, "wrong_type", "has to be text");
    return std::nullopt;
  }
  auto text = value->get<std::string>();
  if (characters_in(text) > most_chars) {
    fault(name, "too_long", "has more than " + std::to_string(most_chars) + " characters");
    return std::nullopt;
  }
  if (has_control_character(text)) {
    fault(name, "control_character", "has a character that does not belong in text");
    return std::nullopt;
  }
  if (contract::contains_personal_identity_code(text)) {
    fault(name, "personal_identity_code",
          "seems to hold a personal identity code; Kaiku never stores one, leave it out");
    return std::nullopt;
  }
  return text;
}

std::string Fields::text(std::string_view name, std::size_t least_chars, std::size_t most_chars) {
  auto const before = faults_.size();
  auto value = maybe_text(name, most_chars);
  if (!value) {
    if (faults_.size() == before) fault(name, "required", "is missing");
    return {};
  }
  if (characters_in(*value) < least_chars) {
    if (value->empty())
      fault(name, "required", "is empty");
    else
      fault(name, "too_short", "has fewer than " + std::to_string(least_chars) + " characters");
  }
  return std::move(*value);
}

std::optional<bool> Fields::maybe_boolean(std::string_view name) {
  auto const* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) {
    fault(name, "wrong_type", "has to be true or false");
    return std::nullopt;
  }
  return value->get<bool>();
}

std::optional<Instant> Fields::maybe_instant(std::string_view name) {
  auto const text = maybe_text(name, 40);
  if (!text) return std::nullopt;
  auto const at = instant_from_rfc3339(*text);
  if (!at) fault(name, "not_a_time", "has to be a time such as 2026-11-22T15:41:00Z");
  return at;
}

std::optional<Day> Fields::maybe_day(std::string_view name) {
  auto const text = maybe_text(name, 10);
  if (!text) return std::nullopt;
  auto const day = day_from_iso(*text);
  if (!day) fault(name, "not_a_day", "has to be a day such as 2026-11-22");
  return day;
}

nlohmann::json const& Fields::raw(std::string_view name) {
  auto const* value = member(name);
  return value == nullptr ? absent_member : *value;
}

void Fields::absorb(Fields&& nested) {
  auto const finished = nested.finish();
  if (finished) return;
  for (auto const& fault : finished.error().fields) faults_.push_back(fault);
}

Result<void> Fields::finish() {
  if (object_.is_object()) {
    for (auto const& [name, value] : object_.items()) {
      if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
        // The name is the caller's own text: told back only when it is a plain word.
        auto const plain = name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
                             return (c >= 'a' && c <= 'z') || c == '_';
                           });
        fault(plain ? name : "unknown", "unknown_field", "is not a field of this request");
      }
    }
  }
  if (faults_.empty()) return {};
  return Error(Problem::validation_failed, std::move(faults_));
}

}  // namespace kaiku::api
