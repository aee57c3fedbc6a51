// The door's screen as a state machine: what is shown, and what a key, a scan, an answer or time
// makes of it. Pure: no clock, no I/O, no text of any language.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kiosk/door/door.hpp"
#include "kiosk/door/same_scan.hpp"
#include "schema/contract/answers.hpp"

namespace kaiku::kiosk {

// An outcome is shown this long, then nobody can read it any more; a half-typed code too.
inline constexpr std::int64_t face_shown_us = 20 * second_us;
inline constexpr std::int64_t news_every_us = 30 * second_us;
inline constexpr std::int64_t retry_every_us = 5 * second_us;  // without a network
inline constexpr std::size_t longest_typed = 32;
// Words of the server's list, in the order shown.
inline constexpr std::array<std::string_view, 4> override_reasons{
    "left_and_returned", "scanned_twice", "other_person", "known_here"};

// A card in hand: as it was read, and short for the screen.
struct CardInHand {
  std::string card;
  std::string short_code;  // the last three characters
};

// K1
struct IdleFace {
  std::string typed;
};
// Asked the server about a card (K2 or K3 will follow), or for a ticket.
struct WaitFace {
  std::uint64_t ticket = 0;
  CardInHand card;
  bool giving = false;
  contract::Tickets tickets;
};
// K2
struct OfferFace {
  CardInHand card;
  contract::CheckReply reply;
  contract::Tickets chosen{.adult = 1};
  bool capped = false;  // more children were asked than the card has
  std::optional<contract::Override> override;
};
// Given: shown until the next card. In fast mode digits add children's tickets.
struct GivenFace {
  CardInHand card;
  contract::Tickets tickets;
  std::optional<int> children_max;
  bool may_add_children = false;
};
// K3
struct NotNowFace {
  contract::Answer answer = contract::Answer::unreadable;
  std::optional<int> quota_left;
};
// K4
struct WarnFace {
  CardInHand card;
  contract::CheckReply reply;
  contract::Tickets tickets;
  bool choosing = false;  // the reason list is open
};
// The door could not learn an answer.
struct NoAnswerFace {
  NoAnswer::Why why = NoAnswer::Why::no_connection;
  bool disk_failed = false;
  std::optional<int> retry_after_s;
};
struct UndoFace {
  std::optional<UndoResult> result;  // nullopt: under way
};
struct EventsFace {
  std::size_t selected = 0;  // 0: without an event
};
// K5
struct StatusFace {};
struct QuitFace {};
using Face = std::variant<IdleFace, WaitFace, OfferFace, GivenFace, NotNowFace, WarnFace,
                          NoAnswerFace, UndoFace, EventsFace, StatusFace, QuitFace>;

struct LatestUse {
  contract::Tickets tickets;
  std::string short_code;
  Instant at;
};

struct DoorModel {
  contract::Language language = contract::Language::fi;
  bool fast = false;
  std::optional<EventId> event;
  VenueNews news;
  DoorStanding standing;
  Face face;
  std::int64_t face_since_us = 0;
  std::int64_t next_news_us = 0;
  std::uint64_t last_ticket = 0;
  std::optional<std::string> held_scan;  // read while a ticket was being given
  std::optional<LatestUse> latest;
  SameScan scans;

  DoorEvent const* chosen_event() const;
};

enum class Key { enter, escape, backspace, up, down, f2, f3, f4, f5, f8, f10 };

// What happens to the model. Replies carry the ticket of the command they answer.
struct KeyPress {
  Key key;
};
struct TypedCharacter {
  char32_t character;
};
struct Scanned {
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
struct UndoReply {
  UndoResult result;
};
struct NewsReply {
  std::optional<VenueNews> news;
};
struct DiskFailed {};
using Happening = std::variant<KeyPress, TypedCharacter, Scanned, Tick, LookReply, GiveReply,
                               UndoReply, NewsReply, DoorStanding, DiskFailed>;

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
struct UndoLatest {};
struct FetchNews {};
struct Remember {
  std::string name;
  std::string value;
};
struct Quit {};
using Wish = std::variant<LookUp, Give, UndoLatest, FetchNews, Remember, Quit>;

// The two clocks at the moment of a happening.
struct Moment {
  std::int64_t monotonic_us = 0;
  Instant now;
};

std::vector<Wish> step(DoorModel& model, Happening const& happening, Moment moment);

}  // namespace kaiku::kiosk
