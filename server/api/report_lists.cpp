#include "server/api/report_lists.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/card_state.hpp"
#include "schema/values/faults.hpp"
#include "server/api/areas.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/list_cards.hpp"
#include "server/use_cases/report_lists.hpp"

namespace kaiku::api {
namespace {

constexpr auto first_step = domain::SilenceStep::weeks_4;

Result<std::optional<AreaId>> read_area(std::optional<std::string> const& text) {
  if (!text) return std::optional<AreaId>();
  auto area = AreaId::parse(*text);
  if (area) return area;
  return field_error("/area", FaultCode::not_an_area_id, "has to be an area's id");
}

nlohmann::json venue_json(use_cases::SilentVenues::Row const& row) {
  return {{"venue_id", row.venue.id.value},
          {"name", row.venue.name},
          {"sector", contract::word_of(row.venue.sector)},
          {"area", row.venue.area.value},
          {"contact_role", to_json(row.venue.contact_role)},
          {"work_contact", to_json(row.venue.work_contact)},
          {"door", word_of(row.door)}};
}

// Beside what is only told of one of them: a day and the places that were on offer.
nlohmann::json event_json(tables::Event const& event) {
  nlohmann::json json{{"event_id", event.id.value},
                      {"venue_id", event.venue.value},
                      {"title", to_json(event.title)},
                      {"day", to_iso(helsinki_day(event.starts_at))},
                      {"offered", nullptr}};
  if (event.quota) json["offered"] = *event.quota;
  return json;
}

nlohmann::json quota_json(use_cases::QuotaUse const& use) {
  auto json = event_json(use.event);
  for (auto const* name : {"reserved", "used", "returned", "band"}) json[name] = nullptr;
  if (use.exact) {
    json["reserved"] = use.exact->reserved;
    json["used"] = use.event.places_used;
    json["returned"] = use.exact->returned;
  }
  if (use.band) json["band"] = word_of(*use.band);
  return json;
}

// What both lists of events ask.
struct EventsAsked {
  std::optional<AreaId> area;
  tables::Page page;
  use_cases::EventListPage events() const {
    return {page.after == 0 ? std::nullopt : std::optional(EventId{page.after}), page.limit};
  }
};
Result<EventsAsked> events_asked(access::Call const& call) {
  auto const page = page_of(call, {"area"});
  if (!page) return page.error();
  auto const values = query_values(call, {"area", "limit", "cursor"});
  if (!values) return values.error();
  auto const area = read_area((*values)[0]);
  if (!area) return area.error();
  return EventsAsked{*area, *page};
}

template <class Row, class ToJson>
http::Response events_answer(access::Call const& call, std::vector<Row> const& rows,
                             tables::Page page, std::int64_t last, ToJson to_json) {
  std::vector<nlohmann::json> items;
  for (auto const& row : rows) items.push_back(to_json(row));
  return ok(list_of(call, std::move(items), last, page));
}

}  // namespace

Result<http::Response> get_silent_venues(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"silent_for", "area"});
  if (!values) return values.error();
  auto const step =
      (*values)[0] ? domain::silence_step_from(*(*values)[0]) : std::optional(first_step);
  if (!step) return field_error("/silent_for", FaultCode::not_an_option);
  auto const area = read_area((*values)[1]);
  if (!area) return area.error();
  auto const list = use_cases::list_silent_venues(tx, *area, *step, call.caller(), call.now());
  if (!list) return list.error();
  nlohmann::json counts;
  for (std::size_t at = 0; at < domain::silence_steps.size(); ++at) {
    counts[std::string(domain::word_of(domain::silence_steps[at]))] = list->counts[at];
  }
  nlohmann::json venues = nlohmann::json::array();
  for (auto const& row : list->venues) venues.push_back(venue_json(row));
  return ok({{"as_of", to_iso(list->as_of)},
             {"silent_for", domain::word_of(*step)},
             {"counts", std::move(counts)},
             {"venues", std::move(venues)}});
}

Result<http::Response> get_offers_without_takers(access::Call const& call, ledger::ReadTx& tx) {
  auto const asked = events_asked(call);
  if (!asked) return asked.error();
  auto const list =
      use_cases::list_untaken_offers(tx, asked->area, asked->events(), call.caller(), call.now());
  if (!list) return list.error();
  auto const last = list->events.empty() ? 0 : list->events.back().id.value;
  return events_answer(call, list->events, asked->page, last, event_json);
}

Result<http::Response> get_quota_use(access::Call const& call, ledger::ReadTx& tx) {
  auto const asked = events_asked(call);
  if (!asked) return asked.error();
  auto const uses =
      use_cases::list_quota_use(tx, asked->area, asked->events(), call.caller(), call.now());
  if (!uses) return uses.error();
  auto const last = uses->empty() ? 0 : uses->back().event.id.value;
  return events_answer(call, *uses, asked->page, last, quota_json);
}

Result<http::Response> get_unused_cards(access::Call& call, ledger::WriteTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  use_cases::CardListPage cards;
  cards.limit = page->limit;
  if (page->after != 0) {
    auto const last = tables::find_card(tx, CardId{page->after});
    if (!last) return field_error("/cursor", FaultCode::not_a_cursor);
    cards.after = tables::CardListPlace{last->last_valid, last->id};
  }
  auto const list = use_cases::list_unused(tx, cards, call.caller());
  if (!list) return list.error();
  std::vector<nlohmann::json> items;
  for (auto const& card : list->cards) {
    items.push_back({{"card", card.code.short_form()},
                     {"issued_in", to_iso(card.registered_on).substr(0, 7)},
                     {"last_valid", to_iso(card.last_valid)}});
  }
  auto const last = list->cards.empty() ? 0 : list->cards.back().card.value;
  auto answer = list_of(call, std::move(items), last, *page);
  answer["as_of"] = to_iso(use_cases::unused_as_of(call.today()));
  answer["count"] = list->count;
  return ok(answer);
}

}  // namespace kaiku::api
