// Reads the members of a JSON object one by one and gathers every fault with its JSON pointer.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/result.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

// A reader's first faults; the rest would only make a long answer to a bad request.
inline constexpr std::size_t max_faults = 32;

// The faults of one request, shared by the readers of its nested objects.
class Faults {
 public:
  void add(std::string pointer, std::string code, std::string detail);
  bool empty() const { return faults_.empty(); }
  std::size_t size() const { return faults_.size(); }
  // validation_failed with all of them; call once, when something was wrong.
  Error error() &&;

 private:
  std::vector<FieldFault> faults_;
};

struct TextRule {
  std::size_t min = 1;  // code points
  std::size_t max = 200;
  bool may_hold_identity_code = false;  // only for what is machine-made and checked otherwise
};
struct NumberRule {
  std::int64_t min;
  std::int64_t max;
};
// An id is a positive integer.
inline constexpr NumberRule id_rule{1, INT64_MAX};

// A wanted member that is missing or wrong adds a fault and reads as empty or zero, so that reading
// goes on; nothing read may be used unless the Faults stay empty. null is an absent member.
class JsonFields {
 public:
  enum class Unknown { refused, passed_over };

  // A value that is no object is a fault at `pointer`; every wanted member then stays silent.
  JsonFields(nlohmann::json const& value, Faults& faults, std::string pointer = "",
             Unknown unknown = Unknown::refused);

  std::string text(std::string_view name, TextRule rule);
  std::optional<std::string> optional_text(std::string_view name, TextRule rule);
  std::int64_t integer(std::string_view name, NumberRule rule);
  std::optional<std::int64_t> optional_integer(std::string_view name, NumberRule rule);
  bool boolean(std::string_view name);
  std::optional<bool> optional_boolean(std::string_view name);
  std::optional<Instant> optional_instant(std::string_view name);  // RFC 3339
  std::optional<Day> optional_day(std::string_view name);          // YYYY-MM-DD
  // One of a closed list of words, read by `from`: std::optional<Enum>(std::string_view).
  template <class Enum>
  std::optional<Enum> optional_word(std::string_view name,
                                    std::optional<Enum> (*from)(std::string_view)) {
    auto const word = optional_text(name, {});
    if (!word) return std::nullopt;
    auto const value = from(*word);
    if (!value) fault(name, "unknown_value", "This is not one of the known words.");
    return value;
  }
  template <class Enum>
  Enum word(std::string_view name, std::optional<Enum> (*from)(std::string_view)) {
    if (!require(name)) return Enum{};
    return optional_word(name, from).value_or(Enum{});
  }
  // The value itself, for nested objects and arrays; null when it is absent.
  nlohmann::json const* member(std::string_view name);
  // As `member`, with the fault `required` when it is absent.
  nlohmann::json const* required_member(std::string_view name);

  // Adds a fault at a member.
  void fault(std::string_view name, std::string code, std::string detail);
  std::string pointer_to(std::string_view name) const;
  // Faults every member that nobody asked for; call it last.
  void finish();

 private:
  bool require(std::string_view name);
  nlohmann::json const* object_;  // null when the value is no object
  Faults& faults_;
  std::string pointer_;
  Unknown unknown_;
  std::vector<std::string_view> asked_;
};

// Code points of a valid UTF-8 text.
std::size_t code_points_in(std::string_view text);

}  // namespace kaiku::contract
