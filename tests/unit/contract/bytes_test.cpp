#include "schema/values/bytes.hpp"

#include <gtest/gtest.h>

#include "schema/crypto/random.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku {
namespace {

Bytes from_text(std::string_view text) {
  ByteView const view = bytes_of(text);
  return Bytes(view.begin(), view.end());
}

struct Rfc4648Row {
  std::string_view plain;
  std::string_view base64;
  std::string_view base64url;
  std::string_view base32;
  std::string_view hex;
};
// RFC 4648 section 10, the padding of base32 and base64url left out as our forms want it.
constexpr Rfc4648Row rfc4648[] = {
    {"", "", "", "", ""},
    {"f", "Zg==", "Zg", "MY", "66"},
    {"fo", "Zm8=", "Zm8", "MZXQ", "666f"},
    {"foo", "Zm9v", "Zm9v", "MZXW6", "666f6f"},
    {"foob", "Zm9vYg==", "Zm9vYg", "MZXW6YQ", "666f6f62"},
    {"fooba", "Zm9vYmE=", "Zm9vYmE", "MZXW6YTB", "666f6f6261"},
    {"foobar", "Zm9vYmFy", "Zm9vYmFy", "MZXW6YTBOI", "666f6f626172"},
};

TEST(Bytes, has_the_text_forms_of_rfc_4648_section_10) {
  for (auto const& row : rfc4648) {
    Bytes const plain = from_text(row.plain);
    EXPECT_EQ(to_base64(plain), row.base64);
    EXPECT_EQ(to_base64url(plain), row.base64url);
    EXPECT_EQ(to_base32(plain), row.base32);
    EXPECT_EQ(to_hex(plain), row.hex);
    EXPECT_EQ(from_base64(row.base64), plain);
    EXPECT_EQ(from_base64url(row.base64url), plain);
    EXPECT_EQ(from_base32(row.base32), plain);
    EXPECT_EQ(from_hex(row.hex), plain);
  }
}

TEST(Bytes, uses_the_two_alphabets_of_base64_where_they_differ) {
  Bytes const bytes{0xfb, 0xff, 0xbf};
  EXPECT_EQ(to_base64(bytes), "+/+/");
  EXPECT_EQ(to_base64url(bytes), "-_-_");
  EXPECT_FALSE(from_base64("-_-_"));
  EXPECT_FALSE(from_base64url("+/+/"));
}

TEST(Bytes, refuses_base64_that_is_not_the_one_encoding) {
  for (std::string_view const text :
       {"Zg", "Zg=", "Zg===", "Zg==Zg==", "Zh==", "Zm9=", "=",
        "==", "====", "Z===", " Zg==", "Zg==\n", "Zm9v Zm9v", "Zm9*", "Zm8=====", "Zm9vZ"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (std::string_view const text : {"Zg==", "Z", "Zh", "Zm9", "Zm9vYmF=", "Zg ", "Z\xc3\xa4"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
}

TEST(Bytes, refuses_base32_that_is_not_the_one_encoding) {
  for (std::string_view const text : {"MY======", "my", "M", "MZX", "MZXW6Y", "MZ", "MZXR", "M0",
                                      "M1", "M8", "M9", "MZXW6 YQ", "MZXW6YQ=", "MZXW6-YQ"}) {
    EXPECT_FALSE(from_base32(text)) << text;
  }
  EXPECT_FALSE(from_base32(std::string_view("MY\0", 3)));
}

TEST(Bytes, reads_both_cases_of_hexadecimal_and_nothing_else) {
  EXPECT_EQ(from_hex("aAbB09"), (Bytes{0xaa, 0xbb, 0x09}));
  for (std::string_view const text : {"a", "0x", "gg", " 00", "0g", "-1"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
}

TEST(Bytes, brings_random_bytes_of_every_length_back) {
  SeededRandom random(4648);
  for (std::size_t size = 0; size < 300; ++size) {
    Bytes bytes(size);
    random.fill(bytes);
    ASSERT_EQ(from_hex(to_hex(bytes)), bytes);
    ASSERT_EQ(from_base64(to_base64(bytes)), bytes);
    ASSERT_EQ(from_base64url(to_base64url(bytes)), bytes);
    ASSERT_EQ(from_base32(to_base32(bytes)), bytes);
  }
}

TEST(Utf8, takes_what_rfc_3629_allows) {
  for (std::string_view const text : {"", "plain", "äö€", "\xf0\x9f\x8e\xab", "\xed\x9f\xbf",
                                      "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(bytes_of(text)));
  }
  EXPECT_TRUE(is_utf8(bytes_of(std::string_view("a\0b", 3))));
}

TEST(Utf8, refuses_overlong_surrogate_cut_and_too_large_forms) {
  for (std::string_view const text :
       {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc3", "\xe2\x82", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe",
        "\xf0\x9f\x8e", "a\xc3(", "\xe2(\xa1"}) {
    EXPECT_FALSE(is_utf8(bytes_of(text))) << to_hex(bytes_of(text));
  }
}

TEST(SeededRandom, gives_the_same_stream_for_the_same_seed) {
  SeededRandom first(7);
  SeededRandom second(7);
  SeededRandom other(8);
  auto const whole = first.bytes<100>();
  auto const head = second.bytes<33>();
  auto const tail = second.bytes<67>();
  EXPECT_TRUE(std::equal(head.begin(), head.end(), whole.begin()));
  EXPECT_TRUE(std::equal(tail.begin(), tail.end(), whole.begin() + 33));
  EXPECT_NE(other.bytes<100>(), whole);
}

TEST(SystemRandom, never_repeats_itself) {
  SystemRandom random;
  EXPECT_NE(random.bytes<32>(), random.bytes<32>());
  EXPECT_NE(random.next64(), random.next64());
}

}  // namespace
}  // namespace kaiku
