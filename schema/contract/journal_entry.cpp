#include "schema/contract/journal_entry.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "schema/contract/cbor.hpp"
#include "schema/contract/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::size_t entry_items = 9;
enum EntryKind : std::int64_t { kind_attempt = 1, kind_outcome = 2, kind_undo = 3 };

// Wide bounds: what happened is stored and judged, so these refuse only what no door can mean and
// what would overflow later sums.
constexpr int most_tickets = 1000;
constexpr std::size_t longest_reason = 500;
constexpr std::size_t largest_sealed_card = 2048;
constexpr std::int64_t latest_time_us = 7'258'118'400'000'000;  // 2200-01-01

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
  out.integer(kind_attempt).array(5).bytes(attempt.sealed_card);
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
  out.integer(kind_undo).array(2).integer(undo.void_of).text(undo.reason);
}

// Reads items one after another and remembers the first fault, so that a record is read in a
// straight line and checked once at its end.
class Fields {
 public:
  explicit Fields(ByteView payload) : reader_(payload, cbor::ledger_entry_limit) {}

  bool good() const { return good_; }
  bool finished() { return good_ && reader_.finish().has_value(); }
  void fail() { good_ = false; }
  void array(std::size_t items) { check(take(reader_.array()) == items); }
  bool boolean() { return take(reader_.boolean()); }
  bool null() { return take(reader_.null_if_next()); }

  std::int64_t integer(std::int64_t low, std::int64_t high) {
    std::int64_t const value = take(reader_.integer());
    check(value >= low && value <= high);
    return good_ ? value : 0;
  }
  std::int64_t id() { return integer(1, std::numeric_limits<std::int64_t>::max()); }
  std::string text(std::size_t longest) {
    std::string_view const value = take(reader_.text());
    check(value.size() <= longest);
    return good_ ? std::string(value) : std::string();
  }
  Bytes bytes(std::size_t smallest, std::size_t largest) {
    ByteView const value = take(reader_.bytes());
    check(value.size() >= smallest && value.size() <= largest);
    return good_ ? Bytes(value.begin(), value.end()) : Bytes();
  }

 private:
  template <class T>
  T take(Result<T> const& read) {
    if (good_ && read) return *read;
    good_ = false;
    return T{};
  }
  void check(bool holds) { good_ = good_ && holds; }

  cbor::Reader reader_;
  bool good_ = true;
};

template <class T>
std::optional<T> read_id(Fields& in) {
  if (in.null()) return std::nullopt;
  return T{in.id()};
}

Answer read_answer(Fields& in) {
  auto const answer = answer_from(in.text(longest_reason));
  if (!answer) in.fail();
  return answer.value_or(Answer::ok);
}

Attempt read_attempt(Fields& in) {
  in.array(5);
  Attempt attempt;
  attempt.sealed_card = in.bytes(0, largest_sealed_card);
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
Outcome read_outcome(Fields& in, std::int64_t sequence) {
  in.array(4);
  Outcome outcome;
  outcome.of = in.integer(1, sequence - 1);
  if (!in.null()) outcome.answer = read_answer(in);
  outcome.offline = in.boolean();
  outcome.redemption = read_id<RedemptionId>(in);
  return outcome;
}

Undo read_undo(Fields& in, std::int64_t sequence) {
  in.array(2);
  Undo undo;
  undo.void_of = in.integer(1, sequence - 1);
  undo.reason = in.text(longest_reason);
  return undo;
}

}  // namespace

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
  Fields in(payload);
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
  switch (in.integer(kind_attempt, kind_undo)) {
    case kind_attempt:
      entry.what = read_attempt(in);
      break;
    case kind_outcome:
      entry.what = read_outcome(in, entry.sequence);
      break;
    case kind_undo:
      entry.what = read_undo(in, entry.sequence);
      break;
    default:
      return unreadable("journal entry of an unknown kind");
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
