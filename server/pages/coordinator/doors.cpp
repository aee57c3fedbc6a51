#include "server/pages/coordinator/doors.hpp"
#include "server/domain/scope.hpp"
#include "server/pages/coordinator/doors_view.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/tickets_text.hpp"
#include "server/tables/device_days.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/journals.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/use_cases/rule_on_use.hpp"

namespace kaiku::pages {
namespace {

constexpr int devices_a_page = 40;
constexpr int newest_uses = 30;
constexpr int waiting_shown = 50;

std::string moment(Instant at) { return to_finnish(helsinki_day(at)) + " " + clock_time(at); }

std::vector<std::string> standing_of(Language language, tables::Device const& device,
                                     tables::DeviceJournal const& journal,
                                     std::optional<Instant> const& held_back_at, Day today) {
  std::vector<std::string> lines;
  if (device.revoked_at) {
    auto const since = moment(*device.revoked_at);
    lines.push_back(fill(language, Text::doors_revoked, {{"since", since}}));
  }
  if (journal.gap_since) {
    auto const since = moment(*journal.gap_since);
    lines.push_back(fill(language, Text::doors_gap, {{"since", since}}));
  }
  // Of today or yesterday: what waited longer ago has come since, or is held back again.
  bool const is_held_back = held_back_at && helsinki_day(*held_back_at) >= today + -1;
  if (is_held_back && !device.revoked_at) {
    lines.push_back(fill(language, Text::doors_held_back, {{"since", moment(*held_back_at)}}));
  }
  if (journal.resumed_at) {
    bool const doubled = journal.resumed_why == contract::Resumed::Why::doubled;
    lines.push_back(fill(
        language, doubled ? Text::doors_doubled : Text::doors_restored,
        {{"since", moment(*journal.resumed_at)}, {"n", number_text(language, journal.resumed)}}));
  }
  if (journal.broken_at) {
    auto const number = std::to_string(*journal.broken_at);
    lines.push_back(fill(language, Text::doors_broken, {{"n", number}}));
  }
  if (journal.forks > 0) {
    auto const count = number_text(language, journal.forks);
    lines.push_back(fill(language, Text::doors_forks, {{"n", count}}));
  }
  if (auto const rest = journal.quarantined - journal.forks; rest > 0) {
    auto const count = number_text(language, rest);
    lines.push_back(fill(language, Text::doors_quarantined, {{"n", count}}));
  }
  if (lines.empty()) {
    auto const text = journal.highest > 0 ? Text::doors_complete : Text::doors_nothing_yet;
    lines.emplace_back(in(language, text));
  }
  return lines;
}

std::string name_of(ledger::ReadTx& tx, VenueId id) {
  auto const venue = tables::find_venue(tx, id);
  return venue ? venue->name : std::string();
}

DoorRow door_row(ledger::ReadTx& tx, Language language, tables::Device const& device, Day today) {
  auto const journal = tables::journal_of(tx, device.id);
  auto const last = journal.last_upload_at ? moment(*journal.last_upload_at)
                                           : std::string(in(language, Text::doors_never));
  return {std::to_string(device.id.value), device.name, name_of(tx, device.venue), last,
          standing_of(language, device, journal, tables::held_back_at(tx, device.id), today)};
}

JudgedRow judged_row(ledger::ReadTx& tx, Language language, tables::JudgedUse const& use) {
  std::string verdict(verdict_text(language, use.verdict));
  if (use.undone) verdict = fill(language, Text::doors_undone, {{"verdict", verdict}});
  bool const waits = use.standing == tables::Standing::waiting && !use.undone;
  return {moment(use.occurred_at), name_of(tx, use.venue), tickets_text(language, use.tickets),
          verdict, waits ? std::to_string(use.id.value) : ""};
}

// The page with the devices after the one asked for.
Result<http::Response> doors(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                             std::int64_t after, PageFaults faults) {
  auto const area = domain::listed_area(call.caller());
  if (!area) return area.error();
  DoorsPage page;
  page.faults = std::move(faults);
  tables::Page const asked{after, devices_a_page};
  for (auto const& device : tables::list_devices(tx, std::nullopt, *area, asked)) {
    page.devices.push_back(door_row(tx, frame.language, device, call.today()));
  }
  if (page.devices.size() == static_cast<std::size_t>(devices_a_page)) {
    page.more = "/doors?after=" + page.devices.back().id;
  }
  tables::JudgedQuestion waiting;
  waiting.area = *area;
  waiting.standing = tables::Standing::waiting;
  for (auto const& use : tables::list_judged_uses(tx, waiting, {0, waiting_shown})) {
    if (!use.undone) page.waiting.push_back(judged_row(tx, frame.language, use));
  }
  for (auto const& use : tables::newest_judged_uses(tx, *area, newest_uses)) {
    page.uses.push_back(judged_row(tx, frame.language, use));
  }
  return respond(frame, doors_page(frame, page));
}

}  // namespace

Result<http::Response> get_doors(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const& text = call.request().query;
  auto const frame = frame_of(call, own_path(text.empty() ? "/doors" : "/doors?" + text, "/doors"));
  return doors(call, tx, frame, values.number("after").value_or(0), {});
}

Result<http::Response> post_doors(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const frame = frame_of(call, "/doors");
  auto const id = form.number("use");
  if (!id) return Error(Problem::malformed_request);
  auto const field = "ruling-" + std::to_string(*id);
  auto const chosen = form[field];
  auto const cut = std::min(chosen.find(':'), chosen.size());
  use_cases::Ruling ruling{chosen.substr(0, cut) == "accepted", std::string()};
  if (cut < chosen.size()) ruling.reason = chosen.substr(cut + 1);
  auto const ruled = use_cases::rule_on_use(tx, RedemptionId{*id}, ruling, call.caller());
  if (ruled) return see_other("/doors");
  auto const problem = ruled.error().problem;
  if (problem != Problem::validation_failed && problem != Problem::conflict) return ruled.error();
  auto const text = problem == Problem::conflict ? Text::ruling_done_already : Text::ruling_fault;
  return doors(call, tx, frame, 0, {{field, std::string(in(frame.language, text))}});
}

}  // namespace kaiku::pages
