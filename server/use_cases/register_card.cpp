#include "server/use_cases/register_card.hpp"

#include <algorithm>

#include "schema/values/faults.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/handovers.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/home_municipality.hpp"
#include "server/use_cases/make_letter.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

// Why a card cannot be registered by this office, as a fault of the field /card.
std::optional<Error> registrable_fault(ledger::ReadTx& tx, tables::Card const& card,
                                       domain::Caller const& caller) {
  auto const fault = [](FaultCode code) { return field_error("/card", code); };
  switch (card.state) {
    case StoredState::stock: break;
    case StoredState::void_: return fault(FaultCode::card_void);
    case StoredState::replaced: return fault(FaultCode::card_replaced);
    case StoredState::registered:
    case StoredState::blocked: return fault(FaultCode::card_already_registered);
  }
  // A worker is bound to an office, and only through it to an area.
  auto const office = caller.office ? tables::find_office(tx, *caller.office) : std::nullopt;
  auto const same_area = office && office->area == card.area;
  if (!same_area || (card.office && !caller.works_at(*card.office))) {
    return fault(FaultCode::other_office);
  }
  return std::nullopt;
}

Result<std::string> municipality_of(ledger::ReadTx& tx, RegisterCard const& request,
                                    tables::Office const& office) {
  Home home{std::nullopt, request.municipality};
  if (request.kind == contract::CardKind::personal) home.postcode = request.holder.postcode;
  return home_municipality(tx, home, office);
}

void check_holder(RegisterCard const& request, Day first, Day today, Faults& faults) {
  if (request.issued_on &&
      (*request.issued_on > today || today - *request.issued_on > most_days_back)) {
    faults.add("/issued_on", FaultCode::out_of_range, "has to be today or at most 60 days back");
  }
  if (request.kind == contract::CardKind::community) {
    bool const is_group = request.community_ceiling >= contract::least_of_a_community &&
                          request.community_ceiling <= contract::most_of_a_community;
    if (!is_group) {
      faults.add("/community_ceiling", FaultCode::out_of_range,
                 "has to be " + std::to_string(contract::least_of_a_community) + " to " +
                     std::to_string(contract::most_of_a_community) + " people");
    }
    return;
  }
  if (!domain::old_enough(request.holder.birth_year, first)) {
    faults.add("/birth_year", FaultCode::under_age);
  }
}

// A registration that nothing stands against.
struct Judged {
  tables::Office office;
  std::optional<tables::Card> stock;  // nullopt: one is made
  std::string municipality;
  Day first;
  Day last;
};

Result<Judged> judge(ledger::ReadTx& tx, RegisterCard const& request, domain::Caller const& caller,
                     Day today) {
  if (!caller.office) return Error(Problem::forbidden, "only an issuer office registers cards");
  auto const office = tables::find_office(tx, *caller.office).value();
  auto const policy = tables::policy_of(tx, office.area).value();
  auto const first = request.issued_on.value_or(today);
  Faults faults;
  std::optional<tables::Card> stock;
  if (request.card) {
    auto found = find_registrable(tx, *request.card, caller);
    if (found)
      stock = *found;
    else
      faults.add(found.error().fields);
  }
  check_holder(request, first, today, faults);
  auto const municipality = municipality_of(tx, request, office);
  if (!municipality) faults.add(municipality.error().fields);
  if (!faults.empty()) return faults.error();
  auto const last = domain::last_valid_day_under(policy, first);
  if (last < today) {
    return Error(Problem::no_days_left, "its last day would have been " + to_iso(last));
  }
  return Judged{office, stock, *municipality, first, last};
}

}  // namespace

Result<tables::Card> find_registrable(ledger::ReadTx& tx, domain::GivenCard const& given,
                                      domain::Caller const& caller) {
  auto const office = caller.office ? tables::find_office(tx, *caller.office) : std::nullopt;
  if (!office) return Error(Problem::forbidden, "only an issuer office registers cards");
  if (!given.card()) return field_error("/card", FaultCode::unreadable);
  auto resolved = resolve_card(tx, *given.card());
  if (!resolved) return field_error("/card", FaultCode::unreadable);
  if (!resolved->card) return field_error("/card", FaultCode::unknown_card);
  if (auto fault = registrable_fault(tx, *resolved->card, caller)) return *fault;
  return *resolved->card;
}

std::optional<GivenHere> given_here(ledger::ReadTx& tx, domain::GivenCard const& given,
                                    domain::Caller const& caller, Day today) {
  if (!given.card()) return std::nullopt;
  auto const resolved = resolve_card(tx, *given.card());
  if (!resolved || !resolved->card) return std::nullopt;
  auto const& card = *resolved->card;
  bool const is_given = card.state == StoredState::registered || card.state == StoredState::blocked;
  if (!is_given || !card.office || !caller.works_at(*card.office)) return std::nullopt;
  return GivenHere{card.id, resolved->code,
                   contract::shown_state(card.state, card.first_valid, card.last_valid, today),
                   card.last_valid, tables::blocked_on(tx, card.id)};
}

Result<void> check_registration(ledger::ReadTx& tx, RegisterCard const& request,
                                domain::Caller const& caller, Day today) {
  auto const judged = judge(tx, request, caller, today);
  if (!judged) return judged.error();
  return {};
}

Result<Registered> register_card(ledger::WriteTx& tx, RegisterCard const& request,
                                 domain::Caller const& caller) {
  auto const today = helsinki_day(tx.now());
  auto const judged = judge(tx, request, caller, today);
  if (!judged) return judged.error();
  auto const& [office, stock, municipality, first, last] = *judged;

  ledger::CardRegistered entry;
  entry.made_on_the_spot = !stock;
  entry.card = stock ? stock->ref : tx.random().bytes<16>();
  entry.lineage = tx.random().bytes<16>();
  entry.area = office.area;
  entry.municipality = municipality;
  entry.office = *caller.office;
  entry.card_kind = request.kind;
  entry.registered_on = first;
  entry.first_valid = first;
  entry.last_valid = last;
  entry.community_ceiling = request.community_ceiling;
  if (request.code_waits) entry.handover = tx.random().bytes<16>();
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
  bool const is_personal = request.kind == contract::CardKind::personal;
  if (is_personal) {
    auto const effective = std::min(tx.now(), start_of(first));
    tables::put_holder(tx, lineage, receipt.sequence, effective, request.holder);
  }
  tables::KeptLetter letter;
  if (entry.handover && is_personal) {
    letter = draw_letter(tx, lineage);
    tables::keep_letter(tx, card, lineage, letter);
  } else if (!entry.handover) {
    letter.recovery_code = make_recovery_code(tx, lineage);
  }
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
                    std::move(letter.recovery_code),
                    entry.handover};
}

}  // namespace kaiku::use_cases
