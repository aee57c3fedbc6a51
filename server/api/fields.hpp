// Reads the members of a JSON object and gathers every fault before it answers.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"

namespace kaiku::api {

// Every reader marks its member as known; a fault is noted and a default handed back, so reading
// goes on. `finish` refuses unknown members and any text that holds a personal identity code.
class Fields {
 public:
  explicit Fields(nlohmann::json const& object, std::string prefix = "");

  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> maybe_integer(std::string_view name, std::int64_t least,
                                            std::int64_t most);
  std::string text(std::string_view name, std::size_t least_chars, std::size_t most_chars);
  std::optional<std::string> maybe_text(std::string_view name, std::size_t most_chars);
  std::optional<bool> maybe_boolean(std::string_view name);
  std::optional<Instant> maybe_instant(std::string_view name);
  std::optional<Day> maybe_day(std::string_view name);
  template <class I>
  I id(std::string_view name) {
    return I{integer(name, 1, max_id)};
  }
  template <class I>
  std::optional<I> maybe_id(std::string_view name) {
    auto const value = maybe_integer(name, 1, max_id);
    return value ? std::optional<I>(I{*value}) : std::nullopt;
  }
  // One of some words, by a parser that gives nullopt for others.
  template <class T, class Parse>
  std::optional<T> maybe_word(std::string_view name, Parse parse) {
    auto const word = maybe_text(name, 40);
    if (!word) return std::nullopt;
    auto const value = parse(*word);
    if (!value) fault(name, "not_an_option", "is not one of the words that this field takes");
    return value;
  }
  // The raw member; null JSON when absent.
  nlohmann::json const& raw(std::string_view name);
  bool has(std::string_view name) const;
  void require(std::string_view name);  // a fault `required` when the member is absent
  void fault(std::string_view name, std::string code, std::string detail);
  // Takes over the faults of a nested object's Fields.
  void absorb(Fields&& nested);
  // Success, or validation_failed with all faults.
  Result<void> finish();

  static constexpr std::int64_t max_id = 999'999'999'999'999'999;

 private:
  nlohmann::json const* member(std::string_view name);
  nlohmann::json const& object_;
  std::string prefix_;
  std::vector<std::string> known_;
  std::vector<FieldFault> faults_;
};

}  // namespace kaiku::api
