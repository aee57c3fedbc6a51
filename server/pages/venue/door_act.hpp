// What a line of the door's pages does: a card leads to its page, tickets are recorded.
#pragma once

#include <optional>
#include <string>

#include "server/http/message.hpp"
#include "server/pages/venue/door_desk.hpp"

namespace kaiku::pages {

// 303 to where the event is chosen, or to where a closed venue is told of. What was read meanwhile
// is not kept: it is told to be read again.
http::Response ask_for_event(access::Call const& call, DoorDesk const& desk);
// The line of a page where no card lies open; nullopt where its card gets a ticket at once.
Result<std::optional<http::Response>> answer_to_first_line(access::Call const& call,
                                                           ledger::ReadTx& tx, DoorDesk const& desk,
                                                           std::string_view text);
// The same of a page whose address opens no more: a card is read as a first one, and anything else
// begins anew. `desk` becomes the one of the next card.
Result<std::optional<http::Response>> answer_to_late_line(access::Call const& call,
                                                          ledger::ReadTx& tx, DoorDesk& desk,
                                                          std::string_view text);

// 303 to what the register says of a card, or to why it was not looked up; a miss is counted.
// `before`: the card that was left for it.
Result<http::Response> show_card(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
                                 std::string_view text, std::string before = {});
// In fast mode a card that can be read gets an adult's ticket at once, but for one that has a
// reservation: its tickets are looked at first.
bool gives_at_once(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
                   std::string_view text);
Result<http::Response> give_at_once(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                                    std::string_view text, std::string_view form_id);

// The tickets of a card that lies open, `state.read`; 303 to the result, or to its page again.
Result<http::Response> give(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                            DoorState state, contract::Tickets const& tickets,
                            std::optional<contract::Override> const& override);
// More tickets beside those of a result, in fast mode: a use of its own, whose key names the first.
Result<http::Response> add(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                           DoorState state, contract::Tickets const& tickets,
                           std::string_view form_id);

}  // namespace kaiku::pages
