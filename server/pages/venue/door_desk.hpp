// What the door's pages have in common: the venue, its event, and what goes along in an address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "server/domain/door_event.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/venue/door_view.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::pages {

inline constexpr std::string_view door_pattern = "/door/basic";
inline constexpr std::string_view door_card_pattern = "/door/basic/card";
inline constexpr std::string_view door_given_pattern = "/door/basic/given";

struct DoorDesk {
  tables::Venue venue;
  std::vector<tables::Event> events;  // of today and the next two weeks, cancelled ones left out
  domain::DoorEvent choice;
  std::optional<tables::Event> event;  // the chosen one, over or not
  bool none_chosen = false;            // somebody has said that it is for no event
  bool fast = false;
  Frame frame;
  std::string unknown = {};  // the event that was asked for, and is none of this venue's
  // Nothing may be recorded before somebody has said for what, nor where the venue is closed.
  bool may_record() const {
    bool const asks =
        choice.kind == domain::DoorEvent::Kind::ask || choice.kind == domain::DoorEvent::Kind::over;
    return venue.active && !asks;
  }
};
// `event`: "" takes the one at hand, "0" none, and so does "-" without anybody having said so.
// `fast`: "" is as the venue has it.
Result<DoorDesk> open_door_desk(access::Call const& call, ledger::ReadTx& tx,
                                std::string_view event, std::string_view fast);
// "/door/basic?event=12&fast=0"
std::string address_of_desk(DoorDesk const& desk);
// "18.00 Pieni merenneito", with its day unless that is today.
std::string event_text(DoorDesk const& desk, tables::Event const& event, Day today);
// What the event has the door show beside a ticket, in the page's language; empty for nothing.
std::string message_of(DoorDesk const& desk);

// What an address carries, sealed, and event and mode beside it: references and what was typed.
// `read`: the card as it was read, at `at`; `uses`: the tickets that a result shows.
struct DoorState {
  std::string event;
  bool fast = false;
  std::string read = {};
  Instant at = {};
  std::string form_id = {};
  std::string before = {};  // the short code of the card that was looked at and left
  std::optional<contract::Tickets> asked = {};
  std::vector<RedemptionId> uses = {};
  std::string told = {};  // one word of what happened
};
DoorState state_at(DoorDesk const& desk);
// The desk for another card: where nobody has said for what, an event may have begun meanwhile.
Result<DoorDesk> desk_of_next(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk);
DoorState door_state_from(http::FormPairs const& told);
std::string address_with(access::Call const& call, std::string_view pattern,
                         DoorState const& state);
// 303 to the scan page, when what an address seals opens no more: event and mode stand in it
// openly.
Result<http::Response> begin_anew(access::Call const& call, ledger::ReadTx& tx);

// A form of a page that has a state: what was typed, and the desk that it was typed at. `is_old`:
// the address opens no more, and event and mode are those that the form names.
struct DoorForm {
  FormValues typed;
  DoorState state;
  DoorDesk desk;
  bool is_old = false;
};
Result<DoorForm> sent_door_form(access::Call const& call, ledger::ReadTx& tx,
                                std::string_view pattern);

// The key of what the form of this id records.
std::string key_of_form(std::string_view form_id);
GivenRow given_row(access::Call const& call, ledger::ReadTx& tx, Language language,
                   tables::Redemption const& use);

}  // namespace kaiku::pages
