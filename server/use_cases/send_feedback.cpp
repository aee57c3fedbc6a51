#include "server/use_cases/send_feedback.hpp"

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/spaces.hpp"
#include "schema/values/utf8.hpp"
#include "server/domain/message.hpp"

namespace kaiku::use_cases {
namespace {

// Line ends as ours are; no other control sign tells anything.
std::string cleaned(std::string_view text, bool of_lines) {
  std::string out;
  for (auto const c : without_spaces_around(text)) {
    if (!ascii::is_control(c) || (of_lines && (c == '\n' || c == '\t'))) out.push_back(c);
  }
  return out;
}

void settle(char const* pointer, std::string const& text, std::size_t longest, Faults& faults) {
  if (code_points_in(text) > longest) faults.add(pointer, FaultCode::too_long);
  if (codec::contains_personal_identity_code(text)) {
    faults.add(pointer, FaultCode::personal_identity_code);
  }
}

}  // namespace

Faults faults_of(Feedback const& feedback) {
  auto const text = cleaned(feedback.text, true);
  auto const contact = cleaned(feedback.contact, false);
  Faults faults;
  if (text.empty()) faults.add("/text", FaultCode::required);
  settle("/text", text, domain::longest_message, faults);
  settle("/contact", contact, domain::longest_contact, faults);
  return faults;
}

Result<std::int64_t> send_feedback(ledger::WriteTx& tx, Feedback const& feedback) {
  if (auto const faults = faults_of(feedback); !faults.empty()) return faults.error();
  auto const text = cleaned(feedback.text, true);
  auto const contact = cleaned(feedback.contact, false);
  tables::Message message{0, feedback.subject, tx.now(), text, cleaned(feedback.page, false), {}};
  if (!contact.empty()) message.contact = contact;
  return tables::put_message(tx, message);
}

Result<void> mark_answered(ledger::WriteTx& tx, std::int64_t number, domain::Caller const& caller) {
  if (!tables::find_message(tx, number)) return Error(Problem::not_found);
  tables::mark_answered(tx, number, caller.actor);
  return {};
}

bool may_be_unmarked(tables::Message const& message, Instant now) {
  return message.answered_at && now - *message.answered_at < domain::contact_kept_us;
}

Result<void> unmark_answered(ledger::WriteTx& tx, std::int64_t number, Instant answered_at) {
  auto const message = tables::find_message(tx, number);
  if (!message) return Error(Problem::not_found);
  bool const is_done =
      may_be_unmarked(*message, tx.now()) && tables::unmark_answered(tx, number, answered_at);
  if (!is_done) return Error(Problem::conflict, "another answer is marked, or it is too old");
  return {};
}

}  // namespace kaiku::use_cases
