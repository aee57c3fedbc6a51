#include "schema/values/spaces.hpp"
#include "server/pages/coordinator/device_standing.hpp"
#include "server/pages/coordinator/device_view.hpp"
#include "server/pages/coordinator/devices.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/use_cases/revoke_device.hpp"
#include "server/use_cases/visible_devices.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view device_pattern = "/devices/{id}";
constexpr std::string_view revocation_pattern = "/devices/{id}/revoke";
constexpr int entries_a_page = 50;

Result<tables::Device> named_device(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<DeviceId>(0);
  if (!id) return id.error();
  return use_cases::find_visible_device(tx, *id, call.caller());
}

std::string venue_of(ledger::ReadTx& tx, tables::Device const& device) {
  return tables::find_venue(tx, device.venue).value().name;
}

std::string address_of_device(tables::Device const& device) {
  return "/devices/" + std::to_string(device.id.value);
}

bool is_staff(access::Call const& call) { return call.caller().role == domain::Role::venue_staff; }

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

}  // namespace

Result<http::Response> get_device(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = named_device(call, tx);
  if (!device) return device.error();
  auto const frame = frame_at_place(call, tx, address_of(call));
  auto const health = health_of(tx, device->id);
  DevicePage page;
  page.id = std::to_string(device->id.value);
  page.name = device->name;
  page.venue = venue_of(tx, *device);
  page.enrolled = moment_text(frame.language, device->enrolled_at);
  page.last_contact = last_contact_of(frame.language, health);
  page.standing = standing_of(frame.language, *device, health, call.today());
  page.arrived = health.journal.contiguous_to;
  page.quarantined = health.journal.quarantined;
  page.is_revoked = device->revoked_at.has_value();
  page.may_be_revoked = !is_staff(call) && !device->stolen;
  page.tells_whom_to_call = is_staff(call) && !page.is_revoked;
  auto const state = state_of(call, device_pattern);
  if (state && !state->is_old) {
    auto const text = device->stolen ? Text::device_was_stolen : Text::device_was_revoked;
    page.message = fill(frame.language, text, {{"name", device->name}});
  }
  return respond(frame, device_page(frame, page));
}

Result<http::Response> get_device_quarantine(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = named_device(call, tx);
  if (!device) return device.error();
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = frame_at_place(call, tx, address_of(call));
  QuarantinePage page;
  page.id = std::to_string(device->id.value);
  page.name = device->name;
  page.waiting =
      tables::count_waiting_from_quarantine(tx, {domain::ActorKind::device, device->id.value});
  if (!is_staff(call)) {
    page.judged = "/judged?" + encoded({{"venue", std::to_string(device->venue.value)},
                                        {"verdict", "quarantined"}});
  }
  auto const entries = tables::list_quarantined(
      tx, device->id, {values.number("after").value_or(0), entries_a_page});
  for (auto const& entry : entries) {
    bool const is_fork = entry.reason == ledger::QuarantineReason::fork;
    auto const why = is_fork ? Text::quarantine_fork : Text::quarantine_revoked;
    page.rows.push_back({std::to_string(entry.sequence),
                         moment_text(frame.language, entry.taken_at),
                         std::string(in(frame.language, why))});
  }
  if (entries.size() == static_cast<std::size_t>(entries_a_page)) {
    page.more =
        address_of_device(*device) + "/quarantine?after=" + std::to_string(entries.back().seq);
  }
  return respond(frame, quarantine_page(frame, page));
}

Result<http::Response> get_device_revocation(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = named_device(call, tx);
  if (!device) return device.error();
  if (device->stolen) return see_other(address_of_device(*device));
  auto frame = frame_of(call, address_of(call));
  auto const state = state_of(call, revocation_pattern);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  auto page = revocation_of(tx, *device, told);
  if (told["step"] == "confirm") return respond(frame, confirm_revocation_page(frame, page));
  if (told["step"] == "name") {
    page.faults = {{"name", std::string(in(frame.language, Text::revoke_name_fault))}};
  }
  return respond(frame, revocation_page(frame, page));
}

Result<http::Response> post_device_revocation(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const device = named_device(call, tx);
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
  return see_other(with_state(call, address_of_device(*revoked), device_pattern, {{"done", "1"}}));
}

}  // namespace kaiku::pages
