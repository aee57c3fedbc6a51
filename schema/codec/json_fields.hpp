// Reads the members of a JSON object one by one and gathers every fault with its JSON pointer. The
// one reader of JSON requests and answers, in the server and in the kiosk.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/faults.hpp"
#include "schema/values/time.hpp"

namespace kaiku::codec {

struct TextRule {
  std::size_t min = 1;  // code points
  std::size_t max = 200;
  bool may_hold_identity_code = false;       // only for what is machine-made, secret or not stored
  bool may_hold_control_characters = false;  // only for what has line ends or is never shown
  bool trimmed = false;                      // blanks around it are not part of it
};
struct NumberRule {
  std::int64_t min;
  std::int64_t max;
};
// How many items a list has.
struct SizeRule {
  std::size_t min;
  std::size_t max;
};
// An id is a positive integer of at most 18 digits.
inline constexpr NumberRule id_rule{1, 999'999'999'999'999'999};

// The pointer of a member that its sender is told of again (RFC 6901); the parent's when the name
// is itself something to keep quiet: over long, with a control character or an identity code.
std::string pointer_to_echo(std::string_view parent, std::string_view name);

enum class Unknown { refused, passed_over };
// What stands under a name: a change leaves what is absent and may clear what is null.
enum class Presence { absent, null, value };

// A wanted member that is missing or wrong adds a fault and reads as empty or zero, so that reading
// goes on; nothing read may be used unless the Faults stay empty. null reads as an absent member,
// and only `presence` tells them apart. Asking for a member in any way makes it a known one.
class JsonFields {
 public:
  // A value that is no object is a fault at `pointer`; every wanted member then stays silent.
  // `value` and `faults` have to outlive the reader.
  JsonFields(nlohmann::json const& value, Faults& faults, std::string pointer = "",
             Unknown unknown = Unknown::refused);

  Presence presence(std::string_view name);
  bool has(std::string_view name) { return presence(name) == Presence::value; }
  // As null or as a value: what a change has to look at.
  bool stands(std::string_view name) { return presence(name) != Presence::absent; }

  // An empty or blank text where one of some length is needed is `required`, as if it were absent.
  std::string text(std::string_view name, TextRule rule);
  std::optional<std::string> optional_text(std::string_view name, TextRule rule);
  std::int64_t integer(std::string_view name, NumberRule rule);
  std::optional<std::int64_t> optional_integer(std::string_view name, NumberRule rule);
  bool boolean(std::string_view name);
  std::optional<bool> optional_boolean(std::string_view name);
  Instant instant(std::string_view name);
  std::optional<Instant> optional_instant(std::string_view name);  // RFC 3339
  std::optional<Day> optional_day(std::string_view name);          // YYYY-MM-DD
  template <class Id>
  Id id(std::string_view name) {
    return Id{integer(name, id_rule)};
  }
  template <class Id>
  std::optional<Id> optional_id(std::string_view name) {
    auto const value = optional_integer(name, id_rule);
    return value ? std::optional<Id>(Id{*value}) : std::nullopt;
  }
  // One of a closed list of words, read by `from`: std::optional<Enum>(std::string_view).
  template <class Enum>
  std::optional<Enum> optional_word(std::string_view name,
                                    std::optional<Enum> (*from)(std::string_view)) {
    auto const word = optional_text(name, {.min = 0});
    if (!word) return std::nullopt;
    auto const value = from(*word);
    if (!value) fault(name, FaultCode::not_an_option);
    return value;
  }
  template <class Enum>
  Enum word(std::string_view name, std::optional<Enum> (*from)(std::string_view)) {
    if (!required_member(name)) return Enum{};
    return optional_word(name, from).value_or(Enum{});
  }
  // A reader of a nested object, with the same Faults and the same rule for unknown members; call
  // its `finish` too.
  std::optional<JsonFields> object(std::string_view name);
  std::optional<JsonFields> optional_object(std::string_view name);
  // Readers of a list's objects; none when the list is absent, no list or of another size.
  std::vector<JsonFields> objects(std::string_view name, SizeRule size);
  std::vector<std::int64_t> integers(std::string_view name, SizeRule size, NumberRule rule);

  // Adds a fault at a member; silent where there is no object, which has been told of.
  void fault(std::string_view name, FaultCode code, std::string detail = "");
  // Faults every member that nobody asked for; call it last. Success when nobody who shares the
  // Faults has found one.
  Result<void> finish();

 private:
  // Null when it is absent or null.
  nlohmann::json const* member(std::string_view name);
  nlohmann::json const* required_member(std::string_view name);
  nlohmann::json const* list_member(std::string_view name, SizeRule size);
  std::optional<std::string> text_in(nlohmann::json const* value, std::string_view name,
                                     TextRule rule);
  std::optional<std::int64_t> integer_in(nlohmann::json const* value, std::string_view name,
                                         NumberRule rule);
  std::optional<bool> boolean_in(nlohmann::json const* value, std::string_view name);
  std::optional<Instant> instant_in(nlohmann::json const* value, std::string_view name);
  std::string pointer_to(std::string_view name) const;

  nlohmann::json const* object_;  // null when the value is no object
  Faults& faults_;
  std::string pointer_;
  Unknown unknown_;
  std::vector<std::string_view> asked_;
};

}  // namespace kaiku::codec
