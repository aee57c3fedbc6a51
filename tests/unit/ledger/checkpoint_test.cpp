#include "server/ledger/checkpoint.hpp"

#include <gtest/gtest.h>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::ledger {
namespace {

struct Note : ::testing::Test {
  crypto::Ed25519PrivateKey key = test::test_keys().checkpoint;
  Checkpoint checkpoint{"kaiku.test/ledger", 42, crypto::sha256(bytes_of("root"))};
  std::string note = sign_checkpoint(checkpoint, key);
  auto open(std::string const& text) const {
    return open_checkpoint(text, "kaiku.test/ledger", key.public_key());
  }
};

TEST_F(Note, is_read_back_as_it_was_signed) { EXPECT_EQ(open(note), checkpoint); }

TEST_F(Note, has_the_lines_of_a_c2sp_signed_note) {
  std::string const body = "kaiku.test/ledger\n42\n" + to_base64(checkpoint.root) + "\n";
  ASSERT_TRUE(note.starts_with(body + "\n\xe2\x80\x94 kaiku.test/ledger "));
  ASSERT_TRUE(note.ends_with("\n"));
  std::size_t const at = note.rfind(' ') + 1;
  auto const blob = from_base64(note.substr(at, note.size() - at - 1)).value();
  ASSERT_EQ(blob.size(), 68U);
  Bytes hashed;
  for (char const c : std::string("kaiku.test/ledger\n\x01")) {
    hashed.push_back(static_cast<std::uint8_t>(c));
  }
  auto const raw = key.public_key().raw();
  hashed.insert(hashed.end(), raw.begin(), raw.end());
  auto const digest = crypto::sha256(hashed);
  EXPECT_TRUE(std::equal(digest.begin(), digest.begin() + 4, blob.begin()));
  EXPECT_TRUE(key.public_key().verify(bytes_of(body), ByteView(blob).subspan(4)));
}

TEST_F(Note, is_refused_after_any_change_of_a_single_byte) {
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(open(changed), std::nullopt) << "at " << i;
  }
}

TEST_F(Note, is_refused_when_cut_anywhere) {
  for (std::size_t size = 0; size < note.size(); ++size) {
    EXPECT_EQ(open(note.substr(0, size)), std::nullopt) << size;
  }
}

TEST_F(Note, is_refused_under_another_key_or_origin) {
  EXPECT_EQ(open_checkpoint(note, "kaiku.other/ledger", key.public_key()), std::nullopt);
  auto const other = test::test_keys().root.public_key();
  EXPECT_EQ(open_checkpoint(note, "kaiku.test/ledger", other), std::nullopt);
}

TEST_F(Note, may_carry_the_signature_of_a_witness_beside_ours) {
  Checkpoint witnessed = checkpoint;
  witnessed.origin = "witness.example/w1";
  std::string const other = sign_checkpoint(witnessed, test::test_keys().root);
  EXPECT_EQ(open(note + other.substr(other.find("\n\n") + 2)), checkpoint);
  EXPECT_EQ(open(note + "no signature\n"), std::nullopt);
}

TEST_F(Note, writes_sizes_without_leading_zeros) {
  std::string changed = note;
  changed.replace(changed.find("\n42\n"), 4, "\n042\n");
  EXPECT_EQ(open(changed), std::nullopt);
}

}  // namespace
}  // namespace kaiku::ledger
