#include "server/pages/coordinator/place_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/spaces.hpp"
#include "server/api/network_fields.hpp"
#include "server/pages/coordinator/tick_groups.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"

namespace kaiku::pages {
namespace {

// Beside the fields in the address; no field is called so.
constexpr std::string_view came_name = "came";
constexpr std::string_view fault_name = "fault";

constexpr std::array<std::string_view, 8> came_words{
    "fresh", "typed_again", "faulty", "clashing", "to_confirm", "made", "saved", "unchanged"};
std::string_view word_of(Came came) { return came_words.at(static_cast<std::size_t>(came)); }

struct CodeText {
  FaultCode code;
  Text text;
};
// Those that say the same of every field.
constexpr std::array<CodeText, 14> code_texts{
    {{FaultCode::personal_identity_code, Text::fault_identity_code},
     {FaultCode::too_short, Text::fault_too_short},
     {FaultCode::too_long, Text::fault_too_long},
     {FaultCode::control_character, Text::fault_control_character},
     {FaultCode::not_an_area_id, Text::fault_area_id},
     {FaultCode::not_a_municipality_code, Text::fault_municipality_code},
     {FaultCode::not_a_postcode, Text::fault_postcode},
     {FaultCode::not_a_day, Text::event_day_fault},
     {FaultCode::outside_area, Text::fault_municipality_outside},
     {FaultCode::not_found, Text::fault_municipality_outside},
     {FaultCode::repeated, Text::fault_municipality_repeated},
     {FaultCode::not_an_option, Text::fault_choose},
     {FaultCode::wrong_type, Text::fault_other},
     {FaultCode::out_of_range, Text::fault_other}}};

// Those of a table of postcodes, a line each.
constexpr std::array<CodeText, 5> row_texts{{{FaultCode::unreadable, Text::fault_row_text},
                                             {FaultCode::wrong_type, Text::fault_row_columns},
                                             {FaultCode::unknown_field, Text::fault_row_header},
                                             {FaultCode::outside_area, Text::fault_row_outside},
                                             {FaultCode::required, Text::fault_no_row}}};

struct NumberField {
  std::string_view field;
  codec::NumberRule rule;
};
constexpr std::array<NumberField, 6> number_fields{
    {{"limit_count", api::limit_count_rule},
     {"validity_months", api::validity_months_rule},
     {"child_age_limit", api::child_age_limit_rule},
     {"unknown_genuine_daily_limit", api::unknown_daily_rule},
     {"stale_warn_hours", api::stale_warn_hours_rule},
     {"stale_stop_days", api::stale_stop_days_rule}}};

Text text_of_missing(FormFault const& fault) {
  if (fault.field == "postcode") return Text::fault_postcode;
  if (fault.field == "municipality") return Text::fault_municipality;
  if (fault.field == "sector") return Text::fault_sector;
  if (fault.field == "id") return Text::fault_area_id;
  if (fault.field == "fixed_end") return Text::event_day_fault;
  if (fault.field == "municipalities") return Text::fault_no_municipality;
  bool const is_name = fault.field == "name" || fault.field == "name_fi";
  return is_name ? Text::blank : Text::fault_other;
}

std::string text_of(Language language, FormFault const& fault) {
  bool const is_number = fault.code == FaultCode::wrong_type ||
                         fault.code == FaultCode::out_of_range || fault.code == FaultCode::required;
  auto const number = std::ranges::find(number_fields, fault.field, &NumberField::field);
  if (is_number && number != number_fields.end()) {
    return fill(
        language, Text::fault_number,
        {{"from", std::to_string(number->rule.min)}, {"to", std::to_string(number->rule.max)}});
  }
  if (fault.field == "rows") {
    auto const of_row = std::ranges::find(row_texts, fault.code, &CodeText::code);
    if (of_row != row_texts.end()) return std::string(in(language, of_row->text));
  }
  if (fault.field == "file") {
    bool const is_large = fault.code == FaultCode::too_long;
    return std::string(in(language, is_large ? Text::fault_file_large : Text::fault_row_text));
  }
  if (fault.field == code_field_name) {
    if (fault.code == FaultCode::required) return std::string(in(language, Text::code_required));
    bool const is_used = fault.code == FaultCode::repeated;
    return std::string(in(language, is_used ? Text::login_code_used : Text::totp_wrong));
  }
  if (fault.field == "fixed_end" && fault.code == FaultCode::out_of_range) {
    return std::string(in(language, Text::end_past));
  }
  if (fault.field == "municipalities" && fault.code == FaultCode::not_a_municipality_code) {
    return std::string(in(language, Text::fault_municipality_unlisted));
  }
  if (fault.code == FaultCode::taken) {
    bool const is_id = fault.field == "id";
    return std::string(in(language, is_id ? Text::fault_id_taken : Text::fault_municipality_taken));
  }
  bool const is_missing =
      fault.code == FaultCode::required || fault.field == "postcode" ||
      (fault.field == "municipalities" && fault.code == FaultCode::out_of_range);
  if (is_missing) return std::string(in(language, text_of_missing(fault)));
  auto const known = std::ranges::find(code_texts, fault.code, &CodeText::code);
  return std::string(in(language, known == code_texts.end() ? Text::fault_other : known->text));
}

std::string packed(FormFault const& fault) {
  return fault.field + " " + std::to_string(fault.line) + " " + std::string(word_of(fault.code));
}

// Sealed by us, so every part of it is there.
FormFault unpacked(std::string_view text) {
  auto const first = text.find(' ');
  auto const second = text.find(' ', first + 1);
  FormFault fault{std::string(text.substr(0, first)), FaultCode::required, 0};
  fault.line = number_from(text.substr(first + 1, second - first - 1)).value_or(0);
  auto const word = text.substr(second + 1);
  auto const row = std::ranges::find(fault_table, word, &FaultRow::word);
  if (row != fault_table.end()) fault.code = row->code;
  return fault;
}

// "days/1" and "municipalities/1/code" are of one among several: its place, from 0.
std::optional<std::int64_t> index_in(std::string_view field) {
  auto const slash = field.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::int64_t index = 0;
  auto const digits = field.substr(slash + 1);
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || (end != digits.data() + digits.size() && *end != '/'))
    return std::nullopt;
  return index;
}

// The values of boxes with one name; a field of its own has one.
std::string values_of(http::FormPairs const& form, std::string_view name) {
  std::vector<std::string_view> values;
  for (auto const& [known, value] : form) {
    if (field_of_box(known) == name) values.push_back(value);
  }
  std::ranges::sort(values);
  std::string lines;
  for (auto const value : values) {
    if (!lines.empty()) lines += '\n';
    lines += value;
  }
  return lines;
}

// With line ends as ours are; what a fault calls line 3 is the third that the form then shows.
std::string without_blank_lines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (without_spaces_around(line).empty()) continue;
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  return lines;
}

std::string_view value_in(http::FormPairs const& pairs, std::string_view name) {
  return http::form_value(pairs, name).value_or(std::string_view());
}

}  // namespace

void FormFaults::add(std::string field, FaultCode code, std::int64_t line) {
  bool const known = std::ranges::any_of(faults_, [&](FormFault const& fault) {
    return fault.field == field && (fault.line == line || line == 0);
  });
  if (!known && faults_.size() < max_faults) faults_.push_back({std::move(field), code, line});
}

void FormFaults::add(std::vector<FieldFault> const& found) {
  for (auto const& fault : found) {
    auto field = fault.pointer.substr(1);
    if (auto const index = index_in(field)) {
      field.resize(field.find('/'));
      bool const has_boxes = box_name_of(field) != field;  // which stand in no lines
      add(std::move(field), fault.code, has_boxes ? 0 : *index + 1);
      continue;
    }
    std::ranges::replace(field, '/', '_');
    add(std::move(field), fault.code);
  }
}

http::FormPairs typed_fields(http::FormPairs const& form, std::span<std::string_view const> names,
                             FormFaults& faults) {
  http::FormPairs typed;
  for (auto const name : names) {
    FormValues const said({{"all", values_of(form, name)}});
    auto value = without_blank_lines(said["all"]);
    if (codec::contains_personal_identity_code(value)) {
      faults.add(std::string(name), FaultCode::personal_identity_code);
      value.clear();
    }
    typed.emplace_back(name, std::move(value));
  }
  return typed;
}

Merged merged(http::FormPairs const& was, http::FormPairs const& typed,
              http::FormPairs const& now) {
  Merged result;
  for (auto const& [name, said] : typed) {
    auto const before = value_in(was, name);
    auto const today = value_in(now, name);
    bool const is_changed = said != before;
    result.changes = result.changes || is_changed;
    if (is_changed && today != said) result.yours.emplace_back(name, said);
    result.clashes = result.clashes || (is_changed && today != before && today != said);
    result.fields.emplace_back(name, is_changed ? said : std::string(today));
  }
  return result;
}

nlohmann::json changed_members(nlohmann::json const& now, nlohmann::json const& asked) {
  auto changes = nlohmann::json::object();
  for (auto const& [name, value] : asked.items()) {
    auto const found = now.find(name);
    if (found == now.end() || *found != value) changes[name] = value;
  }
  return changes;
}

std::string address_of(access::Call const& call, std::string_view path, Returned const& told) {
  auto pairs = told.typed;
  pairs.emplace_back(came_name, word_of(told.came));
  for (auto const& fault : told.faults) pairs.emplace_back(fault_name, packed(fault));
  return with_state(call, path, path, pairs);
}

std::string back_with_typed(access::Call const& call, std::string_view path, std::string_view page,
                            http::FormPairs typed) {
  typed.emplace_back(came_name, word_of(Came::typed_again));
  auto back = with_state(call, path, page, typed);
  return back.size() > longest_address ? std::string() : back;
}

bool is_typed_again(FormValues const& told) {
  return told[came_name] == word_of(Came::typed_again);
}

Returned returned_form(access::Call const& call, std::string_view path, Frame& frame) {
  auto state = state_of(call, path);
  if (!state) return {};
  if (state->is_old) {
    frame.notice = in(frame.language, Text::k_old);
    return {};
  }
  Returned returned;
  auto const word = value_in(state->told, came_name);
  auto const came = std::ranges::find(came_words, word);
  // What was typed before the session ended says nothing of how it came back.
  if (word.empty()) returned.came = Came::typed_again;
  if (came != came_words.end()) returned.came = static_cast<Came>(came - came_words.begin());
  for (auto& [name, value] : state->told) {
    if (name == came_name) continue;
    if (name == fault_name) {
      returned.faults.push_back(unpacked(value));
      continue;
    }
    // Boxes as they were posted before the session ended.
    auto const field = field_of_box(name);
    auto const before =
        std::ranges::find(returned.typed, field, &http::FormPairs::value_type::first);
    if (before == returned.typed.end())
      returned.typed.emplace_back(field, std::move(value));
    else
      before->second += "\n" + value;
  }
  return returned;
}

PageFaults texts_of(Language language, std::vector<FormFault> const& faults) {
  PageFaults told;
  for (auto const& fault : faults) {
    auto text = text_of(language, fault);
    if (fault.line > 0) {
      text = fill(language, Text::fault_of_line,
                  {{"line", std::to_string(fault.line)}, {"fault", text}});
    }
    told.push_back({fault.field, std::move(text)});
  }
  return told;
}

nlohmann::json number_or_text(std::string_view typed) {
  auto const number = FormValues({{"n", std::string(typed)}}).number("n");
  if (number) return *number;
  return std::string(typed);
}

Standing standing_of(Returned const& returned, http::FormPairs const& now, std::int64_t seq,
                     Language language) {
  Standing standing{{FormValues(now), FormValues({}), texts_of(language, returned.faults)},
                    std::to_string(seq)};
  if (returned.came == Came::clashing) standing.filled.yours = FormValues(returned.typed);
  if (returned.came == Came::faulty || returned.came == Came::typed_again) {
    standing.filled.values = FormValues(returned.typed);
    standing.seen = value_in(returned.typed, seen_name);
  }
  return standing;
}

PlaceForm form_at(access::Call const& call, std::string path, Returned const& returned,
                  Standing const& standing, Language language) {
  PlaceForm form;
  form.action = std::move(path);
  form.form_id = new_form_id(call);
  form.seen = standing.seen;
  form.faults = standing.filled.faults;
  if (returned.came == Came::saved) form.done = in(language, Text::place_saved);
  if (returned.came == Came::unchanged) form.done = in(language, Text::place_unchanged);
  if (returned.came == Came::clashing) form.warning = in(language, Text::changed_meanwhile);
  return form;
}

bool goes_back(FormValues const& form) { return form["again"] == "1"; }

void put_question(PlaceConfirm& confirm, access::Call const& call, std::string path,
                  Returned const& returned) {
  confirm.form_id = new_form_id(call);
  confirm.hidden = returned.typed;
  confirm.hidden.emplace_back(confirmed_name, "1");
  confirm.back = back_with_typed(call, path, path, returned.typed);  // else the form carries it
  confirm.action = std::move(path);
}

Result<http::Response> change_place(access::Call& call, ledger::WriteTx& tx, Change const& change) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const back = [&](Came came, http::FormPairs typed, FormFaults const& faults = {}) {
    auto const address = address_of(call, change.path, {came, std::move(typed), faults.all()});
    return Result<FormDone>(FormDone{back_to(address)});
  };
  return sent_once(call, tx, *pairs, change.path, [&]() -> Result<FormDone> {
    FormFaults faults;
    auto typed = typed_fields(*pairs, change.names, faults);
    auto const shown = change.shown(form.number(seen_name).value_or(0)).value_or(change.now);
    auto const merge = merged(shown, typed, change.now);
    typed.emplace_back(seen_name, form[seen_name]);
    if (!faults.empty()) return back(Came::faulty, typed, faults);
    if (goes_back(form)) return back(Came::typed_again, typed);
    if (merge.clashes) return back(Came::clashing, merge.yours);
    auto const changes = changed_members(change.members(change.now), change.members(merge.fields));
    if (changes.empty()) {
      auto const came = merge.changes ? Came::saved : Came::unchanged;
      return FormDone{see_other(address_of(call, change.path, {came, {}, {}}))};
    }
    auto const kept = change.keep(changes);
    if (!kept && kept.error().problem != Problem::validation_failed) return kept.error();
    if (!kept) {
      faults.add(kept.error().fields);
      return back(Came::faulty, typed, faults);
    }
    // What the use case has taken is taken back: it was a trial, for its faults.
    bool const asks = change.asks && change.asks(changes);
    if (asks && form[confirmed_name] != "1") return back(Came::to_confirm, typed);
    return FormDone{see_other(address_of(call, change.path, {Came::saved, {}, {}}))};
  });
}

Result<http::Response> make_place(access::Call& call, ledger::WriteTx& tx,
                                  Creation const& creation) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  return sent_once(call, tx, *pairs, creation.path, [&]() -> Result<FormDone> {
    FormFaults faults;
    auto const typed = typed_fields(*pairs, creation.names, faults);
    auto const made = creation.keep(creation.members(typed));
    if (made && faults.empty()) {
      return FormDone{see_other(address_of(call, *made, {Came::made, {}, {}}))};
    }
    if (!made) {
      if (made.error().problem != Problem::validation_failed) return made.error();
      faults.add(made.error().fields);
    }
    return FormDone{back_to(address_of(call, creation.path, {Came::faulty, typed, faults.all()}))};
  });
}

}  // namespace kaiku::pages
