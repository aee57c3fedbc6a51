// What happens with a card at this door: journal, ask or decide, journal, answer. No screen, no
// text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/device/kiosk_clock.hpp"
#include "kiosk/device/store.hpp"
#include "kiosk/journal/journal.hpp"
#include "kiosk/link/contact.hpp"
#include "kiosk/link/door_server.hpp"
#include "kiosk/snapshot/snapshot_store.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

inline constexpr int most_children_by_key = 9;
inline constexpr std::int64_t most_uses_to_undo = 10;

struct Ask {
  std::string card;  // typed code or QR text
  std::optional<EventId> event;
  contract::Tickets tickets{.adult = 1};
  std::optional<contract::Override> override;
};

// Of the data that decided; nothing when the server did, or when no data were asked.
struct DataAge {
  std::optional<std::int64_t> seconds;
  bool is_old = false;  // past the area's warning: worth telling beside the answer
};

struct Given {
  std::int64_t attempt = 0;
  contract::Answer answer = contract::Answer::ok;  // or ok_offline: a card not in our data yet
  bool offline = false;                            // decided on the device's own data
  DataAge age{};
  std::optional<RedemptionId> redemption;  // when the server told it
  contract::Tickets tickets;
  std::optional<int> children_max;           // that may still come with the card; when it was asked
  std::optional<contract::Tickets> allowed;  // the most of each, before this act; as above
  std::optional<int> quota_left;
};
struct NotGiven {
  std::int64_t attempt = 0;  // 0: nothing was journaled, the card was only looked at
  contract::CheckReply reply;
  bool offline = false;
  DataAge age{};
};
// The door could not learn an answer. Never "invalid".
struct NoAnswer {
  enum class Why {
    no_data,         // no network and no data: a new device that never saw its snapshot
    too_many_tries,  // the server asks to wait with typed codes
    not_accepted,    // the request itself was refused
  };
  Why why = Why::no_data;
  std::int64_t attempt = 0;
  std::string detail;  // English
  std::optional<int> retry_after_s;
};
struct Looked {
  contract::CheckReply reply;
  bool offline = false;
  DataAge age{};
};
using DoorResult = std::variant<Given, NotGiven, NoAnswer>;
using LookResult = std::variant<Looked, NoAnswer>;

struct UndoResult {
  enum class Kind { undone, nothing_to_undo, too_late };
  Kind kind = Kind::nothing_to_undo;
  contract::Tickets tickets;
};

// What the idle screen tells; made of the snapshot and this device's own uses, never of a request.
struct DoorEvent {
  EventId id;
  contract::Title title;
  Instant starts_at;
  Instant ends_at;
  contract::UseKind kind = contract::UseKind::admission;
  std::optional<int> quota;
  std::optional<int> quota_left;
  std::optional<contract::Title> message = {};  // beside a ticket, for whoever gives it
  bool operator==(DoorEvent const&) const = default;
};
struct VenueNews {
  std::string venue_name;
  contract::Sector sector = contract::Sector::culture;
  std::vector<DoorEvent> events;  // of the next 14 days, by time; none cancelled or over
  int tickets_today = 0;
  int children_today = 0;
};

// What the rest of the kiosk may know about the door's standing.
struct DoorStanding {
  bool online = false;
  std::int64_t queue = 0;           // uses and undos that the server has not heard of
  std::int64_t unacknowledged = 0;  // journal entries that it does not have yet
  std::int64_t clock_difference_us = 0;
  std::optional<Instant> last_contact;
  std::optional<Instant> last_sync;
  Trouble trouble = Trouble::none;
  int failed_tries = 0;
  std::optional<std::int64_t> next_try_in_us;
  std::string last_failure;           // English
  std::optional<Instant> data_as_of;  // of the cards; nullopt: no data yet
  std::int64_t data_age_s = 0;
  bool data_is_old = false;      // past the area's warning
  bool data_is_too_old = false;  // past its stop: given with a reason alone, or not at all
  bool age_may_be_overruled = true;
  // The door has data, and gives tickets by them without a network.
  bool decides_alone() const { return data_as_of && !(data_is_too_old && !age_may_be_overruled); }
  bool storage_failed = false;  // the disk did not take the newest outcome
  // In the last day the server had more of this journal than the folder: restored, or a double.
  std::optional<contract::Resumed::Why> folder_found;
  bool clock_fault = false;  // > 5 minutes off, or the data come from the future
  std::int64_t snapshot_sequence = 0;
  std::int64_t snapshot_epoch = 0;
  std::size_t cards = 0;
  std::int64_t key_list_version = 0;
  std::vector<std::string> key_ids;  // hexadecimal, of the keys believed for cards and snapshots
  std::string snapshot_fault;        // why the last part was refused; empty when it was taken
  std::optional<Instant> certificate_until;
};

// What the door works with; all of it outlives the door.
struct DoorParts {
  Database& database;
  Journal& journal;
  DoorServer& server;
  KioskClock& clock;
  SnapshotStore const& snapshots;
  Contact& contact;
  Enrolment const& enrolment;
};

// Owns no thread; used by one at a time. On the network the server decides; without it, or when it
// does not answer in time, the same function decides on snapshot and own journal, and nobody waits
// for the network a second time. Throws StorageFailure when the journal does not take an entry:
// then nothing was sent, or nothing may be shown as given.
class Door {
 public:
  explicit Door(DoorParts const& parts) : parts_(parts) {}

  // Closes the attempts that an earlier run left open.
  int start();
  // Looks a card up; writes nothing.
  LookResult look(std::string const& card, std::optional<EventId> event);
  // Attempt, redemption or own decision, outcome.
  DoorResult give(Ask const& ask);
  // As `give`, and looks first, so that the answer says how many children may come too.
  DoorResult look_and_give(Ask const& ask);
  // An entry in the journal; it counts here at once and at the server with the next sync.
  // That very use and no other: `nothing_to_undo` when it is undone already.
  UndoResult undo(std::int64_t attempt);
  // What can still be undone at this door, newest first.
  std::vector<RecordedUse> uses_to_undo();
  VenueNews news();
  DoorStanding standing();
  bool is_online() const { return parts_.contact.online(); }

 private:
  struct Own;
  // The last card's slow hash, for the act that follows a look; in memory alone.
  struct LastCard {
    contract::CardCode code;
    Digest stretched{};
    std::int64_t at_us = 0;
  };

  SnapshotView data();
  // An attempt whose outcome the disk did not take is not confirmed; it must not hold up the
  // others. False while the disk does not take it.
  bool close_left_open();
  Digest stretched(contract::CardCode code, contract::RowKey const& key);
  void forget_last_card();  // when its half minute is over
  GivenUse use_of(Ask const& ask, SnapshotView const& data, contract::CardInput const& card);

  template <class T>
  bool stands(Reply<T> const& reply);
  bool stands(ServerRefusal const& refusal);

  DoorResult act(Ask const& ask, bool look_first);
  std::int64_t open(Ask const& ask);
  // nullopt: the server did not decide, so the door does. Look and record share `door_patience`.
  std::optional<DoorResult> ask_server(Ask const& ask, contract::CardInput const& card,
                                       std::int64_t attempt, bool look_first);
  DoorResult redeemed(Ask const& ask, contract::CardInput const& card, std::int64_t attempt,
                      contract::RedemptionReply const& reply,
                      std::optional<contract::CheckReply> const& looked);
  std::variant<Own, NoAnswer> decide(contract::CardInput const& card, Ask const& ask);
  DoorResult decide_and_close(Ask const& ask, contract::CardInput const& card,
                              std::int64_t attempt);
  void append(Stamp const& stamp, contract::Outcome const& outcome, bool told,
              std::optional<GivenUse> const& use = std::nullopt);
  DoorResult close(std::int64_t attempt, NotGiven result, Stamp const& stamp);
  DoorResult close(std::int64_t attempt, NoAnswer result, bool offline);

  UndoResult undo(RecordedUse const& use);

  DoorParts parts_;
  std::unique_ptr<LastCard> last_card_;  // on the heap, where what is freed is overwritten
  bool left_open_ = false;               // an attempt without its outcome
};

}  // namespace kaiku::kiosk
