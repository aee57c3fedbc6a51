// How far an area has come on the way from nothing to its first card.
#pragma once

#include <optional>

#include "schema/values/ids.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct FirstSteps {
  bool has_municipalities = false;
  bool has_postcodes = false;  // of every municipality of the area
  bool has_rules = false;      // somebody has said that they will do, changed them or gone by them
  bool has_office = false;
  bool has_venue = false;   // an active one
  bool has_worker = false;  // an account that may sign in, whether it has or not
  bool has_venue_staff = false;
  bool has_batch = false;    // of cards, for whatever office
  bool has_printed = false;  // sheets of a batch, or else given out cards of one
  bool has_stock = false;    // an office has cards of a batch
  bool has_given_card = false;
  bool has_device = false;
};
FirstSteps first_steps_of(ledger::ReadTx& tx, AreaId const& area);

// The answers that the list asks for; none of an area: of the installation while it has none.
void accept_rules(ledger::WriteTx& tx, AreaId const& area, AccountId account);
bool hides_first_run(ledger::ReadTx& tx, std::optional<AreaId> const& area, AccountId account);
void set_first_run_hidden(ledger::WriteTx& tx, std::optional<AreaId> const& area, AccountId account,
                          bool hidden);

}  // namespace kaiku::tables
