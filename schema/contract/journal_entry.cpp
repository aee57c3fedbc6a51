#include "schema/contract/journal_entry.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "schema/codec/cbor_fields.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::size_t entry_items = 9;
enum EntryKind : std::int64_t {
  kind_attempt = 1,
  kind_outcome = 2,
  kind_undo = 3,
  kind_resumed = 4
};

// Wide bounds: what happened is stored and judged, so these refuse only what no door can mean and
// what would overflow later sums.
constexpr int most_tickets = 1000;
constexpr std::size_t longest_reason = 500;
constexpr std::size_t largest_sealed_card = 2048;

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

template <class T>
void write_id(cbor::Writer& out, std::optional<T> const& id) {
  if (id) {
    out.integer(id->value);
  } else {
    out.null();
  }
}

void write(cbor::Writer& out, Attempt const& attempt) {
  out.integer(kind_attempt).array(5);
  if (attempt.card_commitment) {
    out.bytes(*attempt.card_commitment);
  } else {
    out.bytes(attempt.sealed_card);
  }
  write_id(out, attempt.event);
  out.text(word_of(attempt.kind));
  Tickets const& tickets = attempt.tickets;
  out.array(5);
  for (int const count :
       {tickets.adult, tickets.child, tickets.assistant, tickets.interpreter, tickets.companion}) {
    out.integer(count);
  }
  if (attempt.override) {
    out.array(2).text(word_of(attempt.override->answer)).text(attempt.override->reason);
  } else {
    out.null();
  }
}

void write(cbor::Writer& out, Outcome const& outcome) {
  out.integer(kind_outcome).array(4).integer(outcome.of);
  if (outcome.answer) {
    out.text(word_of(*outcome.answer));
  } else {
    out.null();
  }
  out.boolean(outcome.offline);
  write_id(out, outcome.redemption);
}

void write(cbor::Writer& out, Undo const& undo) {
  out.integer(kind_undo).array(undo.void_hash ? 3 : 2).integer(undo.void_of).text(undo.reason);
  if (undo.void_hash) out.bytes(*undo.void_hash);
}

void write(cbor::Writer& out, Resumed const& resumed) {
  out.integer(kind_resumed).array(3).integer(resumed.after).bytes(resumed.hash);
  out.text(word_of(resumed.why));
}

template <class T>
std::optional<T> read_id(CborFields& in) {
  if (in.null()) return std::nullopt;
  return T{in.id()};
}

Answer read_answer(CborFields& in) {
  auto const answer = answer_from(in.text(longest_reason));
  if (!answer) in.fail();
  return answer.value_or(Answer::ok);
}

Attempt read_attempt(CborFields& in) {
  in.array(5);
  Attempt attempt;
  Bytes card = in.bytes(0, largest_sealed_card);
  if (card.size() == sizeof(Digest)) {
    std::copy(card.begin(), card.end(), attempt.card_commitment.emplace().begin());
  } else {
    attempt.sealed_card = std::move(card);
  }
  attempt.event = read_id<EventId>(in);
  auto const kind = use_kind_from(in.text(longest_reason));
  if (!kind) in.fail();
  attempt.kind = kind.value_or(UseKind::admission);
  in.array(5);
  Tickets& tickets = attempt.tickets;
  for (int* const count : {&tickets.adult, &tickets.child, &tickets.assistant, &tickets.interpreter,
                           &tickets.companion}) {
    *count = static_cast<int>(in.integer(0, most_tickets));
  }
  if (!in.null()) {
    in.array(2);
    Answer const answer = read_answer(in);
    attempt.override = Override{answer, in.text(longest_reason)};
  }
  return attempt;
}

// `of` and `void_of` name an earlier entry of the same journal.
Outcome read_outcome(CborFields& in, std::int64_t sequence) {
  in.array(4);
  Outcome outcome;
  outcome.of = in.integer(1, sequence - 1);
  if (!in.null()) outcome.answer = read_answer(in);
  outcome.offline = in.boolean();
  outcome.redemption = read_id<RedemptionId>(in);
  return outcome;
}

Undo read_undo(CborFields& in, std::int64_t sequence) {
  auto const items = in.list(3);
  in.check(items >= 2);
  Undo undo;
  undo.void_of = in.integer(1, sequence - 1);
  undo.reason = in.text(longest_reason);
  if (items == 3) undo.void_hash = in.fixed<sizeof(AttemptHash)>();
  return undo;
}

// It follows an entry that the folder does not have.
Resumed read_resumed(CborFields& in, std::int64_t sequence) {
  in.array(3);
  Resumed resumed;
  resumed.after = in.integer(0, sequence - 1);
  if (sequence < 2) in.fail();
  Bytes const hash = in.bytes(resumed.hash.size(), resumed.hash.size());
  std::copy(hash.begin(), hash.end(), resumed.hash.begin());
  auto const why = in.text(longest_reason);
  if (why == word_of(Resumed::Why::doubled)) {
    resumed.why = Resumed::Why::doubled;
  } else if (why != word_of(Resumed::Why::restored)) {
    in.fail();
  }
  return resumed;
}

}  // namespace

std::string_view word_of(Resumed::Why why) {
  return why == Resumed::Why::doubled ? "doubled" : "restored";
}

Bytes encode(JournalEntry const& entry) {
  cbor::Writer out;
  out.array(entry_items)
      .integer(format_version)
      .integer(entry.device.value)
      .integer(entry.sequence)
      .bytes(entry.previous)
      .integer(entry.kiosk_time.us)
      .integer(entry.clock_difference_us)
      .integer(entry.snapshot_sequence);
  std::visit([&](auto const& what) { write(out, what); }, entry.what);
  return std::move(out).finish();
}

Result<JournalEntry> decode_journal_entry(ByteView payload) {
  CborFields in(payload, cbor::ledger_entry_limit);
  in.array(entry_items);
  if (in.integer(format_version, format_version) != format_version) {
    return unreadable("journal entry of another version");
  }
  JournalEntry entry;
  entry.device = DeviceId{in.id()};
  entry.sequence = in.id();
  Bytes const previous = in.bytes(entry.previous.size(), entry.previous.size());
  std::copy(previous.begin(), previous.end(), entry.previous.begin());
  entry.kiosk_time = Instant{in.integer(0, latest_time_us)};
  entry.clock_difference_us = in.integer(-latest_time_us, latest_time_us);
  entry.snapshot_sequence = in.integer(0, std::numeric_limits<std::int64_t>::max());
  switch (in.integer(kind_attempt, kind_resumed)) {
    case kind_attempt: entry.what = read_attempt(in); break;
    case kind_outcome: entry.what = read_outcome(in, entry.sequence); break;
    case kind_undo: entry.what = read_undo(in, entry.sequence); break;
    case kind_resumed: entry.what = read_resumed(in, entry.sequence); break;
    default: return unreadable("journal entry of an unknown kind");
  }
  if (!in.finished()) return unreadable("journal entry of a wrong form");
  return entry;
}

Bytes sign_journal_entry(JournalEntry const& entry, crypto::P256PrivateKey const& device_key) {
  Bytes const payload = encode(entry);
  // An entry that the server could not read would lose what happened at the door.
  assert(decode_journal_entry(payload).has_value());
  return cose::sign1_es256(device_key, device_key.public_key().key_id(), payload);
}

Result<JournalEntry> verify_journal_entry(ByteView signed_entry,
                                          crypto::P256PublicKey const& device_key) {
  auto const message = cose::parse_sign1(signed_entry, cbor::ledger_entry_limit);
  if (!message) return message.error();
  if (!std::ranges::equal(message->key_id, device_key.key_id())) {
    return unreadable("journal entry of another key");
  }
  if (!cose::verify(*message, device_key)) {
    return unreadable("the signature of a journal entry does not verify");
  }
  return decode_journal_entry(message->payload);
}

}  // namespace kaiku::contract
