#include "server/tables/messages.hpp"

#include "server/keys/vault.hpp"

namespace kaiku::tables {
namespace {

constexpr char const* vault_message = "vault_message";
// Versions of the vault's place: the two halves of a row do not open as each other.
constexpr std::int64_t words = 1;
constexpr std::int64_t contact = 2;

// The columns that message_from reads. A caller keeps the text: its address is the statement's key.
std::string select_message(std::string_view rest) {
  return R"(
    SELECT message_id, subject, sent_at_us, sealed, sealed_contact, answered_at_us
    FROM vault_message )" +
         std::string(rest);
}

std::string opened(ledger::ReadTx& tx, std::int64_t number, std::int64_t half, ByteView sealed) {
  return std::string(text_of(keys::vault_open(tx.keys(), {vault_message, number, half}, sealed)));
}

Message message_from(ledger::ReadTx& tx, sql::Statement const& row) {
  Message message;
  message.number = row.integer(0);
  message.subject = static_cast<MessageSubject>(row.small(1));
  message.sent_at = {row.integer(2)};
  auto const text = opened(tx, message.number, words, row.blob(3));
  auto const cut = text.find('\n');
  message.page = text.substr(0, cut);
  message.text = text.substr(cut + 1);
  if (!row.is_null(4)) message.contact = opened(tx, message.number, contact, row.blob(4));
  if (auto const at = row.maybe_integer(5)) message.answered_at = Instant{*at};
  return message;
}

std::int64_t next_number(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT COALESCE(MAX(message_id), 0) + 1 FROM vault_message");
  query.step();
  return query.integer(0);
}

}  // namespace

std::int64_t put_message(ledger::WriteTx& tx, Message const& message) {
  auto const number = next_number(tx);
  auto const seal = [&](std::int64_t half, std::string const& text) {
    return keys::vault_seal(tx.keys(), tx.random(), {vault_message, number, half}, bytes_of(text));
  };
  auto const sealed = seal(words, message.page + "\n" + message.text);
  std::optional<Bytes> sealed_contact;
  if (message.contact) sealed_contact = seal(contact, *message.contact);
  tx.prepare(R"(
      INSERT INTO vault_message (message_id, sent_at_us, subject, sealed, sealed_contact)
      VALUES (?1, ?2, ?3, ?4, ?5))")
      .with(number, message.sent_at, message.subject, sealed, sealed_contact)
      .run();
  return number;
}

std::optional<Message> find_message(ledger::ReadTx& tx, std::int64_t number) {
  static std::string const sql = select_message("WHERE message_id = ?1");
  auto query = tx.prepare(sql);
  query.with(number);
  if (!query.step()) return std::nullopt;
  return message_from(tx, query);
}

std::vector<Message> list_messages(ledger::ReadTx& tx, std::int64_t offset, std::int64_t limit) {
  static std::string const sql = select_message(R"(
    ORDER BY answered_at_us IS NOT NULL, answered_at_us DESC, sent_at_us, message_id
    LIMIT ?1 OFFSET ?2)");
  auto query = tx.prepare(sql);
  query.with(limit, offset);
  std::vector<Message> messages;
  while (query.step()) messages.push_back(message_from(tx, query));
  return messages;
}

std::int64_t count_messages(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT count(*) FROM vault_message");
  query.step();
  return query.integer(0);
}

std::int64_t count_open_messages(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT count(*) FROM vault_message WHERE answered_at_us IS NULL");
  query.step();
  return query.integer(0);
}

bool mark_answered(ledger::WriteTx& tx, std::int64_t number, domain::Actor const& by) {
  auto statement = tx.prepare(R"(
    UPDATE vault_message
    SET answered_at_us = ?2, answered_by = ?3
    WHERE message_id = ?1 AND answered_at_us IS NULL)");
  statement.with(number, tx.now(), by.packed()).run();
  return statement.changes() > 0;
}

bool unmark_answered(ledger::WriteTx& tx, std::int64_t number, Instant answered_at) {
  auto statement = tx.prepare(R"(
    UPDATE vault_message
    SET answered_at_us = NULL, answered_by = NULL
    WHERE message_id = ?1 AND answered_at_us = ?2)");
  statement.with(number, answered_at).run();
  return statement.changes() > 0;
}

void forget_contacts_answered_before(ledger::WriteTx& tx, Instant at) {
  tx.prepare(R"(
      UPDATE vault_message
      SET sealed_contact = NULL
      WHERE answered_at_us < ?1 AND sealed_contact IS NOT NULL)")
      .with(at)
      .run();
}

}  // namespace kaiku::tables
