#include "server/ledger/entry_codec.hpp"

#include <gtest/gtest.h>

#include <set>

#include "schema/codec/cbor.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::ledger {
namespace {

// Walks the fields of an entry and gives each a value of its own, so that none can hide another.
class Filler {
 public:
  explicit Filler(bool with_optional) : with_optional_(with_optional) {}
  template <class T>
  void operator()(int, T& value) {
    fill(value);
  }

 private:
  int next() { return ++count_; }
  void fill(bool& value) { value = !value; }
  void fill(int& value) { value = next(); }
  void fill(std::int64_t& value) { value = next() * 1'000'000'007LL; }
  template <class E>
  requires std::is_enum_v<E>
  void fill(E& value) { value = static_cast<E>(1); }
  // Has one value yet.
  void fill(domain::ApprovalKind& value) { value = domain::ApprovalKind::batch; }
  void fill(std::string& value) { value = "ä" + std::to_string(next()); }
  void fill(Bytes& value) { value = {static_cast<std::uint8_t>(next())}; }
  template <std::size_t N>
  void fill(ByteArray<N>& value) {
    value.fill(static_cast<std::uint8_t>(next()));
  }
  template <class Tag>
  void fill(Id<Tag>& value) {
    value.value = next();
  }
  void fill(AreaId& value) { value.value = "A-" + std::to_string(next()); }
  void fill(Instant& value) { value.us = -next(); }
  void fill(Day& value) { value.value = next(); }
  void fill(domain::LocalText& value) {
    fill(value.fi);
    fill(value.sv);
    fill(value.en);
  }
  void fill(domain::Municipality& value) {
    fill(value.code);
    fill(value.name);
  }
  void fill(domain::ServiceText& value) {
    fill(value.word);
    fill(value.text);
  }
  void fill(domain::ValueRow& value) {
    fill(value.line);
    if (with_optional_) value.range = domain::ValueRange{next(), next(), next()};
    fill(value.source);
    fill(value.note);
  }
  void fill(contract::UseLimit& value) { value = {next(), contract::LimitPeriod::validity}; }
  void fill(contract::Tickets& value) { value = {next(), next(), next(), next(), next()}; }
  void fill(domain::Policy& value) {
    value = {next(), Day{next()},    next(), false,  true,
             false,  with_optional_, next(), next(), next()};
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(3);
    for (T& value : values) fill(value);
  }
  template <class T>
  void fill(std::optional<T>& value) {
    if (with_optional_) fill(value.emplace());
  }
  bool with_optional_;
  int count_ = 0;
};

template <std::size_t I>
Entry filled(bool with_optional) {
  std::variant_alternative_t<I, Entry> entry{};
  using Kind = decltype(entry);
  Filler filler(with_optional);
  Kind::public_fields(entry, filler);
  Kind::private_fields(entry, filler);
  return Entry(std::in_place_index<I>, std::move(entry));
}

template <std::size_t... I>
std::vector<Entry> all_filled(bool with_optional, std::index_sequence<I...>) {
  return {filled<I>(with_optional)...};
}

std::vector<Entry> every_kind(bool with_optional) {
  return all_filled(with_optional, std::make_index_sequence<std::variant_size_v<Entry>>());
}

TEST(Entries, come_back_as_they_were_written_whatever_their_kind) {
  for (bool const with_optional : {true, false}) {
    for (Entry const& entry : every_kind(with_optional)) {
      auto const name = name_of_kind(kind_of(entry));
      Bytes const open = encode_public(entry);
      Bytes const closed = encode_private(entry);
      ASSERT_TRUE(cbor::validate(open, cbor::ledger_entry_limit)) << name;
      ASSERT_TRUE(cbor::validate(closed, cbor::ledger_entry_limit)) << name;
      ByteView const half = closed;
      Entry const back = decode_entry(kind_of(entry), open, &half);
      EXPECT_EQ(back.index(), entry.index());
      EXPECT_EQ(encode_public(back), open) << name;
      EXPECT_EQ(encode_private(back), closed) << name;
    }
  }
}

TEST(Entries, keep_their_fields_apart) {
  for (Entry const& entry : every_kind(true)) {
    Bytes const bare = encode_public(decode_entry(kind_of(entry), encode_public(entry), nullptr));
    EXPECT_EQ(bare, encode_public(entry));
  }
  UseRedeemed use;
  use.venue = VenueId{5};
  use.tickets = {1, 2, 0, 0, 0};
  use.card.fill(7);
  use.idempotency_key = "d:1:2";
  Entry const entry = use;
  Bytes const open = encode_public(entry);
  EXPECT_EQ(to_hex(open).find(to_hex(use.card)), std::string::npos);
  auto const back = std::get<UseRedeemed>(decode_entry(17, open, nullptr));
  EXPECT_EQ(back.tickets, use.tickets);
  EXPECT_EQ(back.card, Ref{}) << "erased: its fields keep their defaults";
}

TEST(Entries, have_a_number_and_a_name_each) {
  std::set<std::string> names;
  for (Entry const& entry : every_kind(true)) names.emplace(name_of_kind(kind_of(entry)));
  EXPECT_EQ(names.size(), std::variant_size_v<Entry>);
  EXPECT_EQ(name_of_kind(1), "area_set");
  EXPECT_EQ(name_of_kind(17), "use_redeemed");
  EXPECT_EQ(name_of_kind(22), "postcodes_imported");
  EXPECT_EQ(name_of_kind(24), "journal_quarantined");
  EXPECT_EQ(name_of_kind(33), "replacement_undone");
  EXPECT_EQ(name_of_kind(34), "device_renamed");
  EXPECT_EQ(name_of_kind(36), "stock_handed");
  EXPECT_EQ(name_of_kind(37), "sheet_printed");
  EXPECT_EQ(name_of_kind(38), "reservation_made");
  EXPECT_EQ(name_of_kind(39), "reservation_ended");
  EXPECT_EQ(name_of_kind(41), "undo_asked");
  EXPECT_EQ(name_of_kind(44), "approval_decided");
  EXPECT_EQ(name_of_kind(45), "commitment_accepted");
  EXPECT_EQ(name_of_kind(46), "report_published");
  EXPECT_EQ(name_of_kind(47), "history_imported");
  EXPECT_EQ(name_of_kind(48), "value_set_saved");
  EXPECT_EQ(name_of_kind(0), "unknown");
  EXPECT_EQ(name_of_kind(99), "unknown");
}

TEST(Entries, have_a_private_half_exactly_where_they_name_a_card_or_a_person) {
  std::set<int> const with_half{5, 9, 11, 12, 13, 14, 15, 16, 17, 19, 23, 28, 30, 31, 33, 38};
  for (Entry const& entry : every_kind(true)) {
    EXPECT_EQ(has_private_fields(entry), with_half.contains(kind_of(entry)))
        << name_of_kind(kind_of(entry));
  }
}

TEST(Entries, of_a_journal_have_a_private_half_only_when_something_lies_in_it) {
  JournalTaken taken{DeviceId{9}, {Bytes{1, 2}}, {}};
  EXPECT_FALSE(has_private_fields(taken));
  EXPECT_EQ(to_hex(encode_public(taken)),
            "a20109028142"
            "0102");
  taken.private_entries = {Bytes{3}};
  EXPECT_TRUE(has_private_fields(taken));
  EXPECT_EQ(to_hex(encode_private(taken)), "a101814103");
}

TEST(Entries, of_an_undone_replacement_have_a_private_half_only_where_a_block_ends_by_itself) {
  ReplacementUndone undone{12};
  EXPECT_FALSE(has_private_fields(undone));
  EXPECT_EQ(to_hex(encode_public(undone)), "a1010c");
  undone.until = Day{20'000};
  EXPECT_TRUE(has_private_fields(undone));
  EXPECT_EQ(to_hex(encode_private(undone)), "a101194e20");
  EXPECT_EQ(to_hex(encode_public(undone)), "a1010c") << "a day of one person's is not for receipts";
}

TEST(Entries, are_encoded_as_the_schema_says) {
  EXPECT_EQ(to_hex(encode_public(ClockStep{-6'000'000})), "a1013a005b8d7f");
  DeviceRevoked const revoked{DeviceId{24}, true};
  EXPECT_EQ(to_hex(encode_public(revoked)), "a201181802f5");
  DeviceRenamed const renamed{DeviceId{24}, "Ovi"};
  EXPECT_EQ(to_hex(encode_public(renamed)),
            "a20118180263"
            "4f7669");
  CardUnblocked unblocked;
  unblocked.card.fill(0xab);
  EXPECT_EQ(to_hex(encode_public(unblocked)), "a0");
  EXPECT_EQ(to_hex(encode_private(unblocked)), "a10150abababababababababababababababab");
}

TEST(Entries, are_refused_when_cut_or_followed_by_more) {
  for (Entry const& entry : every_kind(true)) {
    Bytes const open = encode_public(entry);
    for (std::size_t size = 0; size < open.size(); ++size) {
      EXPECT_THROW(decode_entry(kind_of(entry), ByteView(open).first(size), nullptr),
                   std::runtime_error);
    }
    Bytes longer = open;
    longer.push_back(0);
    EXPECT_THROW(decode_entry(kind_of(entry), longer, nullptr), std::runtime_error);
  }
}

TEST(Entries, are_refused_with_unknown_missing_or_senseless_fields) {
  auto const decode = [](int kind, char const* hex) {
    return decode_entry(kind, from_hex(hex).value(), nullptr);
  };
  EXPECT_NO_THROW(decode(8, "a2010102f4"));
  EXPECT_THROW(decode(8, "a10101"), std::runtime_error) << "field 2 is missing";
  EXPECT_THROW(decode(8, "a3010102f403f4"), std::runtime_error) << "field 3 is unknown";
  EXPECT_THROW(decode(8, "a202f40101"), std::runtime_error) << "out of order";
  EXPECT_THROW(decode(8, "a2010102f6"), std::runtime_error) << "null for a truth value";
  EXPECT_THROW(decode(14, "a10105"), std::runtime_error) << "no sixth reason";
  EXPECT_NO_THROW(decode(14, "a10104"));
  EXPECT_THROW(decode(0, "a0"), std::runtime_error);
  EXPECT_THROW(decode(25, "a0"), std::runtime_error);
  try {
    decode(8, "a0");
    FAIL();
  } catch (std::runtime_error const& fault) {
    EXPECT_NE(std::string(fault.what()).find("device_revoked"), std::string::npos);
  }
}

TEST(Entries, refuse_to_write_text_that_nobody_could_read_back) {
  OfficeSet office = test::an_office("\xff");
  EXPECT_THROW(encode_public(office), std::invalid_argument);
}

TEST(Entries, of_an_office_and_a_venue_take_room_for_what_came_later_only_where_it_is_told) {
  auto office = test::an_office();
  auto const older_office = encode_public(office).size();
  office.letter_name = "Lampila";
  office.contact = "08 1";
  EXPECT_EQ(encode_public(office).size(), older_office + 2 + 7 + 2 + 4);
  office.contact_role = "johtaja";
  EXPECT_EQ(encode_public(office).size(), older_office + 2 + 7 + 2 + 4 + 2 + 7);
  auto venue = test::a_venue();
  auto const older_venue = encode_public(venue);
  auto const read_back = std::get<VenueSet>(decode_entry(VenueSet::kind, older_venue, nullptr));
  EXPECT_FALSE(read_back.fast_by_default);
  EXPECT_FALSE(read_back.address);
  EXPECT_FALSE(read_back.contact_role);
  venue.fast_by_default = true;
  EXPECT_EQ(encode_public(venue).size(), older_venue.size() + 2);
}

TEST(Entries, of_a_run_name_a_quarter_only_where_it_is_one) {
  ReportPublished entry;
  auto const of_a_year = encode_public(entry);
  auto const read_back =
      std::get<ReportPublished>(decode_entry(ReportPublished::kind, of_a_year, nullptr));
  EXPECT_FALSE(read_back.quarter);
  EXPECT_EQ(read_back.edition, 1);
  entry.quarter = 3;
  EXPECT_EQ(encode_public(entry).size(), of_a_year.size() + 2);
}

TEST(Entries, of_a_value_set_keep_a_range_whole_or_not_at_all) {
  ValueSetSaved entry;
  entry.rows = {{.line = domain::ValueLine::costs, .range = domain::ValueRange{1, 2, 3}}};
  EXPECT_EQ(to_hex(encode_public(entry)),
            "a302000360048184"
            "0b83010203"
            "6060");
  EXPECT_NO_THROW(decode_entry(48, from_hex("a30200036004818404806060").value(), nullptr));
  EXPECT_THROW(decode_entry(48, from_hex("a3020003600481840481016060").value(), nullptr),
               std::runtime_error)
      << "a low end alone";
  EXPECT_THROW(decode_entry(48, from_hex("a3020003600481840c806060").value(), nullptr),
               std::runtime_error)
      << "no thirteenth line";
}

TEST(Entries, of_an_event_take_room_for_a_message_and_a_value_only_where_there_is_one) {
  EventSet event;
  event.title = {"Konsertti", "", ""};
  auto const older = encode_public(event);
  auto const read_back = std::get<EventSet>(decode_entry(EventSet::kind, older, nullptr));
  EXPECT_FALSE(read_back.door_message);
  EXPECT_FALSE(read_back.face_value);
  event.door_message = domain::LocalText{"ovi", "", ""};
  event.face_value = 5;
  EXPECT_EQ(encode_public(event).size(), older.size() + 1 + 1 + 4 + 1 + 1 + 1 + 1);
}

TEST(Entries, of_a_replacement_say_that_its_card_was_found_only_where_it_was) {
  CardReplaced entry;
  auto const older = encode_public(entry);
  EXPECT_FALSE(std::get<CardReplaced>(decode_entry(CardReplaced::kind, older, nullptr)).found);
  entry.found = true;
  auto const newer = encode_public(entry);
  EXPECT_EQ(newer.size(), older.size() + 2);
  EXPECT_TRUE(std::get<CardReplaced>(decode_entry(CardReplaced::kind, newer, nullptr)).found);
}

TEST(Policy, comes_back_as_it_was_written) {
  domain::Policy policy;
  EXPECT_EQ(decode_policy(encode_policy(policy)), policy);
  policy.fixed_end = Day{20'000};
  policy.local_only = true;
  policy.stale_stop_days = 3;
  EXPECT_EQ(decode_policy(encode_policy(policy)), policy);
  EXPECT_THROW(decode_policy(Bytes{0xa0}), std::runtime_error);
}

TEST(Policy, of_an_earlier_time_reads_as_what_held_then) {
  domain::Policy policy;
  auto const older = encode_policy(policy);
  policy.unknown_typed_is_let_in = true;
  auto const newer = encode_policy(policy);
  EXPECT_EQ(newer.size(), older.size() + 2) << "one more field, and only where it is set";
  EXPECT_TRUE(decode_policy(newer).unknown_typed_is_let_in);
  EXPECT_FALSE(decode_policy(older).unknown_typed_is_let_in);
  policy.stale_may_be_overruled = false;
  auto const newest = encode_policy(policy);
  EXPECT_EQ(newest.size(), newer.size() + 2);
  EXPECT_FALSE(decode_policy(newest).stale_may_be_overruled);
  EXPECT_TRUE(decode_policy(older).stale_may_be_overruled);
}

}  // namespace
}  // namespace kaiku::ledger
