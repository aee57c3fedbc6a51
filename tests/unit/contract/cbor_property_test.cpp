// Random trees, random damage: whatever validates has exactly one encoding.
#include <gtest/gtest.h>

#include <algorithm>

#include "schema/codec/cbor.hpp"
#include "schema/crypto/random.hpp"

namespace kaiku::cbor {
namespace {

constexpr std::size_t limit = 64 * 1024;

// A random item; what it is made of comes from `random` alone.
void write_random(Writer& writer, Random& random, std::size_t depth);

Bytes random_item(Random& random, std::size_t depth) {
  Writer writer;
  write_random(writer, random, depth);
  return std::move(writer).finish();
}

std::int64_t random_integer(Random& random) {
  auto const bits = static_cast<std::int64_t>(random.next64());
  return bits >> (random.next64() % 64);
}

void write_random_map(Writer& writer, Random& random, std::size_t depth) {
  std::vector<Bytes> keys;
  for (std::uint64_t i = random.next64() % 6; i > 0; --i) keys.push_back(random_item(random, 0));
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  writer.map(keys.size());
  for (Bytes const& key : keys) writer.raw(key).raw(random_item(random, depth));
}

void write_random(Writer& writer, Random& random, std::size_t depth) {
  std::uint64_t const kind = random.next64() % (depth > 0 ? 8 : 5);
  std::uint64_t const size = random.next64() % 30;
  switch (kind) {
    case 0: writer.integer(random_integer(random)); break;
    case 1: {
      Bytes content(size);
      random.fill(content);
      writer.bytes(content);
      break;
    }
    case 2: writer.text(std::string(size, 'k') + (size % 3 == 0 ? "ä€" : "")); break;
    case 3: writer.boolean(size % 2 == 0); break;
    case 4: writer.null(); break;
    case 5:
      writer.array(size % 5);
      for (std::uint64_t i = size % 5; i > 0; --i) writer.raw(random_item(random, depth - 1));
      break;
    case 6: write_random_map(writer, random, depth - 1); break;
    default:
      writer.tag(random.next64() >> (random.next64() % 64)).raw(random_item(random, depth - 1));
  }
}

// Reads one item and writes it anew; a map's keys are compared on the way.
void copy_item(Reader& reader, Writer& writer) {
  switch (reader.peek().value()) {
    case Kind::integer: writer.integer(reader.integer().value()); return;
    case Kind::bytes: writer.bytes(reader.bytes().value()); return;
    case Kind::text: writer.text(reader.text().value()); return;
    case Kind::boolean: writer.boolean(reader.boolean().value()); return;
    case Kind::null:
      ASSERT_TRUE(reader.null());
      writer.null();
      return;
    case Kind::tag:
      writer.tag(reader.tag().value());
      copy_item(reader, writer);
      return;
    case Kind::array: {
      std::size_t const items = reader.array().value();
      writer.array(items);
      for (std::size_t i = 0; i < items; ++i) copy_item(reader, writer);
      return;
    }
    case Kind::map: {
      std::size_t const pairs = reader.map().value();
      writer.map(pairs);
      std::string previous;
      for (std::size_t i = 0; i < pairs; ++i) {
        std::string const key(text_of(reader.any().value()));
        ASSERT_LT(previous, key);
        writer.raw(bytes_of(key));
        previous = key;
        copy_item(reader, writer);
      }
    }
  }
}

Bytes rewritten(Bytes const& encoded) {
  Reader reader(encoded, limit);
  Writer writer;
  copy_item(reader, writer);
  EXPECT_TRUE(reader.finish());
  return std::move(writer).finish();
}

TEST(CborProperty, random_trees_validate_and_come_back_byte_for_byte) {
  SeededRandom random(8949);
  for (int i = 0; i < 3000; ++i) {
    Bytes const encoded = random_item(random, static_cast<std::size_t>(i % 7));
    ASSERT_TRUE(validate(encoded, limit)) << to_hex(encoded);
    ASSERT_EQ(rewritten(encoded), encoded);
  }
}

TEST(CborProperty, flipped_and_cut_trees_never_validate_into_another_encoding) {
  SeededRandom random(42);
  int still_valid = 0;
  int now_refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    Bytes encoded = random_item(random, static_cast<std::size_t>(i % 6));
    for (std::uint64_t flips = 1 + random.next64() % 3; flips > 0; --flips) {
      encoded[random.next64() % encoded.size()] ^=
          static_cast<std::uint8_t>(1U << (random.next64() % 8));
    }
    if (i % 4 == 0) encoded.resize(random.next64() % (encoded.size() + 1));
    if (validate(encoded, limit)) {
      ASSERT_EQ(rewritten(encoded), encoded);
      ++still_valid;
    } else {
      Reader reader(encoded, limit);
      bool const sequence = reader.any().has_value();  // a well-formed item with others after it
      ASSERT_FALSE(sequence && reader.finish());
      ++now_refused;
    }
  }
  EXPECT_GT(still_valid, 1000);
  EXPECT_GT(now_refused, 1000);
}

TEST(CborProperty, random_bytes_never_crash_and_never_have_two_encodings) {
  SeededRandom random(43);
  for (int i = 0; i < 50'000; ++i) {
    Bytes noise(1 + random.next64() % 40);
    random.fill(noise);
    if (validate(noise, limit)) {
      ASSERT_EQ(rewritten(noise), noise);
    }
  }
}

}  // namespace
}  // namespace kaiku::cbor
