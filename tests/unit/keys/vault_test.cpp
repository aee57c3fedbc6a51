#include "server/keys/vault.hpp"

#include <gtest/gtest.h>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::keys {
namespace {

struct Vault : ::testing::Test {
  KeyRing keys = test::test_keys();
  SeededRandom random{1};
  VaultPlace place{"vault_card", 12, 3};
  Bytes sealed = vault_seal(keys, random, place, bytes_of("a secret"));
};

TEST_F(Vault, opens_what_it_sealed) {
  EXPECT_EQ(kaiku::text_of(vault_open(keys, place, sealed)), "a secret");
  EXPECT_EQ(sealed.size(), 12U + 8U + 16U);
}

TEST_F(Vault, opens_no_row_that_was_moved_elsewhere) {
  EXPECT_THROW(vault_open(keys, {"vault_holder", 12, 3}, sealed), sql::StorageError);
  EXPECT_THROW(vault_open(keys, {"vault_card", 13, 3}, sealed), sql::StorageError);
  EXPECT_THROW(vault_open(keys, {"vault_card", 12, 4}, sealed), sql::StorageError);
}

TEST_F(Vault, opens_no_row_that_was_changed_or_cut) {
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_THROW(vault_open(keys, place, changed), sql::StorageError) << i;
    EXPECT_THROW(vault_open(keys, place, ByteView(sealed).first(i)), sql::StorageError) << i;
  }
}

TEST_F(Vault, opens_nothing_under_another_key_and_that_does_not_stop_the_server) {
  KeyRing other = keys;
  other.vault[0] ^= 1;
  try {
    vault_open(other, place, sealed);
    FAIL();
  } catch (sql::StorageError const& fault) {
    EXPECT_FALSE(fault.is_fatal());
    EXPECT_FALSE(fault.is_conflict());
  }
}

TEST_F(Vault, seals_the_same_secret_differently_each_time) {
  EXPECT_NE(vault_seal(keys, random, place, bytes_of("a secret")), sealed);
}

TEST_F(Vault, look_up_values_depend_on_key_purpose_and_value) {
  auto const value = lookup_value(keys, "card_code", "ABC");
  EXPECT_EQ(value, lookup_value(keys, "card_code", "ABC"));
  EXPECT_NE(value, lookup_value(keys, "card_code", "ABD"));
  EXPECT_NE(value, lookup_value(keys, "user_name", "ABC"));
  KeyRing other = keys;
  other.index[31] ^= 1;
  EXPECT_NE(value, lookup_value(other, "card_code", "ABC"));
  Bytes input{'c', 'a', 'r', 'd', '_', 'c', 'o', 'd', 'e', 0, 'A', 'B', 'C'};
  auto const whole = crypto::hmac_sha256(keys.index, input);
  EXPECT_TRUE(std::equal(value.begin(), value.end(), whole.begin()));
}

}  // namespace
}  // namespace kaiku::keys
