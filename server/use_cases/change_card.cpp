#include "server/use_cases/change_card.hpp"

#include <algorithm>

#include "schema/values/faults.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/letters.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/make_letter.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

// A registered card of the caller's own office.
struct CardOfOffice {
  tables::Card card;
  tables::Lineage lineage;
};

// The card of a typed code or QR text; for a lost card, the recovery code of its holder's letter
// names the one that is in use. A letter is shown at the office that gave it: another office's code
// is answered as nobody's, else a guesser would learn which codes exist and where.
Result<tables::Card> named_card(ledger::ReadTx& tx, domain::GivenCard const& given,
                                domain::Caller const& caller) {
  auto const nobody = Error(Problem::not_found, "no card of ours has this code");
  if (auto const& recovery_code = given.recovery_code()) {
    auto const lineage = find_by_recovery_code(tx, *recovery_code);
    auto const card = lineage ? tables::current_card_of(tx, *lineage) : std::nullopt;
    bool const is_own = card && card->office && caller.works_at(*card->office);
    return is_own ? Result<tables::Card>(*card) : nobody;
  }
  if (!given.card()) return given.card().error();
  auto const resolved = resolve_card(tx, *given.card());
  if (!resolved) return resolved.error();
  return resolved->card ? Result<tables::Card>(*resolved->card) : nobody;
}

// A card of a batch that was handed to nobody: whichever office of its area has it may give it.
bool is_of_own_area(ledger::ReadTx& tx, tables::Card const& card, domain::Caller const& caller) {
  auto const office = caller.office ? tables::find_office(tx, *caller.office) : std::nullopt;
  return office && office->area == card.area;
}

Result<CardOfOffice> registered_card(ledger::ReadTx& tx, tables::Card const& card,
                                     domain::Caller const& caller) {
  bool const is_in_reach = card.office ? caller.works_at(*card.office)
                                       : !card.lineage && is_of_own_area(tx, card, caller);
  if (!is_in_reach) return Error(Problem::forbidden, "the card belongs to another office");
  if (card.state == StoredState::void_) return Error(Problem::card_not_valid, "the card is void");
  if (!card.lineage) return Error(Problem::card_not_valid, "the card has not been registered yet");
  return CardOfOffice{card, tables::find_lineage(tx, *card.lineage).value()};
}

Result<CardOfOffice> registered_card(ledger::ReadTx& tx, domain::GivenCard const& given,
                                     domain::Caller const& caller) {
  auto const found = named_card(tx, given, caller);
  if (!found) return found.error();
  return registered_card(tx, *found, caller);
}

CardView view_of(ledger::WriteTx& tx, CardId id, std::optional<std::string> token = std::nullopt) {
  auto const card = tables::find_card(tx, id).value();
  auto const lineage = tables::find_lineage(tx, *card.lineage).value();
  auto const holder = tables::holder_of(tx, lineage.id);
  return CardView{
      card.id,
      tables::code_of(tx, card.id),
      card.kind,
      contract::shown_state(card.state, card.first_valid, card.last_valid, helsinki_day(tx.now())),
      card.first_valid,
      card.last_valid,
      holder ? holder->children : 0,
      card.community_ceiling,
      lineage.municipality,
      lineage.registered_on,
      std::move(token),
      card.blocked_until,
      std::nullopt,
      tables::is_reported_lost(tx, card.id)};
}

// Each search counts: that a card was looked at just before does not hide that it was found.
bool is_told_already(ledger::WriteTx& tx, CardId card, domain::Caller const& caller,
                     domain::ReadPurpose purpose) {
  if (purpose == domain::ReadPurpose::search) return false;
  auto const last = tables::last_card_read(tx, caller.actor, card, purpose);
  return last && tx.now() - *last <= 5 * minute_us;
}

CardView read_own(ledger::WriteTx& tx, CardOfOffice const& own, domain::Caller const& caller,
                  domain::ReadPurpose purpose) {
  if (!is_told_already(tx, own.card.id, caller, purpose)) {
    ledger::append(tx, caller.actor, ledger::CardRead{std::string(word_of(purpose)), own.card.ref});
    tables::note_card_read(tx, caller.actor, own.card.id, purpose);
  }
  return view_of(tx, own.card.id);
}

// Asked of the register, not of the way by which a page was reached: nobody searches for a card
// whose code is at hand.
bool was_found_lately(ledger::WriteTx& tx, CardId card, domain::Caller const& caller) {
  auto const found = tables::last_card_read(tx, caller.actor, card, domain::ReadPurpose::search);
  return found && tx.now() - *found <= hour_us;
}

void put_children(ledger::WriteTx& tx, CardOfOffice const& own, int children,
                  domain::Caller const& caller) {
  auto holder = tables::holder_of(tx, own.lineage.id);
  if (!holder || holder->children == children) return;
  holder->children = children;
  auto const receipt = ledger::append(tx, caller.actor, ledger::HolderChanged{own.lineage.ref});
  tables::put_holder(tx, own.lineage.id, receipt.sequence, tx.now(), *holder);
}

// A community card has no letter: what there was of one dies all the same.
void renew_letter(ledger::WriteTx& tx, CardOfOffice const& own, CardId fresh) {
  if (own.card.kind == contract::CardKind::personal) {
    tables::keep_letter(tx, fresh, own.lineage.id, draw_letter(tx, own.lineage.id));
    return;
  }
  tables::erase_recovery_codes(tx, own.lineage.id);
  tables::erase_letter_keys(tx, own.lineage.id);
}

}  // namespace

Result<CardView> read_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                           domain::Caller const& caller, domain::ReadPurpose purpose) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  return read_own(tx, *own, caller, purpose);
}

Result<CardView> read_card(ledger::WriteTx& tx, CardId id, domain::Caller const& caller,
                           domain::ReadPurpose purpose) {
  auto const card = tables::find_card(tx, id);
  if (!card) return Error(Problem::not_found);
  auto const own = registered_card(tx, *card, caller);
  if (!own) return own.error();
  return read_own(tx, *own, caller, purpose);
}

Renewal renewal_of(ledger::ReadTx& tx, CardId id, Day today) {
  auto const card = tables::find_card(tx, id).value();
  auto const policy = tables::policy_of(tx, card.area).value();
  bool const still_valid = card.last_valid >= today;
  auto const starts = still_valid ? card.last_valid + 1 : today;
  Renewal renewal{still_valid ? card.first_valid : today,
                  domain::last_valid_day_under(policy, starts)};
  if (card.state == StoredState::replaced)
    renewal.bar = RenewalBar::replaced;
  else if (card.state != StoredState::registered)
    renewal.bar = RenewalBar::blocked;
  else if (still_valid && card.last_valid > domain::last_valid_day_under(policy, today))
    renewal.bar = RenewalBar::renewed_already;
  else if (renewal.last_valid <= card.last_valid)
    renewal.bar = RenewalBar::trial_ends;
  return renewal;
}

Result<CardView> renew_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                            std::optional<int> children, domain::Caller const& caller) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  auto const renewal = renewal_of(tx, own->card.id, helsinki_day(tx.now()));
  switch (renewal.bar) {
    case RenewalBar::none: break;
    case RenewalBar::replaced: return Error(Problem::card_replaced);
    case RenewalBar::blocked:
      return Error(Problem::card_not_valid, "unblock the card before it is renewed");
    case RenewalBar::renewed_already:
      return Error(Problem::card_not_valid,
                   "the card has been renewed already for the time to come");
    case RenewalBar::trial_ends:
      return Error(Problem::card_not_valid, "the area's cards all end on that day already");
  }
  ledger::append(tx, caller.actor,
                 ledger::CardRenewed{own->card.ref, renewal.first_valid, renewal.last_valid});
  if (children) put_children(tx, *own, *children, caller);
  return view_of(tx, own->card.id);
}

// A new card must neither lift a bar on its holder nor be over already.
Result<void> may_be_replaced(ledger::ReadTx& tx, tables::Card const& card, Day today) {
  if (card.state == StoredState::blocked && tables::bar_of(tx, card.id, today)) {
    return Error(Problem::card_barred, "unblock the card before it is replaced");
  }
  if (card.last_valid < today) {
    return Error(Problem::card_ended, "renew the card before it is replaced");
  }
  return {};
}

Result<CardView> replace_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                              domain::ReplaceReason reason,
                              std::optional<domain::GivenCard> const& replacement,
                              domain::Caller const& caller, bool letter_waits) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  if (own->card.state == StoredState::replaced) return Error(Problem::card_replaced);
  auto const may = may_be_replaced(tx, own->card, helsinki_day(tx.now()));
  if (!may) return may.error();
  ledger::CardReplaced entry;
  entry.reason = reason;
  entry.found = was_found_lately(tx, own->card.id, caller);
  entry.old_card = own->card.ref;
  entry.office = *caller.office;
  std::optional<CardId> stock;
  if (replacement) {
    auto const of_stock = find_registrable(tx, *replacement, caller);
    if (!of_stock) return of_stock.error();
    stock = of_stock->id;
    entry.new_card = of_stock->ref;
  } else {
    entry.made_on_the_spot = true;
    entry.new_card = tx.random().bytes<16>();
  }
  if (letter_waits) entry.handover = tx.random().bytes<16>();
  auto const receipt = ledger::append(tx, caller.actor, entry);
  CardId const fresh = stock.value_or(CardId{receipt.sequence << 16});
  std::optional<std::string> token;
  if (!stock) token = make_code(tx, fresh, own->lineage.area, std::nullopt).token;
  if (letter_waits) {
    tables::forget_letters_of(tx, own->lineage.id);
    renew_letter(tx, *own, fresh);
  }
  auto view = view_of(tx, fresh, std::move(token));
  view.handover = entry.handover;
  return view;
}

Result<CardView> block_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                            domain::BlockReason reason, domain::Caller const& caller,
                            std::optional<Day> until) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  if (own->card.state == StoredState::replaced) return Error(Problem::card_replaced);
  if (own->card.state != StoredState::registered) {
    return Error(Problem::card_not_valid, "the card is blocked already");
  }
  if (until && *until < helsinki_day(tx.now())) {
    return field_error("/until", FaultCode::out_of_range);
  }
  ledger::append(tx, caller.actor, ledger::CardBlocked{reason, own->card.ref, until});
  return view_of(tx, own->card.id);
}

Result<CardView> unblock_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                              domain::Caller const& caller) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  if (own->card.state != StoredState::blocked) return Error(Problem::not_blocked);
  ledger::append(tx, caller.actor, ledger::CardUnblocked{own->card.ref});
  return view_of(tx, own->card.id);
}

Result<CardView> change_children(ledger::WriteTx& tx, domain::GivenCard const& given, int children,
                                 domain::Caller const& caller) {
  auto const own = registered_card(tx, given, caller);
  if (!own) return own.error();
  if (own->card.kind == contract::CardKind::community) {
    return Error(Problem::card_not_valid,
                 "a community card has a ceiling, not a number of children");
  }
  if (own->card.state == StoredState::replaced) return Error(Problem::card_replaced);
  put_children(tx, *own, children, caller);
  return view_of(tx, own->card.id);
}

}  // namespace kaiku::use_cases
