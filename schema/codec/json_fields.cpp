#include "schema/codec/json_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/spaces.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::codec {

namespace {

constexpr std::size_t longest_echoed_name = 64;
constexpr TextRule time_rule{.min = 0, .max = 64};

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

// A foreign member's name goes back to its sender, unless it is itself something to keep quiet.
bool may_be_echoed(std::string_view name) {
  return name.size() <= longest_echoed_name && !ascii::has_control(name) &&
         !contains_personal_identity_code(name);
}

// What is wrong with a value where a whole number is wanted.
std::optional<FaultCode> fault_of(nlohmann::json const& value, NumberRule rule) {
  if (!value.is_number_integer()) return FaultCode::wrong_type;
  bool const fits =
      !value.is_number_unsigned() || std::in_range<std::int64_t>(value.get<std::uint64_t>());
  if (!fits || value.get<std::int64_t>() < rule.min || value.get<std::int64_t>() > rule.max) {
    return FaultCode::out_of_range;
  }
  return std::nullopt;
}

std::string detail_of(FaultCode code, NumberRule rule) {
  if (code == FaultCode::wrong_type) return "has to be a whole number";
  if (rule.max == INT64_MAX) return "has to be at least " + std::to_string(rule.min);
  return "has to be from " + std::to_string(rule.min) + " to " + std::to_string(rule.max);
}

}  // namespace

std::string pointer_to_echo(std::string_view parent, std::string_view name) {
  std::string pointer(parent);
  return may_be_echoed(name) ? pointer + "/" + escaped(name) : pointer;
}

JsonFields::JsonFields(nlohmann::json const& value, Faults& faults, std::string pointer,
                       Unknown unknown)
    : object_(value.is_object() ? &value : nullptr),
      faults_(faults),
      pointer_(std::move(pointer)),
      unknown_(unknown) {
  if (!object_) faults_.add(pointer_, FaultCode::wrong_type, "has to be an object");
}

std::string JsonFields::pointer_to(std::string_view name) const {
  return pointer_ + "/" + escaped(name);
}

void JsonFields::fault(std::string_view name, FaultCode code, std::string detail) {
  if (object_) faults_.add(pointer_to(name), code, std::move(detail));
}

Presence JsonFields::presence(std::string_view name) {
  if (member(name)) return Presence::value;
  return object_ && object_->contains(name) ? Presence::null : Presence::absent;
}

nlohmann::json const* JsonFields::member(std::string_view name) {
  if (!object_) return nullptr;
  asked_.push_back(name);
  auto const found = object_->find(name);
  return found == object_->end() || found->is_null() ? nullptr : &*found;
}

nlohmann::json const* JsonFields::required_member(std::string_view name) {
  auto const* const value = member(name);
  if (!value) fault(name, FaultCode::required);
  return value;
}

std::optional<std::string> JsonFields::text_in(nlohmann::json const* value, std::string_view name,
                                               TextRule rule) {
  if (!value) return std::nullopt;
  auto const refuse = [&](FaultCode code, std::string detail = "") {
    fault(name, code, std::move(detail));
    return std::nullopt;
  };
  if (!value->is_string()) return refuse(FaultCode::wrong_type, "has to be text");
  std::string_view text = value->get_ref<std::string const&>();
  if (rule.trimmed) text = without_spaces_around(text);
  auto const length = code_points_in(text);
  if (length < rule.min) {
    return refuse(FaultCode::too_short, "has fewer than " + std::to_string(rule.min) +
                                            (rule.min == 1 ? " character" : " characters"));
  }
  if (length > rule.max) {
    return refuse(FaultCode::too_long, "has more than " + std::to_string(rule.max) + " characters");
  }
  if (!rule.may_hold_control_characters && ascii::has_control(text)) {
    return refuse(FaultCode::control_character);
  }
  if (!rule.may_hold_identity_code && contains_personal_identity_code(text)) {
    return refuse(FaultCode::personal_identity_code);
  }
  return std::string(text);
}

std::optional<std::string> JsonFields::optional_text(std::string_view name, TextRule rule) {
  return text_in(member(name), name, rule);
}

std::string JsonFields::text(std::string_view name, TextRule rule) {
  auto const* const value = required_member(name);
  bool const is_empty = value && value->is_string() &&
                        without_spaces_around(value->get_ref<std::string const&>()).empty();
  // The first fault of a field stands, so that it is not told to be too short as well.
  if (is_empty && rule.min > 0) fault(name, FaultCode::required);
  return text_in(value, name, rule).value_or("");
}

std::optional<std::int64_t> JsonFields::integer_in(nlohmann::json const* value,
                                                   std::string_view name, NumberRule rule) {
  if (!value) return std::nullopt;
  if (auto const code = fault_of(*value, rule)) {
    fault(name, *code, detail_of(*code, rule));
    return std::nullopt;
  }
  return value->get<std::int64_t>();
}

std::optional<std::int64_t> JsonFields::optional_integer(std::string_view name, NumberRule rule) {
  return integer_in(member(name), name, rule);
}

std::int64_t JsonFields::integer(std::string_view name, NumberRule rule) {
  return integer_in(required_member(name), name, rule).value_or(0);
}

std::optional<bool> JsonFields::boolean_in(nlohmann::json const* value, std::string_view name) {
  if (!value) return std::nullopt;
  if (!value->is_boolean()) {
    fault(name, FaultCode::wrong_type, "has to be true or false");
    return std::nullopt;
  }
  return value->get<bool>();
}

std::optional<bool> JsonFields::optional_boolean(std::string_view name) {
  return boolean_in(member(name), name);
}

bool JsonFields::boolean(std::string_view name) {
  return boolean_in(required_member(name), name).value_or(false);
}

std::optional<Instant> JsonFields::instant_in(nlohmann::json const* value, std::string_view name) {
  auto const text = text_in(value, name, time_rule);
  if (!text) return std::nullopt;
  auto const at = instant_from_rfc3339(*text);
  if (!at) fault(name, FaultCode::not_a_time);
  return at;
}

std::optional<Instant> JsonFields::optional_instant(std::string_view name) {
  return instant_in(member(name), name);
}

Instant JsonFields::instant(std::string_view name) {
  return instant_in(required_member(name), name).value_or(Instant{});
}

std::optional<Day> JsonFields::optional_day(std::string_view name) {
  auto const text = optional_text(name, time_rule);
  if (!text) return std::nullopt;
  auto const day = day_from_iso(*text);
  if (!day) fault(name, FaultCode::not_a_day);
  return day;
}

std::optional<JsonFields> JsonFields::object(std::string_view name) {
  if (!required_member(name)) return std::nullopt;
  return optional_object(name);
}

std::optional<JsonFields> JsonFields::optional_object(std::string_view name) {
  auto const* const value = member(name);
  if (!value) return std::nullopt;
  return JsonFields(*value, faults_, pointer_to(name), unknown_);
}

nlohmann::json const* JsonFields::list_member(std::string_view name, SizeRule size) {
  auto const* const value = required_member(name);
  if (!value) return nullptr;
  if (!value->is_array()) {
    fault(name, FaultCode::wrong_type, "has to be a list");
    return nullptr;
  }
  if (value->size() < size.min || value->size() > size.max) {
    fault(name, FaultCode::out_of_range,
          "has to have " + std::to_string(size.min) + " to " + std::to_string(size.max) + " items");
    return nullptr;
  }
  return value;
}

std::vector<JsonFields> JsonFields::objects(std::string_view name, SizeRule size) {
  std::vector<JsonFields> items;
  auto const* const list = list_member(name, size);
  if (!list) return items;
  auto const pointer = pointer_to(name) + "/";
  items.reserve(list->size());
  for (auto const& item : *list) {
    items.emplace_back(item, faults_, pointer + std::to_string(items.size()), unknown_);
  }
  return items;
}

std::vector<std::int64_t> JsonFields::integers(std::string_view name, SizeRule size,
                                               NumberRule rule) {
  std::vector<std::int64_t> items;
  auto const* const list = list_member(name, size);
  if (!list) return items;
  items.reserve(list->size());
  for (auto const& item : *list) {
    if (auto const code = fault_of(item, rule)) {
      faults_.add(pointer_to(name) + "/" + std::to_string(&item - &list->front()), *code,
                  detail_of(*code, rule));
    } else {
      items.push_back(item.get<std::int64_t>());
    }
  }
  return items;
}

Result<void> JsonFields::finish() {
  if (object_ && unknown_ == Unknown::refused) {
    for (auto const& [name, value] : object_->items()) {
      if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
      faults_.add(pointer_to_echo(pointer_, name), FaultCode::unknown_field);
    }
  }
  return faults_.result();
}

}  // namespace kaiku::codec
