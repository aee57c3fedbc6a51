#include "schema/codec/cbor.hpp"
#include "schema/values/utf8.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <stdexcept>

namespace kaiku::cbor {
namespace {

enum Major : std::uint8_t {
  major_unsigned,
  major_negative,
  major_bytes,
  major_text,
  major_array,
  major_map,
  major_tag,
  major_simple,
};
constexpr std::uint64_t simple_false = 20;
constexpr std::uint64_t simple_true = 21;
constexpr std::uint64_t simple_null = 22;
constexpr std::uint64_t largest_int64 = std::numeric_limits<std::int64_t>::max();

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

// Walks over items and checks them. It runs before anything is believed, so that reading itself has
// only kinds to compare; plain bools keep it cheap on the way of every redemption.
class Scanner {
 public:
  Scanner(ByteView input, std::size_t at) : input_(input), at_(at) {}

  std::size_t at() const { return at_; }
  bool at_end() const { return at_ == input_.size(); }
  std::uint8_t major() const { return major_; }
  std::uint64_t argument() const { return argument_; }

  // Reads one head into major() and argument(). False: cut, indefinite, not minimal, or a simple
  // value outside our profile.
  bool head() {
    if (at_end()) return false;
    std::uint8_t const initial = input_[at_++];
    major_ = initial >> 5;
    argument_ = initial & 0x1fU;
    if (major_ == major_simple) return argument_ >= simple_false && argument_ <= simple_null;
    if (argument_ < 24) return true;
    if (argument_ > 27) return false;
    std::size_t const width = std::size_t{1} << (argument_ - 24);
    if (left() < width) return false;
    argument_ = 0;
    for (std::size_t i = 0; i < width; ++i) argument_ = (argument_ << 8) | input_[at_++];
    // Minimal: the next shorter form could not have held it.
    return width == 1 ? argument_ >= 24 : (argument_ >> (width * 4)) != 0;
  }

  // One whole item inside `depth` arrays, maps and tags.
  bool item(std::size_t depth) {
    if (!head()) return false;
    switch (major_) {
      case major_unsigned:
      case major_negative: return argument_ <= largest_int64;
      case major_bytes: return take(argument_);
      case major_text: {
        std::size_t const from = at_;
        return take(argument_) && is_utf8(input_.subspan(from, at_ - from));
      }
      case major_array: return depth < max_depth && items(argument_, depth + 1);
      case major_map: return depth < max_depth && pairs(argument_, depth + 1);
      case major_tag: return depth < max_depth && item(depth + 1);
      default: return true;
    }
  }

 private:
  std::size_t left() const { return input_.size() - at_; }

  bool take(std::uint64_t count) {
    if (count > left()) return false;
    at_ += static_cast<std::size_t>(count);
    return true;
  }

  // An item is at least a byte, so a count beyond what is left is a lie that ends here.
  bool items(std::uint64_t count, std::size_t depth) {
    if (count > left()) return false;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (!item(depth)) return false;
    }
    return true;
  }

  bool pairs(std::uint64_t count, std::size_t depth) {
    if (count > left() / 2) return false;
    ByteView previous;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::size_t const from = at_;
      if (!item(depth)) return false;
      ByteView const key = input_.subspan(from, at_ - from);
      // Equal keys fail too; the empty view before the first key is less than every key.
      if (!std::ranges::lexicographical_compare(previous, key)) return false;
      previous = key;
      if (!item(depth)) return false;
    }
    return true;
  }

  ByteView input_;
  std::size_t at_;
  std::uint8_t major_ = 0;
  std::uint64_t argument_ = 0;
};

bool is_one_item(ByteView encoded) {
  Scanner scanner(encoded, 0);
  return scanner.item(0) && scanner.at_end();
}

}  // namespace

void Writer::head(std::uint8_t major, std::uint64_t argument) {
  auto const initial = static_cast<std::uint8_t>(major << 5);
  if (argument < 24) {
    out_.push_back(static_cast<std::uint8_t>(initial | argument));
    return;
  }
  unsigned const width_log = argument <= 0xffU         ? 0
                             : argument <= 0xffffU     ? 1
                             : argument <= 0xffffffffU ? 2
                                                       : 3;
  out_.push_back(static_cast<std::uint8_t>(initial | (24 + width_log)));
  for (unsigned byte = 1U << width_log; byte-- > 0;) {
    out_.push_back(static_cast<std::uint8_t>((argument >> (byte * 8)) & 0xffU));
  }
}

Writer& Writer::integer(std::int64_t value) {
  if (value >= 0) {
    head(major_unsigned, static_cast<std::uint64_t>(value));
  } else {
    head(major_negative, static_cast<std::uint64_t>(-(value + 1)));
  }
  return *this;
}

Writer& Writer::bytes(ByteView value) {
  head(major_bytes, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
  return *this;
}

Writer& Writer::text(std::string_view value) {
  ByteView const encoded = bytes_of(value);
  if (!is_utf8(encoded)) throw std::invalid_argument("CBOR text that is not UTF-8");
  head(major_text, value.size());
  out_.insert(out_.end(), encoded.begin(), encoded.end());
  return *this;
}

Writer& Writer::boolean(bool value) {
  head(major_simple, value ? simple_true : simple_false);
  return *this;
}

Writer& Writer::null() {
  head(major_simple, simple_null);
  return *this;
}

Writer& Writer::array(std::size_t items) {
  head(major_array, items);
  return *this;
}

Writer& Writer::map(std::size_t pairs) {
  head(major_map, pairs);
  return *this;
}

Writer& Writer::tag(std::uint64_t number) {
  head(major_tag, number);
  return *this;
}

Writer& Writer::raw(ByteView encoded) {
  out_.insert(out_.end(), encoded.begin(), encoded.end());
  return *this;
}

Bytes Writer::finish() && {
  assert(is_one_item(out_));
  return std::move(out_);
}

Reader::Reader(ByteView encoded, std::size_t size_limit) : encoded_(encoded) {
  if (encoded.size() > size_limit) return;
  Scanner scanner(encoded, 0);
  while (!scanner.at_end()) {
    if (!scanner.item(0)) return;
  }
  well_formed_ = true;
}

Result<Reader::Head> Reader::head(std::uint8_t major) {
  if (!well_formed_) return unreadable("not deterministic CBOR");
  Scanner scanner(encoded_, at_);
  if (!scanner.head()) return unreadable("CBOR ends early");
  if (scanner.major() != major) return unreadable("CBOR item of another kind");
  at_ = scanner.at();
  return Head{scanner.major(), scanner.argument()};
}

Result<Kind> Reader::peek() {
  if (!well_formed_) return unreadable("not deterministic CBOR");
  Scanner scanner(encoded_, at_);
  if (!scanner.head()) return unreadable("CBOR ends early");
  switch (scanner.major()) {
    case major_unsigned:
    case major_negative: return Kind::integer;
    case major_bytes: return Kind::bytes;
    case major_text: return Kind::text;
    case major_array: return Kind::array;
    case major_map: return Kind::map;
    case major_tag: return Kind::tag;
    default: return scanner.argument() == simple_null ? Kind::null : Kind::boolean;
  }
}

Result<std::int64_t> Reader::integer() {
  auto const kind = peek();
  if (!kind) return kind.error();
  if (*kind != Kind::integer) return unreadable("CBOR item of another kind");
  bool const negative = (encoded_[at_] >> 5) == major_negative;
  auto const read = head(negative ? major_negative : major_unsigned);
  if (!read) return read.error();
  auto const argument = static_cast<std::int64_t>(read->argument);
  return negative ? -1 - argument : argument;
}

Result<ByteView> Reader::bytes() {
  auto const read = head(major_bytes);
  if (!read) return read.error();
  ByteView const value = encoded_.subspan(at_, static_cast<std::size_t>(read->argument));
  at_ += value.size();
  return value;
}

Result<std::string_view> Reader::text() {
  auto const read = head(major_text);
  if (!read) return read.error();
  ByteView const value = encoded_.subspan(at_, static_cast<std::size_t>(read->argument));
  at_ += value.size();
  return text_of(value);
}

Result<bool> Reader::boolean() {
  auto const kind = peek();
  if (!kind) return kind.error();
  if (*kind != Kind::boolean) return unreadable("CBOR item of another kind");
  auto const read = head(major_simple);
  if (!read) return read.error();
  return read->argument == simple_true;
}

Result<void> Reader::null() {
  auto const present = null_if_next();
  if (!present) return present.error();
  if (!*present) return unreadable("CBOR item of another kind");
  return {};
}

Result<bool> Reader::null_if_next() {
  auto const kind = peek();
  if (!kind) return kind.error();
  if (*kind != Kind::null) return false;
  ++at_;
  return true;
}

Result<std::size_t> Reader::array() {
  auto const read = head(major_array);
  if (!read) return read.error();
  return static_cast<std::size_t>(read->argument);
}

Result<std::size_t> Reader::map() {
  auto const read = head(major_map);
  if (!read) return read.error();
  return static_cast<std::size_t>(read->argument);
}

Result<std::uint64_t> Reader::tag() {
  auto const read = head(major_tag);
  if (!read) return read.error();
  return read->argument;
}

Result<ByteView> Reader::any() {
  if (!well_formed_) return unreadable("not deterministic CBOR");
  Scanner scanner(encoded_, at_);
  if (!scanner.item(0)) return unreadable("CBOR ends early");
  ByteView const whole = encoded_.subspan(at_, scanner.at() - at_);
  at_ = scanner.at();
  return whole;
}

Result<void> Reader::finish() const {
  if (!well_formed_) return unreadable("not deterministic CBOR");
  if (at_ != encoded_.size()) return unreadable("bytes after the CBOR item");
  return {};
}

Result<void> validate(ByteView encoded, std::size_t size_limit) {
  if (encoded.size() > size_limit) return unreadable("CBOR over the size limit");
  if (!is_one_item(encoded)) return unreadable("not deterministic CBOR");
  return {};
}

}  // namespace kaiku::cbor
