// A message to those who keep the service, and its answer.
#pragma once

#include <string>

#include "schema/values/faults.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/messages.hpp"

namespace kaiku::use_cases {

struct Feedback {
  tables::MessageSubject subject = tables::MessageSubject::other;
  std::string text;
  std::string contact;  // empty for none
  std::string page;     // an address of ours, empty when unknown
};
// What stands against it: faults at /text and /contact.
Faults faults_of(Feedback const& feedback);
// Gives its number. Nothing ties it to a card or an account.
Result<std::int64_t> send_feedback(ledger::WriteTx& tx, Feedback const& feedback);
// Somebody has answered, by whatever means; done twice, nothing happens. not_found for no message.
Result<void> mark_answered(ledger::WriteTx& tx, std::int64_t number, domain::Caller const& caller);
// Whether the mark may be taken back: until how to answer goes, for an open message waits for that.
bool may_be_unmarked(tables::Message const& message, Instant now);
// The message waits for its answer again. not_found for no message; conflict when the mark is
// another one than that of `answered_at`, or too old.
Result<void> unmark_answered(ledger::WriteTx& tx, std::int64_t number, Instant answered_at);

}  // namespace kaiku::use_cases
