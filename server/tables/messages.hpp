// What people wrote to those who keep the service, sealed row by row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

enum class MessageSubject : std::uint8_t { accessibility, privacy, other };

struct Message {
  std::int64_t number = 0;
  MessageSubject subject = MessageSubject::other;
  Instant sent_at;
  std::string text;
  std::string page;                    // where it was begun, empty when nobody knows
  std::optional<std::string> contact;  // none was left, or it is gone
  std::optional<Instant> answered_at = {};
};
// Gives its number.
std::int64_t put_message(ledger::WriteTx& tx, Message const& message);
std::optional<Message> find_message(ledger::ReadTx& tx, std::int64_t number);
// Open ones first, the oldest of them on top; then the answered ones, the newest first.
std::vector<Message> list_messages(ledger::ReadTx& tx, std::int64_t offset, std::int64_t limit);
std::int64_t count_messages(ledger::ReadTx& tx);
std::int64_t count_open_messages(ledger::ReadTx& tx);
// False when it is answered already, or no message.
bool mark_answered(ledger::WriteTx& tx, std::int64_t number, domain::Actor const& by);
// The mark of an answer is taken back, where it is this one. False when another stands, or none.
bool unmark_answered(ledger::WriteTx& tx, std::int64_t number, Instant answered_at);
// How to answer goes; the message stays.
void forget_contacts_answered_before(ledger::WriteTx& tx, Instant at);

}  // namespace kaiku::tables
