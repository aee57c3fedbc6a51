#include "server/ledger/entry_codec.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "schema/codec/cbor.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::ledger {
namespace {

// A private half may name every card of a large batch; the public half keeps within an entry.
constexpr std::size_t half_limit = 2 * 1024 * 1024;

// How many values an enum of the ledger has; numbers are stored, so these lists only grow.
template <class E>
constexpr std::int64_t value_count = 0;
template <>
constexpr std::int64_t value_count<contract::Sector> = 4;
template <>
constexpr std::int64_t value_count<contract::UseKind> = 3;
template <>
constexpr std::int64_t value_count<contract::CardKind> = 2;
template <>
constexpr std::int64_t value_count<contract::Language> = 3;
template <>
constexpr std::int64_t value_count<contract::LimitPeriod> = contract::limit_period_count;
template <>
constexpr std::int64_t value_count<contract::Answer> = contract::answer_count;
template <>
constexpr std::int64_t value_count<domain::Role> = domain::role_count;
template <>
constexpr std::int64_t value_count<domain::BlockReason> = 5;
template <>
constexpr std::int64_t value_count<domain::ReplaceReason> = 3;
template <>
constexpr std::int64_t value_count<domain::HandoverWay> = 2;
template <>
constexpr std::int64_t value_count<domain::CorrectionReason> = 2;
template <>
constexpr std::int64_t value_count<domain::VoidReason> = 3;
template <>
constexpr std::int64_t value_count<domain::PrintedAs> = 2;
template <>
constexpr std::int64_t value_count<QuarantineReason> = 2;
template <>
constexpr std::int64_t value_count<ReservationEnd> = 2;
template <>
constexpr std::int64_t value_count<domain::ApprovalKind> = 1;
template <>
constexpr std::int64_t value_count<domain::ApprovalOutcome> = 3;
template <>
constexpr std::int64_t value_count<domain::ValueLine> = domain::value_line_count;

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

// Policy has no visitor of its own; its fields are numbered here.
template <class S, class F>
void policy_fields(S& s, F& f) {
  f(1, s.validity_months);
  f(2, s.fixed_end);
  f(3, s.child_age_limit);
  f(4, s.companion_allowed);
  f(5, s.local_only);
  f(6, s.unknown_genuine_is_let_in);
  f(7, s.unknown_genuine_daily_limit);
  f(8, s.stale_warn_hours);
  f(9, s.stale_stop_days);
  // Came later: left out while false, so that older entries read as they did.
  std::optional<bool> typed;
  if (s.unknown_typed_is_let_in) typed = true;
  f(10, typed);
  if constexpr (!std::is_const_v<S>) s.unknown_typed_is_let_in = typed.value_or(false);
  std::optional<bool> overruled;
  if (!s.stale_may_be_overruled) overruled = false;
  f(11, overruled);
  if constexpr (!std::is_const_v<S>) s.stale_may_be_overruled = overruled.value_or(true);
}

// --- writing ---------------------------------------------------------------------------------

class FieldCounter {
 public:
  template <class T>
  void operator()(int, T const&) {
    ++count_;
  }
  template <class T>
  void operator()(int, std::optional<T> const& value) {
    if (value) ++count_;
  }
  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

class FieldWriter {
 public:
  explicit FieldWriter(cbor::Writer& out) : out_(out) {}

  template <class T>
  void operator()(int number, T const& value) {
    if constexpr (is_optional<T>) {
      if (!value) return;
      out_.integer(number);
      put(*value);
    } else {
      out_.integer(number);
      put(value);
    }
  }

 private:
  void put(bool value) { out_.boolean(value); }
  void put(int value) { out_.integer(value); }
  void put(std::int64_t value) { out_.integer(value); }
  template <class E>
  requires std::is_enum_v<E>
  void put(E value) {
    static_assert(value_count<E> > 0);
    out_.integer(static_cast<std::int64_t>(value));
  }
  void put(std::string const& value) {
    if (!is_utf8(bytes_of(value))) throw std::invalid_argument("a ledger text is not UTF-8");
    out_.text(value);
  }
  void put(Bytes const& value) { out_.bytes(value); }
  template <std::size_t N>
  void put(ByteArray<N> const& value) {
    out_.bytes(value);
  }
  template <class Tag>
  void put(Id<Tag> value) {
    out_.integer(value.value);
  }
  void put(AreaId const& value) { put(value.value); }
  void put(Instant value) { out_.integer(value.us); }
  void put(Day value) { out_.integer(value.value); }
  void put(domain::LocalText const& value) {
    out_.array(3);
    put(value.fi);
    put(value.sv);
    put(value.en);
  }
  void put(domain::Municipality const& value) {
    out_.array(2);
    put(value.code);
    put(value.name);
  }
  void put(domain::ServiceText const& value) {
    out_.array(2);
    put(value.word);
    put(value.text);
  }
  void put(domain::ValueRow const& value) {
    out_.array(4);
    put(value.line);
    out_.array(value.range ? 3 : 0);
    if (value.range) {
      out_.integer(value.range->low).integer(value.range->base).integer(value.range->high);
    }
    put(value.source);
    put(value.note);
  }
  void put(contract::UseLimit const& value) {
    out_.array(2).integer(value.count);
    put(value.period);
  }
  void put(contract::Tickets const& value) {
    out_.array(5).integer(value.adult).integer(value.child).integer(value.assistant);
    out_.integer(value.interpreter).integer(value.companion);
  }
  void put(domain::Policy const& value) {
    FieldCounter counter;
    policy_fields(value, counter);
    out_.map(counter.count());
    policy_fields(value, *this);
  }
  template <class T>
  requires(!std::is_same_v<T, std::uint8_t>) void put(std::vector<T> const& values) {
    out_.array(values.size());
    for (T const& value : values) put(value);
  }

  cbor::Writer& out_;
};

// --- reading ---------------------------------------------------------------------------------

template <class T>
T taken(Result<T> result) {
  if (!result) throw std::runtime_error("not the deterministic CBOR that was expected");
  return std::move(*result);
}

class FieldReader {
 public:
  explicit FieldReader(cbor::Reader& in) : in_(in), left_(taken(in.map())) { next(); }

  template <class T>
  void operator()(int number, T& value) {
    if (number != at_) {
      if constexpr (is_optional<T>) return;
      throw std::runtime_error("field " + std::to_string(number) + " is missing");
    }
    if constexpr (is_optional<T>) {
      get(value.emplace());
    } else {
      get(value);
    }
    next();
  }
  void finish() const {
    if (at_ != none) throw std::runtime_error("field " + std::to_string(at_) + " is unknown");
  }

 private:
  static constexpr std::int64_t none = -1;

  void next() {
    std::int64_t const before = at_;
    at_ = none;
    if (left_ == 0) return;
    --left_;
    at_ = taken(in_.integer());
    if (at_ <= before) throw std::runtime_error("fields are out of order");
  }

  void expect_array(std::size_t size) {
    if (taken(in_.array()) != size) throw std::runtime_error("an array of another length");
  }
  void get(bool& value) { value = taken(in_.boolean()); }
  void get(std::int64_t& value) { value = taken(in_.integer()); }
  void get(std::int32_t& value) {
    std::int64_t const wide = taken(in_.integer());
    if (wide < std::numeric_limits<std::int32_t>::min() ||
        wide > std::numeric_limits<std::int32_t>::max()) {
      throw std::runtime_error("a number is out of range");
    }
    value = static_cast<std::int32_t>(wide);
  }
  template <class E>
  requires std::is_enum_v<E>
  void get(E& value) {
    std::int64_t const number = taken(in_.integer());
    if (number < 0 || number >= value_count<E>) throw std::runtime_error("a word is unknown");
    value = static_cast<E>(number);
  }
  void get(std::string& value) { value = taken(in_.text()); }
  void get(Bytes& value) {
    ByteView const view = taken(in_.bytes());
    value.assign(view.begin(), view.end());
  }
  template <std::size_t N>
  void get(ByteArray<N>& value) {
    ByteView const view = taken(in_.bytes());
    if (view.size() != N) throw std::runtime_error("a byte string of another length");
    std::copy(view.begin(), view.end(), value.begin());
  }
  template <class Tag>
  void get(Id<Tag>& value) {
    get(value.value);
  }
  void get(AreaId& value) {
    auto area = AreaId::parse(taken(in_.text()));
    if (!area) throw std::runtime_error("not an area's name");
    value = std::move(*area);
  }
  void get(Instant& value) { get(value.us); }
  void get(Day& value) { get(value.value); }
  void get(domain::LocalText& value) {
    expect_array(3);
    get(value.fi);
    get(value.sv);
    get(value.en);
  }
  void get(domain::Municipality& value) {
    expect_array(2);
    get(value.code);
    get(value.name);
  }
  void get(domain::ServiceText& value) {
    expect_array(2);
    get(value.word);
    get(value.text);
  }
  void get(domain::ValueRow& value) {
    expect_array(4);
    get(value.line);
    std::vector<std::int64_t> ends;
    get(ends);
    if (!ends.empty() && ends.size() != 3) throw std::runtime_error("not a range");
    value.range.reset();
    if (!ends.empty()) value.range = domain::ValueRange{ends[0], ends[1], ends[2]};
    get(value.source);
    get(value.note);
  }
  void get(contract::UseLimit& value) {
    expect_array(2);
    get(value.count);
    get(value.period);
  }
  void get(contract::Tickets& value) {
    expect_array(5);
    for (int* count :
         {&value.adult, &value.child, &value.assistant, &value.interpreter, &value.companion}) {
      get(*count);
    }
  }
  void get(domain::Policy& value) {
    FieldReader fields(in_);
    policy_fields(value, fields);
    fields.finish();
  }
  template <class T>
  requires(!std::is_same_v<T, std::uint8_t>) void get(std::vector<T>& values) {
    std::size_t const count = taken(in_.array());
    values.clear();
    for (std::size_t i = 0; i < count; ++i) get(values.emplace_back());
  }

  cbor::Reader& in_;
  std::size_t left_;
  std::int64_t at_ = none;
};

// --- kinds -----------------------------------------------------------------------------------

constexpr std::size_t kind_count = std::variant_size_v<Entry>;

// In rows: the formatter would put them in one column.
// clang-format off
constexpr std::array<std::string_view, kind_count> kind_names{
    "area_set", "office_set", "venue_set", "event_set", "account_set", "api_key_set",
    "device_enrolled", "device_revoked", "batch_made", "stock_voided", "card_registered",
    "card_renewed", "card_replaced", "card_blocked", "card_unblocked", "holder_changed",
    "use_redeemed", "use_undone", "card_read", "clock_step", "key_added", "postcodes_imported",
    "journal_taken", "journal_quarantined", "use_ruled", "account_reset", "account_set_up",
    "handover_confirmed", "registration_undone", "cards_listed", "letter_made", "renewal_undone",
    "replacement_undone", "device_renamed", "stock_handed", "sheet_printed", "reservation_made",
    "reservation_ended", "undo_asked", "undo_decided", "approval_asked", "approval_decided",
    "commitment_accepted", "report_published", "history_imported", "value_set_saved",
    "settings_set"};
// clang-format on

template <std::size_t... I>
constexpr std::array<int, kind_count> kinds_of_variant(std::index_sequence<I...>) {
  return {std::variant_alternative_t<I, Entry>::kind...};
}
// In the order of the variant; a number that is left out stays free.
constexpr auto kinds = kinds_of_variant(std::make_index_sequence<kind_count>());
static_assert(kinds.front() == 1 &&
                  std::ranges::adjacent_find(kinds, std::greater_equal<>()) == kinds.end(),
              "kinds only grow");

// Where a kind stands in the variant; kind_count for one that nobody knows.
std::size_t index_of(int kind) {
  auto const found = std::ranges::lower_bound(kinds, kind);
  if (found == kinds.end() || *found != kind) return kind_count;
  return static_cast<std::size_t>(found - kinds.begin());
}

template <std::size_t I = 0>
Entry empty_entry(std::size_t index) {
  if constexpr (I < kind_count) {
    if (index == I) return Entry(std::in_place_index<I>);
    return empty_entry<I + 1>(index);
  } else {
    throw std::runtime_error("a ledger entry of an unknown kind");
  }
}

enum class Half { open, closed };

template <Half half, class T, class F>
void visit_half(T& entry, F& visitor) {
  using Kind = std::remove_const_t<T>;
  if constexpr (half == Half::open) {
    Kind::public_fields(entry, visitor);
  } else {
    Kind::private_fields(entry, visitor);
  }
}

template <Half half>
void write_half(Entry const& entry, cbor::Writer& out) {
  std::visit(
      [&out](auto const& fields) {
        FieldCounter counter;
        visit_half<half>(fields, counter);
        out.map(counter.count());
        FieldWriter writer(out);
        visit_half<half>(fields, writer);
      },
      entry);
}

template <Half half>
void read_half(Entry& entry, ByteView encoded) {
  cbor::Reader in(encoded, half_limit);
  std::visit(
      [&in](auto& fields) {
        FieldReader reader(in);
        visit_half<half>(fields, reader);
        reader.finish();
      },
      entry);
  if (!in.finish()) throw std::runtime_error("bytes are left over");
}

}  // namespace

int kind_of(Entry const& entry) { return kinds[entry.index()]; }

std::string_view name_of_kind(int kind) {
  auto const index = index_of(kind);
  return index == kind_count ? "unknown" : kind_names[index];
}

bool has_private_fields(Entry const& entry) {
  return std::visit(
      [](auto const& fields) {
        FieldCounter counter;
        visit_half<Half::closed>(fields, counter);
        return counter.count() > 0;
      },
      entry);
}

Bytes encode_public(Entry const& entry) {
  cbor::Writer out;
  write_half<Half::open>(entry, out);
  return std::move(out).finish();
}

Bytes encode_private(Entry const& entry) {
  cbor::Writer out;
  write_half<Half::closed>(entry, out);
  return std::move(out).finish();
}

void write_public(Entry const& entry, cbor::Writer& out) { write_half<Half::open>(entry, out); }

Entry decode_entry(int kind, ByteView public_half, ByteView const* private_half) {
  auto const index = index_of(kind);
  if (index == kind_count) {
    throw std::runtime_error("ledger entry of the unknown kind " + std::to_string(kind));
  }
  Entry entry = empty_entry(index);
  try {
    read_half<Half::open>(entry, public_half);
  } catch (std::runtime_error const& fault) {
    throw std::runtime_error("the public half of " + std::string(name_of_kind(kind)) +
                             " does not decode: " + fault.what());
  }
  if (private_half == nullptr) return entry;
  try {
    read_half<Half::closed>(entry, *private_half);
  } catch (std::runtime_error const& fault) {
    throw std::runtime_error("the private half of " + std::string(name_of_kind(kind)) +
                             " does not decode: " + fault.what());
  }
  return entry;
}

Bytes encode_policy(domain::Policy const& policy) {
  cbor::Writer out;
  FieldCounter counter;
  policy_fields(policy, counter);
  out.map(counter.count());
  FieldWriter writer(out);
  policy_fields(policy, writer);
  return std::move(out).finish();
}

domain::Policy decode_policy(ByteView encoded) {
  domain::Policy policy;
  cbor::Reader in(encoded, cbor::ledger_entry_limit);
  FieldReader reader(in);
  policy_fields(policy, reader);
  reader.finish();
  if (!in.finish()) throw std::runtime_error("bytes are left over after a policy");
  return policy;
}

}  // namespace kaiku::ledger
