#include "server/pages/frame/fields.hpp"

#include <algorithm>
#include <charconv>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t most_bytes = 3;  // of one character, as a browser counts them

std::string_view trimmed(std::string_view text) {
  auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// The ids of what describes a field: its hint, what somebody typed there before, its fault.
template <class Field>
void put_descriptions(Data& data, Field const& field) {
  std::string described;
  auto const put = [&](char const* what, std::string_view text) {
    data.set(what, text_or_nothing(text));
    if (text.empty()) return;
    if (!described.empty()) described += ' ';
    described.append(field.id).append("-").append(what);
  };
  put("hint", field.hint);
  put("yours", field.yours);
  put("fault", field.fault);
  data.set("described", text_or_nothing(described));
}

Data choice(ChoiceField const& field, std::string_view name) {
  auto data = field_parts({field.id, field.label, field.hint, field.yours, field.fault});
  data.set("name", std::string(name));
  data.set("autofocus", field.autofocus);
  return data;
}

std::string identity_code_of(std::string_view field) {
  return "identity_code-" + std::string(field);
}

}  // namespace

std::string_view unreadable_word(std::string_view text) {
  if (text.size() > longest_reading) return "unreadable";
  if (contract::parse_card_input(text)) return {};
  return contract::holds_two_cards(text) ? "two" : "unreadable";
}

std::string_view fault_of(PageFaults const& faults, std::string_view field) {
  auto const found = std::find_if(faults.begin(), faults.end(),
                                  [&](PageFault const& fault) { return fault.field == field; });
  return found == faults.end() ? std::string_view() : std::string_view(found->text);
}

bool takes_cursor(PageFaults const& faults, std::string_view field) {
  return faults.size() == 1 && faults.front().field == field;
}

void put_summary(Data& values, PageFaults const& faults, SummaryFocus focus) {
  std::vector<Data> items;
  for (auto const& fault : faults) {
    Data item;
    item.set("target", fault.field);
    item.set("text", fault.text);
    items.push_back(item);
  }
  values.set("has_faults", !faults.empty());
  values.set("faults", list_of(items));
  values.set("summary_focus", focus == SummaryFocus::of_several && faults.size() > 1);
}

Data text_field(TextField const& field) {
  Data data;
  std::string const id(field.id);
  data.set("id", id);
  data.set("name", id);
  data.set("label", std::string(field.label));
  put_descriptions(data, field);
  data.set("value", std::string(field.value));
  data.set("type", std::string(field.type));
  data.set("autocomplete", text_or_nothing(field.autocomplete));
  data.set("maxlength", std::to_string(field.maxlength));
  data.set("numeric", field.numeric);
  data.set("code", field.code);
  data.set("kept", field.code && !field.value.empty());
  data.set("width", std::string(field.narrow ? "narrow" : field.code ? "code" : "full"));
  data.set("optional", field.optional);
  data.set("autofocus", field.autofocus);
  return data;
}

Data text_area(TextField const& field, int rows) {
  auto data = text_field(field);
  data.set("rows", std::to_string(rows));
  return data;
}

Data card_field(contract::Language language, std::string_view value, PageFaults const& faults,
                bool autofocus) {
  return text_field({.id = "card",
                     .label = in(language, Text::card_code),
                     .hint = in(language, Text::card_code_hint),
                     .value = value,
                     .fault = fault_of(faults, "card"),
                     .maxlength = 512,
                     .code = true,
                     .autofocus = autofocus});
}

Data field_parts(FieldParts const& parts) {
  Data data;
  data.set("id", std::string(parts.id));
  data.set("label", std::string(parts.label));
  put_descriptions(data, parts);
  return data;
}

Data select_field(ChoiceField const& field) {
  auto data = choice(field, field.id);
  std::vector<Data> options;
  for (auto const& option : field.options) {
    Data entry;
    entry.set("value", option.value);
    entry.set("label", option.label);
    entry.set("selected", option.value == field.chosen);
    options.push_back(entry);
  }
  data.set("options", list_of(options));
  return data;
}

Data filter_choice(Page& page, ChoiceField const& field) {
  if (!field.options.empty()) {
    auto const found = std::ranges::find(field.options, field.chosen, &Option::value);
    // A browser shows the first where none is chosen.
    auto const& shown = found == field.options.end() ? field.options.front() : *found;
    page.narrowed_to.push_back(std::string(field.label) + ": " + shown.label);
  }
  return select_field(field);
}

Data filter_text(Page& page, TextField const& field) {
  if (!field.value.empty() && field.fault.empty()) {
    page.narrowed_to.push_back(std::string(field.label) + ": " + std::string(field.value));
  }
  return text_field(field);
}

Data radio_group(ChoiceField const& field) {
  auto data = choice(field, field.id);
  std::vector<Data> options;
  bool const any = std::any_of(field.options.begin(), field.options.end(),
                               [&](Option const& option) { return option.value == field.chosen; });
  for (auto const& option : field.options) {
    bool const selected = option.value == field.chosen;
    Data entry;
    entry.set("id", std::string(field.id) + "-" + option.value);
    entry.set("name", std::string(field.id));
    entry.set("value", option.value);
    entry.set("label", option.label);
    entry.set("selected", selected);
    entry.set("autofocus", field.autofocus && (any ? selected : options.empty()));
    options.push_back(entry);
  }
  data.set("options", list_of(options));
  return data;
}

std::optional<std::int64_t> number_from(std::string_view text) {
  if (text.size() > 18 || !ascii::is_digits(text)) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view FormValues::operator[](std::string_view name) const {
  return trimmed(http::form_value(pairs_, name).value_or(std::string_view()));
}

std::optional<std::int64_t> FormValues::number(std::string_view name) const {
  return number_from((*this)[name]);
}

std::string_view scanned(FormValues const& form, std::string_view name) {
  auto const now = form[name];
  auto const was = form[std::string(name) + "_was"];
  // Fewer characters than a code has are somebody's correction of what stood there.
  if (was.empty() || now.size() < was.size() + contract::CardCode::length) return now;
  if (now.ends_with(was)) return trimmed(now.substr(0, now.size() - was.size()));
  if (now.starts_with(was)) return trimmed(now.substr(was.size()));
  return now;
}

bool holds_identity_code(FormValues const& form, std::string_view field, FieldFor what) {
  if (form[identity_code_of(field)] == "1") return true;
  auto const typed = scanned(form, field);
  bool const is_card = what == FieldFor::card && contract::parse_card_input(typed);
  return !is_card && codec::contains_personal_identity_code(typed);
}

void keep_typed(http::FormPairs& told, FormValues const& form, std::string_view field,
                std::size_t longest) {
  auto const value = form[field];
  if (holds_identity_code(form, field))
    tell_identity_code(told, field);
  else if (value.size() <= most_bytes * longest)
    told.emplace_back(field, std::string(value));
}

void tell_identity_code(http::FormPairs& told, std::string_view field) {
  told.emplace_back(identity_code_of(field), "1");
}

std::string in_groups_of_four(std::string_view text) {
  std::string grouped;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && at % 4 == 0) grouped += ' ';
    grouped += text[at];
  }
  return grouped;
}

}  // namespace kaiku::pages
