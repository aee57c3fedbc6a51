#include "schema/codec/json_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

#include "schema/codec/personal_identity_code.hpp"

namespace kaiku::contract {

namespace {

constexpr std::size_t longest_echoed_name = 64;

// RFC 6901 section 3.
std::string escaped(std::string_view name) {
  std::string out;
  out.reserve(name.size());
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
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// A foreign member's name goes back to its sender, unless it is itself something to keep quiet.
bool may_be_echoed(std::string_view name) {
  return name.size() <= longest_echoed_name && !has_control_character(name) &&
         !contains_personal_identity_code(name);
}

}  // namespace

std::size_t code_points_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

void Faults::add(std::string pointer, std::string code, std::string detail) {
  if (faults_.size() >= max_faults) return;
  faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
}

Error Faults::error() && {
  assert(!faults_.empty());
  return {Problem::validation_failed, std::move(faults_)};
}

JsonFields::JsonFields(nlohmann::json const& value, Faults& faults, std::string pointer,
                       Unknown unknown)
    : object_(value.is_object() ? &value : nullptr),
      faults_(faults),
      pointer_(std::move(pointer)),
      unknown_(unknown) {
  if (!object_) faults_.add(pointer_, "wrong_type", "This has to be an object.");
}

std::string JsonFields::pointer_to(std::string_view name) const {
  return pointer_ + "/" + escaped(name);
}

void JsonFields::fault(std::string_view name, std::string code, std::string detail) {
  faults_.add(pointer_to(name), std::move(code), std::move(detail));
}

nlohmann::json const* JsonFields::member(std::string_view name) {
  if (!object_) return nullptr;
  asked_.push_back(name);
  auto const found = object_->find(name);
  return found == object_->end() || found->is_null() ? nullptr : &*found;
}

nlohmann::json const* JsonFields::required_member(std::string_view name) {
  return require(name) ? member(name) : nullptr;
}

bool JsonFields::require(std::string_view name) {
  if (!object_) return false;
  if (member(name)) return true;
  fault(name, "required", "This is needed.");
  return false;
}

std::optional<std::string> JsonFields::optional_text(std::string_view name, TextRule rule) {
  auto const* const value = member(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    fault(name, "wrong_type", "This has to be a text.");
    return std::nullopt;
  }
  auto const& text = value->get_ref<std::string const&>();
  auto const length = code_points_in(text);
  if (length < rule.min || length > rule.max) {
    fault(name, "out_of_range",
          "The length has to be from " + std::to_string(rule.min) + " to " +
              std::to_string(rule.max) + " characters.");
    return std::nullopt;
  }
  if (has_control_character(text)) {
    fault(name, "control_character", "Control characters are not taken.");
    return std::nullopt;
  }
  if (!rule.may_hold_identity_code && contains_personal_identity_code(text)) {
    fault(name, "personal_identity_code",
          "Please leave personal identity codes out: Kaiku never stores them.");
    return std::nullopt;
  }
  return text;
}

std::string JsonFields::text(std::string_view name, TextRule rule) {
  if (!require(name)) return {};
  return optional_text(name, rule).value_or("");
}

std::optional<std::int64_t> JsonFields::optional_integer(std::string_view name, NumberRule rule) {
  auto const* const value = member(name);
  if (!value) return std::nullopt;
  if (!value->is_number_integer()) {
    fault(name, "wrong_type", "This has to be a whole number.");
    return std::nullopt;
  }
  bool const fits =
      !value->is_number_unsigned() || std::in_range<std::int64_t>(value->get<std::uint64_t>());
  auto const number = fits ? value->get<std::int64_t>() : 0;
  if (!fits || number < rule.min || number > rule.max) {
    bool const is_bounded = rule.max != INT64_MAX;
    fault(name, "out_of_range",
          "This has to be at least " + std::to_string(rule.min) +
              (is_bounded ? " and at most " + std::to_string(rule.max) : "") + ".");
    return std::nullopt;
  }
  return number;
}

std::int64_t JsonFields::integer(std::string_view name, NumberRule rule) {
  if (!require(name)) return 0;
  return optional_integer(name, rule).value_or(0);
}

std::optional<bool> JsonFields::optional_boolean(std::string_view name) {
  auto const* const value = member(name);
  if (!value) return std::nullopt;
  if (!value->is_boolean()) {
    fault(name, "wrong_type", "This has to be true or false.");
    return std::nullopt;
  }
  return value->get<bool>();
}

bool JsonFields::boolean(std::string_view name) {
  return require(name) && optional_boolean(name).value_or(false);
}

std::optional<Instant> JsonFields::optional_instant(std::string_view name) {
  auto const text = optional_text(name, {.max = 64});
  if (!text) return std::nullopt;
  auto const at = instant_from_rfc3339(*text);
  if (!at) fault(name, "invalid_time", "This has to be a time like 2026-11-22T06:23:01Z.");
  return at;
}

std::optional<Day> JsonFields::optional_day(std::string_view name) {
  auto const text = optional_text(name, {.max = 64});
  if (!text) return std::nullopt;
  auto const day = day_from_iso(*text);
  if (!day) fault(name, "invalid_date", "This has to be a date like 2026-11-22.");
  return day;
}

void JsonFields::finish() {
  if (!object_ || unknown_ == Unknown::passed_over) return;
  for (auto const& [name, value] : object_->items()) {
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    faults_.add(may_be_echoed(name) ? pointer_to(name) : pointer_, "unknown_field",
                "There is no field by this name here.");
  }
}

}  // namespace kaiku::contract
