// What the ledger says of card stock, cards and their holders. How an entry is written:
// entries.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/domain/handover.hpp"
#include "server/domain/policy.hpp"
#include "server/domain/stock.hpp"
#include "server/ledger/ref.hpp"

namespace kaiku::ledger {

struct BatchMade {
  static constexpr int kind = 9;
  BatchId batch;  // a small number that people read: the 42 of 0042-0317
  AreaId area;
  std::optional<OfficeId> office;
  std::int64_t count = 0;
  Day made_on;
  std::vector<Ref> cards;  // private: position 1 first
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.area);
    f(3, s.office);
    f(4, s.count);
    f(5, s.made_on);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.cards);
  }
};

struct StockVoided {
  static constexpr int kind = 10;
  BatchId batch;
  std::int64_t from = 0;  // positions, inclusive; only cards still in stock are voided
  std::int64_t to = 0;
  std::optional<domain::VoidReason> reason{};  // came later
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.from);
    f(3, s.to);
    f(4, s.reason);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A registration says nothing of age, postcode, children or background: those lie in the vault.
struct CardRegistered {
  static constexpr int kind = 11;
  bool made_on_the_spot = false;  // the card did not come from stock: its id is (sequence << 16)
  Ref card{};                     // private from here on
  Ref lineage{};
  AreaId area;
  std::string municipality;
  OfficeId office;
  contract::CardKind card_kind = contract::CardKind::personal;
  Day registered_on;
  Day first_valid;
  Day last_valid;
  std::int64_t community_ceiling = 0;
  std::optional<Ref> handover{};  // names what waits until the holder has it: HandoverConfirmed
  // Public: the load (HistoryImported) that brought a holder of earlier years. There is no card
  // then, its reference is zero, and its days say nothing.
  std::optional<std::int64_t> history{};
  // Of such a holder, and true alone: no year of birth is known, so the vault has no row.
  std::optional<bool> facts_unknown{};
  bool has_facts() const {
    return card_kind == contract::CardKind::personal && !facts_unknown.value_or(false);
  }
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.made_on_the_spot);
    f(2, s.history);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.lineage);
    f(3, s.area);
    f(4, s.municipality);
    f(5, s.office);
    f(6, s.card_kind);
    f(7, s.registered_on);
    f(8, s.first_valid);
    f(9, s.last_valid);
    f(10, s.community_ceiling);
    f(11, s.handover);
    f(12, s.facts_unknown);
  }
};

// The card's days after the renewal; renewing early keeps the old first day.
struct CardRenewed {
  static constexpr int kind = 12;
  Ref card{};
  Day first_valid;
  Day last_valid;
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.first_valid);
    f(3, s.last_valid);
  }
};

struct CardReplaced {
  static constexpr int kind = 13;
  bool made_on_the_spot = false;
  domain::ReplaceReason reason = domain::ReplaceReason::lost;
  Ref old_card{};
  Ref new_card{};
  OfficeId office;
  std::optional<Ref> handover{};  // as of a registration
  bool found = false;             // the old card by facts about its holder, without its code
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.made_on_the_spot);
    f(2, s.reason);
    // Came later: left out while false, so that older entries read as they did.
    std::optional<bool> found;
    if (s.found) found = true;
    f(3, found);
    if constexpr (!std::is_const_v<S>) s.found = found.value_or(false);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.old_card);
    f(2, s.new_card);
    f(3, s.office);
    f(4, s.handover);
  }
};

struct CardBlocked {
  static constexpr int kind = 14;
  domain::BlockReason reason = domain::BlockReason::lost;
  Ref card{};
  std::optional<Day> until{};  // its last day, after which it is lifted (CardUnblocked)
  bool by_holder = false;      // who reported it lost, and no office
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.reason);
    // Came later: left out while false, so that older entries read as they did.
    std::optional<bool> by_holder;
    if (s.by_holder) by_holder = true;
    f(2, by_holder);
    if constexpr (!std::is_const_v<S>) s.by_holder = by_holder.value_or(false);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.until);
  }
};

struct CardUnblocked {
  static constexpr int kind = 15;
  Ref card{};
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
  }
};

// A renewal is taken back: the card has its days of before.
struct RenewalUndone {
  static constexpr int kind = 32;
  std::int64_t renewal = 0;  // the sequence of its entry
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.renewal);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A replacement is taken back: the old card is what it was, the new one stock again or void.
struct ReplacementUndone {
  static constexpr int kind = 33;
  std::int64_t replacement = 0;  // the sequence of its entry
  std::optional<Day> until{};    // the last day of a block that holds again
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.replacement);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.until);
  }
};

// That the child limit or the facts changed; what they are stands in the vault alone.
struct HolderChanged {
  static constexpr int kind = 16;
  Ref lineage{};
  std::optional<domain::CorrectionReason> reason{};  // of a correction
  bool were_wrong = false;                           // the facts until now, and they are erased
  std::optional<std::string> municipality{};         // where that follows from them
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.reason);
    // Came later: left out while false, so that older entries read as they did.
    std::optional<bool> wrong;
    if (s.were_wrong) wrong = true;
    f(2, wrong);
    if constexpr (!std::is_const_v<S>) s.were_wrong = wrong.value_or(false);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.lineage);
    f(2, s.municipality);
  }
};

// The holder has what comes with a card: somebody of the office says so.
struct HandoverConfirmed {
  static constexpr int kind = 28;
  domain::HandoverWay way = domain::HandoverWay::letter;
  Ref handover{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.way);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.handover);
  }
};

// The holder gets a new letter: recovery code and link of the ones before are dead.
struct LetterMade {
  static constexpr int kind = 31;
  Ref card{};
  OfficeId office;
  Ref handover{};
  template <class S, class F>
  static void public_fields(S&, F&) {}
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
    f(2, s.office);
    f(3, s.handover);
  }
};

// A registration is taken back: it stays in the ledger and counts nowhere.
struct RegistrationUndone {
  static constexpr int kind = 29;
  LineageId registration;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.registration);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A person opened a list of cards: who is the entry's actor.
struct CardsListed {
  static constexpr int kind = 30;
  std::string list;
  std::vector<Ref> cards;  // private: those that it showed
  bool exported = false;   // the list left as a file
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.list);
    // Came later: left out while false, so that older entries read as they did.
    std::optional<bool> exported;
    if (s.exported) exported = true;
    f(2, exported);
    if constexpr (!std::is_const_v<S>) s.exported = exported.value_or(false);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.cards);
  }
};

// A range of a batch goes to an office: positions, inclusive; only cards still in stock move.
struct StockHanded {
  static constexpr int kind = 36;
  BatchId batch;
  std::int64_t from = 0;
  std::int64_t to = 0;
  OfficeId office;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.from);
    f(3, s.to);
    f(4, s.office);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A person had the cards of a range that are in stock printed: who is the entry's actor.
struct SheetPrinted {
  static constexpr int kind = 37;
  BatchId batch;
  std::int64_t from = 0;
  std::int64_t to = 0;
  domain::PrintedAs printed_as = domain::PrintedAs::cards;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.batch);
    f(2, s.from);
    f(3, s.to);
    f(4, s.printed_as);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A person read a card's page: who is the entry's actor.
struct CardRead {
  static constexpr int kind = 19;
  std::string purpose;
  Ref card{};
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.purpose);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.card);
  }
};

}  // namespace kaiku::ledger
