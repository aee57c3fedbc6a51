#include "server/use_cases/correct_holder.hpp"

#include "schema/values/faults.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/card_of_own_office.hpp"
#include "server/use_cases/home_municipality.hpp"

namespace kaiku::use_cases {
namespace {

bool is_same(tables::HolderFacts const& facts, Correction const& correction) {
  return facts.birth_year == correction.birth_year && facts.postcode == correction.postcode &&
         facts.children == correction.children;
}

// Where the holder lives, as far as the card counts for it.
Result<std::string> municipality_after(ledger::ReadTx& tx, Correctable const& of,
                                       Correction const& correction) {
  if (of.is_fresh) {
    auto const office = tables::find_office(tx, of.lineage.office).value();
    return home_municipality(tx, {correction.postcode, correction.municipality}, office);
  }
  bool const is_known = !tables::has_postcode_table(tx) ||
                        !tables::municipalities_of_postcode(tx, correction.postcode).empty();
  if (!is_known) return field_error("/postcode", FaultCode::unknown_postcode);
  return of.lineage.municipality;
}

Result<std::string> judge(ledger::ReadTx& tx, Correctable const& of, Correction const& correction) {
  Faults faults;
  if (!domain::old_enough(correction.birth_year, of.lineage.registered_on)) {
    faults.add("/birth_year", FaultCode::under_age);
  }
  auto municipality = municipality_after(tx, of, correction);
  if (!municipality) faults.add(municipality.error().fields);
  if (!faults.empty()) return faults.error();
  return municipality;
}

}  // namespace

Result<Correctable> correctable_card(ledger::ReadTx& tx, CardId id, domain::Caller const& caller,
                                     Instant now) {
  auto card = card_of_own_office(tx, id, caller);
  if (!card) return card.error();
  if (card->state == contract::StoredState::replaced) return Error(Problem::card_replaced);
  auto const facts = card->lineage ? tables::holder_of(tx, *card->lineage) : std::nullopt;
  if (!facts) return Error(Problem::card_not_valid, "the card has no holder");
  auto const registered_at = tables::recorded_at_of(tx, card->lineage->value).value();
  Correctable of{*card, tables::find_lineage(tx, *card->lineage).value(), *facts};
  of.version = tables::holder_version_of(tx, *card->lineage).value().seq;
  of.is_fresh = domain::is_fresh(registered_at, now);
  return of;
}

Result<void> check_correction(ledger::ReadTx& tx, Correctable const& of,
                              Correction const& correction) {
  auto const judged = judge(tx, of, correction);
  if (!judged) return judged.error();
  return {};
}

Result<bool> correct_holder(ledger::WriteTx& tx, CardId id, Correction const& correction,
                            domain::Caller const& caller) {
  auto const of = correctable_card(tx, id, caller, tx.now());
  if (!of) return of.error();
  auto const municipality = judge(tx, *of, correction);
  if (!municipality) return municipality.error();
  bool const moves = *municipality != of->lineage.municipality;
  if (is_same(of->facts, correction) && !moves) return false;

  ledger::HolderChanged entry{of->lineage.ref, correction.reason, of->is_fresh};
  if (moves) entry.municipality = *municipality;
  auto facts = of->facts;
  facts.birth_year = correction.birth_year;
  facts.postcode = correction.postcode;
  facts.children = correction.children;
  auto const until_now = tables::holder_version_of(tx, of->lineage.id).value();
  auto const receipt = ledger::append(tx, caller.actor, entry);
  if (of->is_fresh) tables::erase_holder(tx, of->lineage.id);
  auto const effective = of->is_fresh ? until_now.first_effective_from : tx.now();
  tables::put_holder(tx, of->lineage.id, receipt.sequence, effective, facts);
  return true;
}

}  // namespace kaiku::use_cases
