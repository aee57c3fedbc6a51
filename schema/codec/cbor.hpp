// Strict deterministic CBOR (RFC 8949 section 4.2.1): the only encoding that signs, hashes and
// rebuilds.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::cbor {

inline constexpr std::size_t max_depth = 16;
inline constexpr std::size_t card_token_limit = 1024;
inline constexpr std::size_t ledger_entry_limit = 64 * 1024;
inline constexpr std::size_t snapshot_limit = 4 * 1024 * 1024;

// Appends items to a byte string; lengths are minimal. Map keys must be written in the
// deterministic order (bytewise order of the encoded keys); `finish` asserts that the whole is one
// deterministic item (nesting closed, keys sorted). `text` throws std::invalid_argument for what is
// not UTF-8: whoever reads text from outside has to refuse it before.
class Writer {
 public:
  Writer& integer(std::int64_t value);
  Writer& bytes(ByteView value);
  Writer& text(std::string_view value);
  Writer& boolean(bool value);
  Writer& null();
  Writer& array(std::size_t items);
  Writer& map(std::size_t pairs);
  Writer& tag(std::uint64_t number);
  Writer& raw(ByteView encoded);  // one already encoded item
  Bytes finish() &&;

 private:
  void head(std::uint8_t major, std::uint64_t argument);
  Bytes out_;
};

enum class Kind { integer, bytes, text, array, map, tag, boolean, null };

// Reads one item after another without building a tree. The constructor checks the whole input by
// the rules of `validate`; when it breaks them every method fails with Problem::unreadable. A
// method also fails, and consumes nothing, when the next item is of another kind. `finish` fails
// when bytes are left. Views point into the input.
class Reader {
 public:
  Reader(ByteView encoded, std::size_t size_limit);
  Result<Kind> peek();
  Result<std::int64_t> integer();
  Result<ByteView> bytes();
  Result<std::string_view> text();  // valid UTF-8 only
  Result<bool> boolean();
  Result<void> null();
  Result<bool> null_if_next();  // consumes a null when it is the next item
  Result<std::size_t> array();
  Result<std::size_t> map();
  Result<std::uint64_t> tag();
  Result<ByteView> any();  // one whole item, validated, as its encoding
  Result<void> finish() const;

 private:
  struct Head {
    std::uint8_t major;
    std::uint64_t argument;
  };
  Result<Head> head(std::uint8_t major);
  ByteView encoded_;
  std::size_t at_ = 0;
  bool well_formed_ = false;
};

// Checks that the bytes are exactly one deterministic item: sorted unique map keys, minimal heads,
// definite lengths, integers within int64, no floats, no simple values but true, false and null,
// UTF-8 text, at most 16 arrays, maps and tags inside one another, size within the limit, nothing
// after it.
Result<void> validate(ByteView encoded, std::size_t size_limit);

}  // namespace kaiku::cbor
