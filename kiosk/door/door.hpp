// What happens with a card at this door: journal, ask, journal, answer. No screen, no text.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "kiosk/door/kiosk_clock.hpp"
#include "kiosk/journal/journal.hpp"
#include "kiosk/journal/store.hpp"
#include "kiosk/link/door_server.hpp"

namespace kaiku::kiosk {

inline constexpr std::int64_t undo_window_us = 15 * minute_us;
inline constexpr int most_children_by_key = 9;

struct Ask {
  std::string card;  // typed code or QR text
  std::optional<EventId> event;
  contract::Tickets tickets{.adult = 1};
  std::optional<contract::Override> override;
};

struct Given {
  std::int64_t attempt = 0;
  RedemptionId redemption;
  contract::Tickets tickets;
  std::optional<int> children_max;  // that may still come with the card; when it was asked
  std::optional<int> quota_left;
};
struct NotGiven {
  std::int64_t attempt = 0;  // 0: nothing was sent, so nothing was journaled
  contract::CheckReply reply;
};
// The door could not learn an answer. Never "invalid".
struct NoAnswer {
  enum class Why { no_connection, server_busy, too_many_tries, not_accepted };
  Why why = Why::no_connection;
  std::int64_t attempt = 0;
  std::string detail;  // English
  std::optional<int> retry_after_s;
};
using DoorResult = std::variant<Given, NotGiven, NoAnswer>;
using LookResult = std::variant<contract::CheckReply, NoAnswer>;

struct UndoResult {
  // `noted`: in the journal, told to the server at the next contact.
  enum class Kind { undone, noted, nothing_to_undo, too_late, refused };
  Kind kind = Kind::nothing_to_undo;
  contract::Tickets tickets;
};

// What the rest of the kiosk may know about the door's standing.
struct DoorStanding {
  bool online = false;
  std::int64_t queue = 0;
  std::int64_t clock_difference_us = 0;
  std::optional<Instant> last_contact;
};

// Owns no thread; used by one at a time. Throws StorageFailure when the journal does not take an
// entry: then nothing was sent, or nothing may be shown as given.
class Door {
 public:
  Door(Database& database, Journal& journal, DoorServer& server, KioskClock& clock,
       Enrolment const& enrolment);

  // Closes the attempts that an earlier run left open.
  int start();
  // Looks a card up; writes nothing.
  LookResult look(std::string const& card, std::optional<EventId> event);
  // Attempt, redemption, outcome.
  DoorResult give(Ask const& ask);
  // As `give`, and looks first, so that the answer says how many children may come too.
  DoorResult look_and_give(Ask const& ask);
  UndoResult undo_latest();
  // Polls the venue, measures the clock, tells the server of undos that it has not heard of.
  Reply<VenueNews> refresh();
  DoorStanding standing();
  bool is_online() const { return online_; }

 private:
  DoorResult send(Ask const& ask, std::int64_t attempt, std::optional<int> children_max);
  DoorResult close(std::int64_t attempt, NotGiven result);
  DoorResult close(std::int64_t attempt, NoAnswer result, bool told);
  std::int64_t open(Ask const& ask);
  void heard(bool from_server);
  void remember_contact();
  void tell_pending_undos();
  std::optional<contract::CheckReply> unreadable(std::string const& card) const;

  Database& database_;
  Journal& journal_;
  DoorServer& server_;
  KioskClock& clock_;
  DeviceId device_;
  VenueId venue_;
  bool online_ = false;
  std::optional<Instant> last_contact_;
  std::int64_t remembered_at_us_ = 0;
  std::vector<DoorEvent> events_;
};

}  // namespace kaiku::kiosk
