// What doors gave without the register, or forms told late, with the verdict that stands beside it.
#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"
#include "schema/values/faults.hpp"
#include "server/api/devices.hpp"
#include "server/api/replies.hpp"
#include "server/api/venues.hpp"
#include "server/domain/plausibility.hpp"
#include "server/domain/scope.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/use_cases/rule_on_use.hpp"

namespace kaiku::api {
namespace {

using tables::JudgedQuestion;
using tables::JudgedUse;

nlohmann::json to_json(JudgedUse const& use) {
  nlohmann::json json{{"redemption_id", use.id.value},
                      {"venue_id", use.venue.value},
                      {"event_id", nullptr},
                      {"device_id", nullptr},
                      {"occurred_at", to_rfc3339(use.occurred_at)},
                      {"recorded_at", to_rfc3339(use.recorded_at)},
                      {"tickets", contract::to_json(use.tickets)},
                      {"answer", contract::word_of(use.answer)},
                      {"verdict", use.verdict},
                      {"standing", word_of(use.standing)},
                      {"undone", use.undone}};
  if (use.event) json["event_id"] = use.event->value;
  if (use.actor.kind == domain::ActorKind::device) json["device_id"] = use.actor.id;
  return json;
}

// "fine", "over_quota", "duplicate", "unknown_card", "implausible", "quarantined" or "late_" + an
// answer.
bool is_verdict(std::string_view word) {
  if (word == "fine" || word == "over_quota" || word == "duplicate" || domain::waits(word)) {
    return true;
  }
  return word.starts_with("late_") && contract::answer_from(word.substr(5)).has_value();
}

Result<std::optional<AreaId>> asked_area(access::Call const& call, ledger::ReadTx& tx,
                                         std::optional<std::string> const& text) {
  auto listed = domain::listed_area(call.caller());
  if (!listed || !text) return listed;
  auto const area = AreaId::parse(*text);
  if (!area || !tables::find_area(tx, *area)) {
    return field_error("/area_id", FaultCode::not_found, "is no area of the network");
  }
  auto const own = domain::require_area(call.caller(), *area, domain::Named::in_body);
  if (!own) return own.error();
  return std::optional(*area);
}

std::optional<Day> read_day(std::optional<std::string> const& text, char const* pointer,
                            Faults& faults) {
  if (!text) return std::nullopt;
  auto const day = day_from_iso(*text);
  if (!day) faults.add(pointer, FaultCode::not_a_day);
  return day;
}

Result<JudgedQuestion> read_question(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(
      call, {"limit", "cursor", "area_id", "venue_id", "verdict", "from", "to", "standing"});
  if (!values) return values.error();
  auto const area = asked_area(call, tx, (*values)[2]);
  if (!area) return area.error();
  auto const venue = venue_asked_for(call, tx, (*values)[3]);
  if (!venue) return venue.error();
  Faults faults;
  JudgedQuestion question{*area, *venue, (*values)[4], read_day((*values)[5], "/from", faults),
                          read_day((*values)[6], "/to", faults)};
  if (question.verdict && !is_verdict(*question.verdict)) {
    faults.add("/verdict", FaultCode::not_an_option, "is no verdict");
  }
  if ((*values)[7]) {
    question.standing = tables::standing_from(*(*values)[7]);
    if (!question.standing) faults.add("/standing", FaultCode::not_an_option);
  }
  if (!faults.empty()) return faults.error();
  return question;
}

}  // namespace

Result<http::Response> get_judged_uses(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call, {"area_id", "venue_id", "verdict", "from", "to", "standing"});
  if (!page) return page.error();
  auto const question = read_question(call, tx);
  if (!question) return question.error();
  auto const rows = tables::list_judged_uses(tx, *question, *page);
  return ok(list_of(call, rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> post_ruling(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<RedemptionId>(0);
  if (!id) return id.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::Ruling ruling;
  ruling.accepted = fields.boolean("accepted");
  ruling.reason = fields.text("reason", {.max = 40});
  if (auto const good = fields.finish(); !good) return good.error();
  auto const use = use_cases::rule_on_use(tx, *id, ruling, call.caller());
  if (!use) return use.error();
  return ok(to_json(*use));
}

}  // namespace kaiku::api
