// The admission decision: (card, offer, what was used before, what is asked, now) → answer.
// Pure. The server asks it online and when it judges a journal, the kiosk without a network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/contract/answers.hpp"
#include "schema/contract/card_state.hpp"
#include "schema/contract/limit_periods.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

// Numbers of tickets of one act, each ≥ 0.
struct Tickets {
  int adult = 0;
  int child = 0;
  int assistant = 0;
  int interpreter = 0;
  int companion = 0;
  bool operator==(Tickets const&) const = default;
  int total() const { return adult + child + assistant + interpreter + companion; }
  int counted_in_quota() const { return adult + child + companion; }
};

struct CardFacts {
  StoredState state = StoredState::registered;
  CardKind kind = CardKind::personal;
  Day first_valid;
  Day last_valid;
  int child_limit = 0;
  AreaId home_area;
  bool home_area_is_local_only = false;  // a local-only trial: this card is good at home alone
  int community_ceiling = 0;             // people in one visit, the worker included
};

// What a community card's ceiling may be.
inline constexpr int least_of_a_community = 2;
inline constexpr int most_of_a_community = 50;
// The most minor children that a card can be registered with.
inline constexpr int most_children = 20;
// The most tickets of one kind that a request may ask: of no other kind does one act give as many
// as of children's.
inline constexpr int most_asked_of_a_kind = most_children;

struct UseLimit {
  int count = 0;  // adult tickets
  LimitPeriod period = LimitPeriod::event;
  bool operator==(UseLimit const&) const = default;
};

// What the venue offers at this door: an event, or plain admission without one.
struct Offer {
  AreaId area;
  bool area_is_local_only = false;  // takes cards of its own area only
  bool has_event = false;
  UseKind kind = UseKind::admission;
  bool children_allowed = true;
  bool companion_allowed = true;  // the area's policy
  std::optional<int> quota;       // counted places in all; nullopt: no quota
  std::optional<UseLimit> limit;  // per card
  bool sold_out = false;
  bool cancelled = false;  // the event does not take place
  bool over = false;       // it ended more than `event_over_after_us` before the use
};

// An event goes on for so long after its end: doors stay open, and some come late.
inline constexpr std::int64_t event_over_after_us = 2 * hour_us;

// What is known of earlier uses, undone ones left out.
struct EarlierUses {
  int quota_used = 0;                // adults, children and companions of the event, all cards
  int adults_here = 0;               // this lineage at this event; without one, this venue and day
  int children_here = 0;             // the same for children
  bool adult_today_here = false;     // this lineage, this venue and event, this day
  int uses_in_limit_period = 0;      // adults of this lineage in the offer's limit period
  std::optional<Instant> last_here;  // when this lineage last got an adult ticket at this event
};

// How the deciding side knows what it knows. The server is always fresh and online.
struct DataSource {
  bool offline = false;
  std::int64_t age_s = 0;  // of the snapshot
  std::int64_t stop_after_s = 14 * 24 * 3600;
  bool age_may_be_overruled = true;       // the area's policy, for data past their stop
  bool unknown_genuine_is_let_in = true;  // the area's policy
  bool unknown_typed_is_let_in = false;   // the same for codes typed by hand
  int unknown_genuine_today = 0;          // both kinds, let in by this device today
  int unknown_genuine_daily_limit = 10;
};

struct Override {
  Answer answer;
  std::string reason;  // one of the reason list
  bool operator==(Override const&) const = default;
};

struct Ask {
  Tickets tickets;
  UseKind kind = UseKind::admission;
  Day day;  // of the use, in Helsinki
  std::optional<Override> override;
};

struct Decision {
  Answer answer = Answer::ok;
  bool may_override = false;  // already_used_here, event_over and stale_snapshot only
  // Children's tickets that this act could carry beside the other tickets asked; where the holder's
  // own is still missing, beside that.
  int children_max = 0;
  // The most that this card could get now; asked again with exactly these, the answer gives.
  Tickets allowed;
  std::optional<int> quota_left;   // places before this act; 0 when sold out
  std::optional<Instant> used_at;  // with already_used_here
  bool gives() const { return contract::gives(answer); }
  bool operator==(Decision const&) const = default;
};

// How well the card itself is known to the side that decides.
enum class Recognition {
  known,            // CardFacts are at hand
  genuine_unknown,  // a token of ours that the data do not know
  typed_unknown,    // a typed code that the data do not know
};

// A genuine card that the data do not know has no child limit yet; a door's keys end at nine.
inline constexpr int children_of_unknown_card = 9;

// What no card could ever get in one act here, and so is the request's fault and no answer: more
// than one adult, assistant, interpreter or companion; no ticket at all; anyone but the holder on a
// course or season pass (a child there is an answer of `decide`); a companion where the area has
// none or on a community card; a course or season pass asked at an event of another kind.
// validation_failed with every fault, pointers below /tickets and /kind.
Result<void> check_shape(Tickets const& tickets, UseKind kind, CardKind card, Offer const& offer);

// `card` is null unless recognition is known. Order of judgement: data age where the area lets
// nobody overrule it → recognition → data age →
// state and validity → area → a cancelled event → shape of the request (children on courses, an
// adult beside them, child limit, ceiling) → limit → quota → duplication → an event that is over.
// Never throws; tickets below 0 are the parser's to
// refuse, and asserted here.
// - A fitting override turns exactly its own answer into ok. Overruling already_used_here settles
//   what comes after it too: one act has one override, and the door has then looked twice. So does
//   any override settle the age of the data, which is asked about first.
// - A known card that gives is `ok`, online or not; `ok_offline` is a genuine unknown card let in.
//   Its home area, state and limits are not known and wait for the judgement.
// - A community card has no child limit but its ceiling, which holds per event, or per venue and
//   day without one, as the child limit does. It has no courses or season passes: its ceiling
//   counts as nobody there.
// - What `check_shape` would refuse can still come in a journal: a second adult in one act at an
//   event is already_used_here, the rest is counted as asked.
Decision decide(Recognition recognition, CardFacts const* card, Offer const& offer,
                EarlierUses const& earlier, Ask const& ask, DataSource const& source = {});

// What a door offers first for a card that has a reservation: of every kind what is reserved, as
// far as the card may get it now. One adult where nothing of it is left.
Tickets offered(Tickets const& allowed, Tickets const& reserved);

// A percentage of the capacity, rounded down, at least 1.
int quota_from_percentage(int capacity, int percent);

// The verdict word of a judged use: "fine", "over_quota", "duplicate", "unknown_card" or
// "late_" + the answer.
std::string verdict_of(Decision const& decision);

}  // namespace kaiku::contract
