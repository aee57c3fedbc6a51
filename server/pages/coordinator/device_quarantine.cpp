#include "schema/contract/attempt_key.hpp"
#include "server/api/devices.hpp"
#include "server/pages/coordinator/device_quarantine_view.hpp"
#include "server/pages/coordinator/devices.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/use_standing.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/tables/journals.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/rule_on_use.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view quarantine_pattern = "/devices/{id}/quarantine";
// So that the page stays below forty kilobytes when every row has its form.
constexpr int entries_a_page = 10;

std::string path_of(DeviceId device, std::int64_t after) {
  auto path = "/devices/" + std::to_string(device.value) + "/quarantine";
  return after > 0 ? path + "?after=" + std::to_string(after) : path;
}

// What came of an attempt that lies beside the journal: its key names its own entry.
std::optional<tables::JudgedUse> use_of(ledger::ReadTx& tx, tables::Device const& device,
                                        tables::QuarantinedEntry const& entry) {
  auto const hash = contract::attempt_hash(entry.hash);
  auto const use = tables::find_redemption(tx, tables::caller_of(device).actor,
                                           contract::attempt_key(device.id, entry.sequence, hash));
  return use ? tables::find_judged_use(tx, use->id) : std::nullopt;
}

QuarantineRow row_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                     tables::Device const& device, tables::QuarantinedEntry const& entry) {
  bool const is_fork = entry.reason == ledger::QuarantineReason::fork;
  QuarantineRow row;
  row.number = std::to_string(entry.sequence);
  row.arrived = moment_text(language, entry.taken_at);
  row.why = in(language, is_fork ? Text::quarantine_fork : Text::quarantine_revoked);
  auto const use = use_of(tx, device, entry);
  if (!use) return row;
  row.time = moment_text(language, use->occurred_at);
  row.tickets = tickets_text(language, use->tickets);
  row.standing = standing_text(language, *use);
  bool const waits = use->standing == tables::Standing::waiting && !use->undone;
  auto const venue = tables::find_venue(tx, use->venue).value();
  if (!waits || !call.caller().covers(venue.area)) return row;
  row.form = RulingForm{std::to_string(use->id.value), new_form_id(call)};
  return row;
}

// What was done, or what was wrong with the form that was sent.
void put_outcome(QuarantinePage& page, Frame const& frame, FormValues const& told) {
  auto const say = [&](Text text) { return std::string(in(frame.language, text)); };
  auto const done = told["done"];
  if (done == "accepted") page.message = say(Text::judged_was_accepted);
  if (done == "rejected") page.message = say(Text::judged_was_rejected);
  if (done == "late") page.message = say(Text::ruling_done_already);
  auto const fault = told["fault"];
  if (!fault.empty()) {
    page.faults = {{std::string(fault), say(Text::quarantine_reason_fault)}};
  }
}

// A use of another device is none of this page's.
bool is_of(ledger::ReadTx& tx, tables::Device const& device, RedemptionId id) {
  auto const use = tables::find_judged_use(tx, id);
  auto const actor = tables::caller_of(device).actor;
  return use && use->actor.packed() == actor.packed();
}

}  // namespace

Result<http::Response> get_device_quarantine(access::Call const& call, ledger::ReadTx& tx) {
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx, area_of(tx, device->venue));
  QuarantinePage page;
  page.id = std::to_string(device->id.value);
  page.name = device->name;
  page.waiting = tables::count_waiting_from_quarantine(tx, tables::caller_of(*device).actor);
  if (!call.caller().is_staff()) {
    page.judged = "/judged?" + encoded({{"venue", std::to_string(device->venue.value)},
                                        {"verdict", "quarantined"}});
  }
  auto const state = state_of(call, quarantine_pattern);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  if (state && !state->is_old) put_outcome(page, frame, FormValues(state->told));
  if (state && state->is_held) page.held = state->told;
  auto const after = values.number("after").value_or(0);
  page.after = std::to_string(after);
  auto const entries = tables::list_quarantined(tx, device->id, {after, entries_a_page});
  for (auto const& entry : entries) {
    page.rows.push_back(row_of(call, tx, frame.language, *device, entry));
  }
  if (entries.size() == static_cast<std::size_t>(entries_a_page)) {
    page.more = path_of(device->id, entries.back().seq);
  }
  return respond(frame, quarantine_page(frame, page));
}

Result<http::Response> post_device_quarantine(access::Call& call, ledger::WriteTx& tx) {
  auto const device = api::named_device(call, tx);
  if (!device) return device.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  RedemptionId const id{form.number("use").value_or(0)};
  if (!is_of(tx, *device, id)) return Error(Problem::not_found);
  bool const accepted = form["act"] == "accept";
  if (!accepted && form["act"] != "reject") return Error(Problem::malformed_request);
  auto const path = path_of(device->id, form.number("after").value_or(0));
  auto const told = [&](char const* name, std::string const& value) {
    return with_state(call, path, quarantine_pattern, {{name, value}});
  };
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const field = std::string(form["act"]) + "-" + std::to_string(id.value);
    use_cases::Ruling const ruling{accepted, std::string(form[field])};
    auto const ruled = use_cases::rule_on_use(tx, id, ruling, call.caller());
    if (ruled) return FormDone{see_other(told("done", accepted ? "accepted" : "rejected"))};
    auto const problem = ruled.error().problem;
    if (problem == Problem::conflict) return FormDone{back_to(told("done", "late"))};
    if (problem != Problem::validation_failed) return ruled.error();
    return FormDone{back_to(told("fault", field))};
  });
}

}  // namespace kaiku::pages
