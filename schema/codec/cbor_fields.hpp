// Reads CBOR items one after another and remembers the first fault, so that a record is read in a
// straight line and checked once at its end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "schema/codec/cbor.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"

namespace kaiku::contract {

inline constexpr std::int64_t latest_time_us = 7'258'118'400'000'000;  // 2200-01-01

// After a fault everything reads as empty or zero; nothing read may be used unless `finished`.
class CborFields {
 public:
  CborFields(ByteView encoded, std::size_t size_limit) : reader_(encoded, size_limit) {}

  bool good() const { return good_; }
  bool finished() { return good_ && reader_.finish().has_value(); }
  void fail() { good_ = false; }
  void check(bool holds) { good_ = good_ && holds; }

  void array(std::size_t items) { check(take(reader_.array()) == items); }
  // The length of an array of at most `most` items; 0 after a fault, so that loops end.
  std::size_t list(std::size_t most) {
    std::size_t const items = take(reader_.array());
    check(items <= most);
    return good_ ? items : 0;
  }
  bool boolean() { return take(reader_.boolean()); }
  bool null() { return take(reader_.null_if_next()); }

  std::int64_t integer(std::int64_t low, std::int64_t high) {
    std::int64_t const value = take(reader_.integer());
    check(value >= low && value <= high);
    return good_ ? value : low;
  }
  int small(int low, int high) { return static_cast<int>(integer(low, high)); }
  std::int64_t id() { return integer(1, std::numeric_limits<std::int64_t>::max()); }
  std::int64_t count() { return integer(0, std::numeric_limits<std::int64_t>::max()); }
  Instant instant() { return Instant{integer(0, latest_time_us)}; }
  Day day() { return Day{static_cast<std::int32_t>(integer(0, UINT16_MAX))}; }
  std::string text(std::size_t longest) {
    std::string_view const value = take(reader_.text());
    check(value.size() <= longest);
    return good_ ? std::string(value) : std::string();
  }
  ByteView view(std::size_t smallest, std::size_t largest) {
    ByteView const value = take(reader_.bytes());
    check(value.size() >= smallest && value.size() <= largest);
    return good_ ? value : ByteView();
  }
  Bytes bytes(std::size_t smallest, std::size_t largest) {
    ByteView const value = view(smallest, largest);
    return {value.begin(), value.end()};
  }
  template <std::size_t N>
  ByteArray<N> fixed() {
    ByteArray<N> out{};
    ByteView const value = view(N, N);
    std::copy(value.begin(), value.end(), out.begin());
    return out;
  }
  // A word of a closed list, read by `from`: std::optional<Enum>(std::string_view).
  template <class Enum>
  Enum word(std::optional<Enum> (*from)(std::string_view)) {
    auto const value = from(text(64));
    check(value.has_value());
    return value.value_or(Enum{});
  }
  template <class Read>
  auto maybe(Read read) -> std::optional<decltype(read())> {
    if (null()) return std::nullopt;
    return read();
  }

 private:
  template <class T>
  T take(Result<T> const& read) {
    if (good_ && read) return *read;
    good_ = false;
    return T{};
  }

  cbor::Reader reader_;
  bool good_ = true;
};

}  // namespace kaiku::contract
