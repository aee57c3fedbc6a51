#include "server/use_cases/register_card.hpp"

#include <algorithm>

#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

constexpr int most_days_back = 60;

// Why a card cannot be registered by this office, as a fault of the field /card.
std::optional<Error> registrable_fault(ledger::ReadTx& tx, tables::Card const& card,
                                       domain::Caller const& caller) {
  auto const fault = [](char const* code, char const* detail) {
    return field_error("/card", code, detail);
  };
  switch (card.state) {
    case StoredState::stock: break;
    case StoredState::void_: return fault("card_void", "is a card that was taken out of use");
    case StoredState::replaced:
      return fault("card_replaced", "is a card that another has replaced");
    case StoredState::registered:
    case StoredState::blocked:
      return fault("card_already_registered", "is already somebody's card");
  }
  // A worker is bound to an office, and only through it to an area.
  auto const office = caller.office ? tables::find_office(tx, *caller.office) : std::nullopt;
  auto const same_area = office && office->area == card.area;
  if (!same_area || (card.office && !caller.works_at(*card.office))) {
    return fault("other_office", "is in another office's stock");
  }
  return std::nullopt;
}

struct Place {
  std::string municipality;
  std::vector<FieldFault> faults;
};

// The municipality follows from the postcode; a postcode with several asks, the office's own first.
Place municipality_for(ledger::ReadTx& tx, RegisterCard const& request,
                       tables::Office const& office) {
  Place place;
  auto const refuse = [&](char const* pointer, char const* code, char const* detail) {
    place.faults.push_back({pointer, code, detail});
  };
  if (request.kind == contract::CardKind::community || !tables::has_postcode_table(tx)) {
    place.municipality = request.municipality.value_or(office.municipality);
  } else {
    auto const candidates = tables::municipalities_of_postcode(tx, request.holder.postcode);
    auto const among = [&](std::string const& code) {
      return std::find(candidates.begin(), candidates.end(), code) != candidates.end();
    };
    if (candidates.empty())
      refuse("/postcode", "unknown_postcode", "is not a postcode that we know");
    else if (request.municipality && among(*request.municipality))
      place.municipality = *request.municipality;
    else if (request.municipality) {
      refuse("/municipality", "not_of_postcode", "is not a municipality of this postcode");
    } else if (candidates.size() == 1)
      place.municipality = candidates.front();
    else if (among(office.municipality))
      place.municipality = office.municipality;
    else
      refuse("/municipality", "choose_municipality",
             "has to be chosen: the postcode lies in several");
  }
  if (place.faults.empty() && !tables::area_of_municipality(tx, place.municipality)) {
    refuse(request.municipality ? "/municipality" : "/postcode", "outside_network",
           "lies in a municipality that has not joined the network");
  }
  return place;
}

void check_holder(RegisterCard const& request, Day first, Day today,
                  std::vector<FieldFault>& faults) {
  if (request.issued_on &&
      (*request.issued_on > today || today - *request.issued_on > most_days_back)) {
    faults.push_back({"/issued_on", "out_of_range", "has to be today or at most 60 days back"});
  }
  if (request.kind == contract::CardKind::community) {
    if (request.community_ceiling < 2) {
      faults.push_back({"/community_ceiling", "out_of_range", "has to be at least 2 people"});
    }
    return;
  }
  if (!domain::old_enough(request.holder.birth_year, first)) {
    faults.push_back({"/birth_year", "under_age",
                      "has to be the year of somebody who turns 16 this year or is older"});
  }
}

}  // namespace

Result<tables::Card> find_registrable(ledger::ReadTx& tx, std::string_view given,
                                      domain::Caller const& caller) {
  auto const office = caller.office ? tables::find_office(tx, *caller.office) : std::nullopt;
  if (!office) return Error(Problem::forbidden, "only an issuer office registers cards");
  auto resolved = resolve_card(tx, given);
  if (!resolved) {
    return field_error("/card", "unreadable",
                       "cannot be read: check the code, character by character");
  }
  if (!resolved->card) return field_error("/card", "unknown_card", "is no card of ours");
  if (auto fault = registrable_fault(tx, *resolved->card, caller)) return *fault;
  return *resolved->card;
}

Result<Registered> register_card(ledger::WriteTx& tx, RegisterCard const& request,
                                 domain::Caller const& caller) {
  if (!caller.office) return Error(Problem::forbidden, "only an issuer office registers cards");
  auto const office = tables::find_office(tx, *caller.office).value();
  auto const policy = tables::find_area(tx, office.area).value().policy;
  auto const today = helsinki_day(tx.now());
  auto const first = request.issued_on.value_or(today);

  std::vector<FieldFault> faults;
  std::optional<tables::Card> stock;
  if (request.card) {
    auto found = find_registrable(tx, *request.card, caller);
    if (found)
      stock = *found;
    else
      faults = found.error().fields;
  }
  check_holder(request, first, today, faults);
  auto place = municipality_for(tx, request, office);
  std::move(place.faults.begin(), place.faults.end(), std::back_inserter(faults));
  if (!faults.empty()) return Error(Problem::validation_failed, std::move(faults));

  ledger::CardRegistered entry;
  entry.made_on_the_spot = !stock;
  entry.card = stock ? stock->ref : tx.random().bytes<16>();
  entry.lineage = tx.random().bytes<16>();
  entry.area = office.area;
  entry.municipality = place.municipality;
  entry.office = *caller.office;
  entry.card_kind = request.kind;
  entry.registered_on = first;
  entry.first_valid = first;
  entry.last_valid = domain::last_valid_day_under(policy, first);
  entry.community_ceiling = request.community_ceiling;
  auto const receipt = ledger::append(tx, caller.actor, entry);

  LineageId const lineage{receipt.sequence};
  CardId const card = stock ? stock->id : CardId{receipt.sequence << 16};
  std::string token;
  auto code = contract::CardCode::from_bits(0);
  if (stock) {
    code = tables::code_of(tx, card);
  } else {
    auto made = make_code(tx, card, entry.area, std::nullopt);
    code = made.code;
    token = std::move(made.token);
  }
  if (request.kind == contract::CardKind::personal) {
    auto const effective = std::min(tx.now(), start_of(first));
    tables::put_holder(tx, lineage, receipt.sequence, effective, request.holder);
  }
  auto const recovery = make_recovery_code(tx, lineage);
  auto const state =
      contract::shown_state(StoredState::registered, entry.first_valid, entry.last_valid, today);
  return Registered{card,
                    code,
                    std::move(token),
                    state,
                    entry.first_valid,
                    entry.last_valid,
                    request.holder.children,
                    entry.municipality,
                    recovery};
}

}  // namespace kaiku::use_cases
