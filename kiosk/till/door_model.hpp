// The door's screen as a state machine: what is shown, and what a key, a scan, an answer or time
// makes of it. Pure: no clock, no I/O, no text of any language.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kiosk/door/door.hpp"
#include "kiosk/door/same_scan.hpp"
#include "kiosk/till/key.hpp"
#include "kiosk/till/key_burst.hpp"
#include "schema/contract/answers.hpp"

namespace kaiku::kiosk {

// An outcome is shown this long, then nobody can read it any more; a half-typed code too.
inline constexpr std::int64_t face_shown_us = 20 * second_us;
// K5 names no card and may stay for as long as somebody reads it.
inline constexpr std::int64_t status_shown_us = 120 * second_us;
// What is not given has to be seen, also when cards come faster than anybody reads.
inline constexpr std::int64_t outcome_least_us = second_us;
inline constexpr std::int64_t news_every_us = second_us;
// A scanner whose Enter is late must not be taken for a person's.
inline constexpr std::int64_t late_enter_us = 500'000;
inline constexpr std::size_t longest_scan = 512;
inline constexpr std::size_t most_waiting_scans = 200;
// Nobody presses so many letters and digits on one offer: they are a code.
inline constexpr std::size_t fewest_of_a_code = 8;
inline constexpr int most_status_rows = 10;
// Words of the server's list that fit a warning, in the order shown.
std::span<std::string_view const> override_reasons(contract::Answer answer);

// A card in hand: as it was read, and short for the screen.
struct CardInHand {
  std::string card;
  std::string short_code;  // the last three characters
  bool typed = false;      // a code, not a QR text
};

// K1
struct IdleFace {};
// Asked about a card (K2 or K3 will follow), or for a ticket.
struct WaitFace {
  std::uint64_t ticket = 0;
  CardInHand card;
  bool giving = false;
  contract::Tickets tickets;
  std::int64_t read_at_us = 0;  // when the scanner read it
};
// K2
struct OfferFace {
  CardInHand card;
  contract::CheckReply reply;
  contract::Tickets chosen{.adult = 1};
  std::int64_t read_at_us = 0;
  bool capped = false;  // more children were asked than the card has
  DataAge age{};
  std::optional<contract::Override> override;
};
// Given: shown until the next card. In fast mode keys that no code has choose who comes too.
struct GivenFace {
  CardInHand card;
  contract::Tickets tickets;
  std::optional<int> children_max;
  contract::Tickets allowed;  // assistant, interpreter, companion
  bool may_add = false;
  contract::Tickets more;  // chosen beside those given, not given yet
  bool new_card = false;   // not in the data yet, judged later
  DataAge age{};
};
// K3
struct NotNowFace {
  contract::Answer answer = contract::Answer::unreadable;
  contract::AnswerCounts counts;
  bool by_scanner = false;  // with `unreadable`: its settings may be wrong
};
// K4
struct WarnFace {
  CardInHand card;
  contract::CheckReply reply;
  contract::Tickets tickets;
  DataAge age{};
  bool choosing = false;  // the reason list is open
};
// Why the door cannot know. Never "invalid".
enum class CannotKnow {
  no_data,            // a new device without a network
  typed_not_in_data,  // offline: a typed code that the device's data do not have
  card_not_in_data,   // offline: a genuine card that the area does not let in unseen
  data_too_old,
  too_many_tries,
  not_accepted,
  disk_failed,
};
struct NoAnswerFace {
  CannotKnow why = CannotKnow::no_data;
  std::optional<int> retry_after_s;
};
struct LatestUse {
  contract::Tickets tickets;
  std::string short_code;  // empty: given before this run
  Instant at;
  std::int64_t attempt = 0;
};
// Names what it would take back, and asks once; a list to choose from when it is not the latest.
struct UndoFace {
  enum class Step { choose, ask, under_way, done };
  Step step = Step::ask;
  std::vector<LatestUse> uses;  // newest first; one is asked about
  std::size_t selected = 0;
  UndoResult result;
};
struct EventsFace {
  std::size_t selected = 0;  // 0: without an event
};
// What the scanner test saw; no more of a code than its end.
struct ScannerTest {
  enum class Kind { token, code, unreadable };
  Kind kind = Kind::unreadable;
  std::size_t length = 0;
  ScanPace pace;
  std::string last_three;           // empty when unreadable
  bool foreign_characters = false;  // the scanner speaks another keyboard layout
};
// K5
struct StatusFace {
  int first_row = 0;
  char32_t chosen = 0;   // a letter of the menu, done at Enter
  bool testing = false;  // the next scan is looked at and goes nowhere
  std::string typed;     // while testing: a scanner so slow that it looks like fingers
  std::optional<ScannerTest> tested;
  bool pin_changed = false;
  bool no_pin = false;  // a lock was wished where there is no PIN to open it
};
struct QuitFace {};
// The present PIN is asked for, then the new one twice. The first is set by a command: at a screen
// it would be a passer-by's.
struct PinFace {
  enum class Step { current, first, again };
  enum class Fault { none, wrong, not_a_pin, differs, disk };
  Step step = Step::current;
  std::string typed;
  std::string chosen;
  Fault fault = Fault::none;
  bool busy = false;  // the worker stretches it
};
struct LockedFace {
  std::string typed;
  bool busy = false;
  bool wrong = false;
  bool scanned = false;  // a card was read and dropped
};
using Face =
    std::variant<IdleFace, WaitFace, OfferFace, GivenFace, NotNowFace, WarnFace, NoAnswerFace,
                 UndoFace, EventsFace, StatusFace, QuitFace, PinFace, LockedFace>;

// An offer that nobody confirmed.
struct LookedAt {
  std::string short_code;
  Instant at;
};
struct WaitingScan {
  std::string text;
  std::int64_t at_us = 0;
  bool by_scanner = false;
};
// Characters since the last act. They are commands of the open face or the beginning of a code, and
// only what follows can tell: until then a command changes nothing but what is shown, and gives,
// takes back or remembers nothing. Once they are a code, the face stands as it was before them.
struct Typing {
  std::string text;  // upper case
  bool is_code = false;
  std::size_t commands = 0;  // how many of the first were taken for commands
  std::optional<Face> before;
};

struct DoorModel {
  contract::Language language = contract::Language::fi;
  bool fast = false;
  bool click = true;
  std::optional<EventId> event;
  std::optional<Day> without_event_on;  // chosen for that day, and for no other
  std::optional<EventId> asked_at_end;  // the chosen event ended, and that was asked about
  VenueNews news;
  DoorStanding standing;
  Face face;
  Typing typing;
  std::int64_t face_since_us = 0;
  std::int64_t next_news_us = 0;
  bool news_under_way = false;
  std::uint64_t last_ticket = 0;
  std::deque<WaitingScan> waiting;  // read while another card was under way, oldest first
  bool scans_overflowed = false;    // more waited than fit: the newest have to be read again
  std::int64_t swallow_enter_until_us = 0;
  std::deque<LatestUse> uses;      // given in this run and not undone, newest first
  std::optional<LookedAt> looked;  // after the newest of them
  SameScan scans;
  bool disk_failed = false;
  bool has_pin = false;
  bool lock_wanted = false;  // as soon as the card under way is done
  int pin_failures = 0;
  std::int64_t pin_wait_until_us = 0;

  // Whether a card is shown, typed or waits.
  bool holds_card() const;
  // What F4 asks about first.
  LatestUse const* latest() const { return uses.empty() ? nullptr : &uses.front(); }
  DoorEvent const* chosen_event() const;
  // Of the chosen event; plain admission without one.
  contract::UseKind kind() const;
};

// A model whose screen was locked when an earlier run ended.
void start_locked(DoorModel& model, int pin_failures, std::int64_t monotonic_us);

// What happens to the model. Replies carry the ticket of the command they answer.
struct KeyPress {
  Key key;
};
struct TypedCharacter {
  char32_t character;
};
struct Scanned {
  std::string text;
  ScanPace pace{};
};
// Typed too fast for fingers; its Enter has not come.
struct UnfinishedScan {
  std::string text;
};
struct Tick {};
struct LookReply {
  std::uint64_t ticket;
  LookResult result;
};
struct GiveReply {
  std::uint64_t ticket;
  std::string card;
  DoorResult result;
};
struct UsesReply {
  std::vector<RecordedUse> uses;
};
struct UndoReply {
  std::int64_t attempt;
  UndoResult result;
};
struct NewsReply {
  VenueNews news;
};
struct PinChecked {
  bool right;
};
struct PinStored {};
// The disk did not take what was wished. `ticket` of a look or a giving.
struct DiskFailed {
  enum class Of { card, undo, pin, other };
  Of of = Of::other;
  std::uint64_t ticket = 0;
};
using Happening =
    std::variant<KeyPress, TypedCharacter, Scanned, UnfinishedScan, Tick, LookReply, GiveReply,
                 UsesReply, UndoReply, NewsReply, DoorStanding, PinChecked, PinStored, DiskFailed>;

// What the model wants done elsewhere.
struct LookUp {
  std::uint64_t ticket;
  std::string card;
  std::optional<EventId> event;
};
struct Give {
  std::uint64_t ticket;
  Ask ask;
  bool look_first;
};
struct ListUses {};
struct UndoUse {
  std::int64_t attempt;
};
struct FetchNews {};
struct Remember {
  std::string name;
  std::string value;
};
struct StorePin {
  std::string pin;
};
struct CheckPin {
  std::string pin;
};
// One neutral sound, the same for every outcome.
struct Click {};
struct Quit {};
using Wish = std::variant<LookUp, Give, ListUses, UndoUse, FetchNews, Remember, StorePin, CheckPin,
                          Click, Quit>;

// The two clocks at the moment of a happening.
struct Moment {
  std::int64_t monotonic_us = 0;
  Instant now;
};

std::vector<Wish> step(DoorModel& model, Happening const& happening, Moment moment);

}  // namespace kaiku::kiosk
