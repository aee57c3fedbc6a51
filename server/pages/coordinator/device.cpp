#include <array>
#include <nlohmann/json.hpp>

#include "schema/values/spaces.hpp"
#include "server/api/devices.hpp"
#include "server/ledger/ledger.hpp"
#include "server/pages/coordinator/device_facts.hpp"
#include "server/pages/coordinator/device_health.hpp"
#include "server/pages/coordinator/device_standing.hpp"
#include "server/pages/coordinator/device_view.hpp"
#include "server/pages/coordinator/devices.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/use_cases/rename_device.hpp"
#include "server/use_cases/revoke_device.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view revocation_pattern = "/devices/{id}/revoke";
constexpr std::array<std::string_view, 1> field_names{"name"};
// Beside what became of a form on the device's page: it was the form that revokes.
constexpr char const* revoked_name = "revoked";

std::string venue_of(ledger::ReadTx& tx, tables::Device const& device) {
  return tables::find_venue(tx, device.venue).value().name;
}

std::string address_of_device(tables::Device const& device) {
  return "/devices/" + std::to_string(device.id.value);
}

RevocationPage revocation_of(ledger::ReadTx& tx, tables::Device const& device,
                             FormValues const& form) {
  return {.id = std::to_string(device.id.value),
          .name = device.name,
          .venue = venue_of(tx, device),
          .is_revoked = device.revoked_at.has_value(),
          .stolen = form["how"] == "stolen",
          .typed = std::string(form["name"]),
          .faults = {}};
}

http::FormPairs fields_of(std::string const& name) { return {{"name", name}}; }

nlohmann::json members_of(http::FormPairs const& fields) {
  return {{"name", http::form_value(fields, "name").value_or("")}};
}

// A revocation says nothing of the name: it is today's then.
std::optional<http::FormPairs> shown_in(ledger::ReadTx& tx, DeviceId id, std::int64_t seen) {
  auto const entry = ledger::public_entry_at(tx, seen);
  if (!entry) return std::nullopt;
  auto const* renamed = std::get_if<ledger::DeviceRenamed>(&*entry);
  if (renamed != nullptr && renamed->device == id) return fields_of(renamed->name);
  auto const* enrolled = std::get_if<ledger::DeviceEnrolled>(&*entry);
  if (enrolled != nullptr && DeviceId{seen} == id) return fields_of(enrolled->name);
  return std::nullopt;
}

void put_rename(DevicePage& page, access::Call const& call, tables::Device const& device,
                Returned const& returned, Language language) {
  auto const standing = standing_of(returned, fields_of(device.name), device.seq, language);
  page.rename = RenameForm{.form_id = new_form_id(call),
                           .seen = standing.seen,
                           .typed = std::string(standing.filled.values["name"]),
                           .yours = std::string(standing.filled.yours["name"])};
  page.faults = standing.filled.faults;
}

// What has just been done, or why it was not.
void tell_result(DevicePage& page, tables::Device const& device, Returned const& returned,
                 Language language) {
  if (returned.came == Came::unchanged) page.message = in(language, Text::place_unchanged);
  if (returned.came == Came::clashing) page.warning = in(language, Text::changed_meanwhile);
  if (returned.came != Came::saved) return;
  bool const was_revoked = http::form_value(returned.typed, revoked_name).has_value();
  auto const text = !was_revoked    ? Text::device_was_renamed
                    : device.stolen ? Text::device_was_stolen
                                    : Text::device_was_revoked;
  page.message = fill(language, text, {{"name", device.name}});
}

// From the question back to the form, with what was typed there.
std::string back_to_revocation(access::Call const& call, tables::Device const& device,
                               FormValues const& told) {
  auto const path = address_of_device(device) + "/revoke";
  auto const back =
      back_with_typed(call, path, revocation_pattern,
                      {{"how", std::string(told["how"])}, {"name", std::string(told["name"])}});
  return back.empty() ? path : back;
}

}  // namespace

Result<http::Response> get_device(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  auto frame = network_frame(call, tx, area_of(tx, device->venue));
  auto const returned = returned_form(call, address_of_device(*device), frame);
  auto const health = health_of(call, tx, device->id);
  DevicePage page;
  page.id = std::to_string(device->id.value);
  page.name = device->name;
  page.venue = venue_of(tx, *device);
  page.enrolled = moment_text(frame.language, device->enrolled_at);
  page.facts = facts_of(frame.language, health, call.now());
  page.standing = standing_of(frame.language, *device, health, call.now());
  page.arrived = health.journal.contiguous_to;
  page.quarantined = health.journal.quarantined;
  page.is_revoked = device->revoked_at.has_value();
  page.may_be_revoked = !call.caller().is_staff() && !device->stolen;
  page.tells_whom_to_call = call.caller().is_staff() && !page.is_revoked;
  tell_result(page, *device, returned, frame.language);
  if (!call.caller().is_staff()) put_rename(page, call, *device, returned, frame.language);
  return respond(frame, device_page(frame, page));
}

Result<http::Response> post_device(access::Call& call, ledger::WriteTx& tx) {
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  Change change;
  change.path = address_of_device(*device);
  change.names = field_names;
  change.now = fields_of(device->name);
  change.shown = [&](std::int64_t seen) { return shown_in(tx, device->id, seen); };
  change.members = members_of;
  change.keep = [&](nlohmann::json const& changes) -> Result<void> {
    Faults faults;
    codec::JsonFields fields(changes, faults);
    auto const name = fields.text("name", api::device_name_rule);
    if (auto const good = fields.finish(); !good) return good.error();
    auto const renamed = use_cases::rename_device(tx, device->id, name, call.caller());
    if (!renamed) return renamed.error();
    return {};
  };
  return change_place(call, tx, change);
}

Result<http::Response> get_device_revocation(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  if (device->stolen) return see_other(address_of_device(*device));
  auto frame = network_frame(call, tx, area_of(tx, device->venue));
  auto const state = state_of(call, revocation_pattern);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  auto page = revocation_of(tx, *device, told);
  if (told["step"] == "confirm") {
    page.back = back_to_revocation(call, *device, told);
    return respond(frame, confirm_revocation_page(frame, page));
  }
  if (told["step"] == "name") {
    page.faults = {{"name", std::string(in(frame.language, Text::revoke_name_fault))}};
  }
  return respond(frame, revocation_page(frame, page));
}

Result<http::Response> post_device_revocation(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  bool const stolen = form["how"] == "stolen";
  if (!stolen && form["how"] != "removed") return Error(Problem::malformed_request);
  // The name has to be typed of what cannot be undone for every door of the network.
  bool const is_named = !stolen || form["name"] == without_spaces_around(device->name);
  if (!is_named || form["confirmed"] != "1") {
    return back_to(with_state(call, address_of_device(*device) + "/revoke", revocation_pattern,
                              {{"step", is_named ? "confirm" : "name"},
                               {"how", std::string(form["how"])},
                               {"name", std::string(form["name"])}}));
  }
  auto const revoked = use_cases::revoke_device(tx, device->id, stolen, call.caller());
  if (!revoked) return revoked.error();
  return see_other(
      address_of(call, address_of_device(*revoked), {Came::saved, {{revoked_name, "1"}}, {}}));
}

}  // namespace kaiku::pages
