#include "server/pages/coordinator/settings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/access/call/fresh_code.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/coordinator/settings_view.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/tables/service_texts.hpp"
#include "server/use_cases/set_settings.hpp"

namespace kaiku::pages {
namespace {

using domain::ServiceFieldKind;
using domain::ServiceText;

struct Part {
  std::string_view word;
  Text label;
  std::string domain::LocalText::*text;  // where its form writes
};
constexpr std::array<Part, 4> parts{{
    {"common", Text::settings_common, &domain::LocalText::fi},
    {"fi", Text::settings_fi, &domain::LocalText::fi},
    {"sv", Text::settings_sv, &domain::LocalText::sv},
    {"en", Text::settings_en, &domain::LocalText::en},
}};

bool is_common(Part const& part) { return part.word == "common"; }
std::string path_of(Part const& part) { return "/settings/" + std::string(part.word); }

Result<Part> asked_part(access::Call const& call) {
  auto const found = std::ranges::find(parts, call.parameter(0), &Part::word);
  if (found == parts.end()) return Error(Problem::not_found);
  return *found;
}

std::vector<std::string_view> names_of(Part const& part) {
  std::vector<std::string_view> names;
  for (auto const& field : domain::service_fields) {
    if ((field.kind != ServiceFieldKind::text) == is_common(part)) names.push_back(field.word);
  }
  return names;
}

ServiceFieldKind kind_of(std::string_view word) {
  return std::ranges::find(domain::service_fields, word, &domain::ServiceField::word)->kind;
}

// A day stands in the form as people write it.
http::FormPairs fields_of(Part const& part, std::vector<ServiceText> const& texts) {
  http::FormPairs pairs;
  for (auto const name : names_of(part)) {
    auto const told = std::ranges::find(texts, name, &ServiceText::word);
    auto value = told == texts.end() ? std::string() : told->text.*part.text;
    auto const day = kind_of(name) == ServiceFieldKind::day ? day_from_iso(value) : std::nullopt;
    pairs.emplace_back(name, day ? to_finnish(*day) : value);
  }
  return pairs;
}

std::optional<http::FormPairs> shown_in(ledger::ReadTx& tx, Part const& part, std::int64_t seen) {
  if (seen == 0) return fields_of(part, {});
  auto const entry = ledger::public_entry_at(tx, seen);
  auto const* const set = entry ? std::get_if<ledger::SettingsSet>(&*entry) : nullptr;
  if (set == nullptr) return std::nullopt;
  return fields_of(part, set->texts);
}

nlohmann::json members_of(http::FormPairs const& pairs) {
  auto members = nlohmann::json::object();
  for (auto const& [name, value] : pairs) members[name] = value;
  return members;
}

// Those of now with what this form changes.
std::vector<ServiceText> changed(std::vector<ServiceText> texts, Part const& part,
                                 nlohmann::json const& changes, Day today) {
  for (auto const& [word, value] : changes.items()) {
    auto told = std::ranges::find(texts, word, &ServiceText::word);
    if (told == texts.end()) told = texts.insert(texts.end(), ServiceText{word, {}});
    auto text = value.get<std::string>();
    auto const day =
        kind_of(word) == ServiceFieldKind::day ? day_from_typed(text, today) : std::nullopt;
    told->text.*part.text = day ? to_iso(*day) : std::move(text);
  }
  return texts;
}

// A code that was used stands at its field like any other fault.
Result<void> with_fresh_code(access::Call& call, ledger::WriteTx& tx) {
  auto const form = call.form();
  if (!form) return form.error();
  auto taken = access::take_fresh_code(
      call, tx, http::form_value(*form, code_field_name).value_or(std::string_view()));
  if (taken || taken.error().problem != Problem::code_already_used) return taken;
  Faults faults;
  faults.add("/" + std::string(code_field_name), FaultCode::repeated);
  return faults.error();
}

}  // namespace

Result<http::Response> get_settings(access::Call const& call, ledger::ReadTx& tx) {
  auto frame = frame_of(call, "/settings");
  put_coordinator_header(frame, call, tx);
  SettingsPage page;
  for (auto const word : domain::missing_in(tables::service_texts(tx).texts)) {
    bool const is_text = kind_of(word) == ServiceFieldKind::text;
    page.missing.push_back(
        {"/settings/" + std::string(is_text ? contract::code_of(frame.language) : "common") + "#" +
             std::string(word),
         std::string(label_of_setting(frame.language, word))});
  }
  for (auto const& part : parts) {
    page.parts.push_back({path_of(part), std::string(in(frame.language, part.label))});
  }
  return respond(frame, settings_page(frame, page));
}

Result<http::Response> get_settings_part(access::Call const& call, ledger::ReadTx& tx) {
  auto const part = asked_part(call);
  if (!part) return part.error();
  auto const path = path_of(*part);
  auto frame = frame_of(call, path);
  put_coordinator_header(frame, call, tx);
  auto const now = tables::service_texts(tx);
  auto const returned = returned_form(call, path, frame);
  auto const standing = standing_of(returned, fields_of(*part, now.texts), now.seq, frame.language);
  auto form = form_at(call, path, returned, standing, frame.language);
  form.title = in(frame.language, part->label);
  form.about = in(frame.language, Text::settings_title);
  if (!is_common(*part)) {
    form.intro = {std::string(in(frame.language, Text::settings_other_language))};
  }
  form.fields = settings_fields(frame.language, is_common(*part), standing.filled,
                                !access::has_fresh_code(call, tx));
  form.submit = in(frame.language, Text::settings_save);
  form.next = {{"/settings", std::string(in(frame.language, Text::settings_title))}};
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_settings_part(access::Call& call, ledger::WriteTx& tx) {
  auto const part = asked_part(call);
  if (!part) return part.error();
  auto const names = names_of(*part);
  auto const now = tables::service_texts(tx);
  Change change;
  change.path = path_of(*part);
  change.names = names;
  change.now = fields_of(*part, now.texts);
  change.shown = [&](std::int64_t seen) { return shown_in(tx, *part, seen); };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) {
    auto set = use_cases::set_settings(tx, changed(now.texts, *part, changes, call.today()),
                                       call.caller());
    return set ? with_fresh_code(call, tx) : set;
  };
  return change_place(call, tx, change);
}

}  // namespace kaiku::pages
