#include "server/keys/key_ring.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::keys {
namespace {

namespace fs = std::filesystem;

struct Keys : ::testing::Test {
  test::TemporaryFolder folder;
  fs::path directory = folder / "keys";
  SeededRandom random{5};
  KeyRing keys = make_or_load_keys(directory, random);
};

mode_t mode_of(fs::path const& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST_F(Keys, are_made_once_and_then_read_back) {
  KeyRing const again = make_or_load_keys(directory, random);
  EXPECT_EQ(again.vault, keys.vault);
  EXPECT_EQ(again.index, keys.index);
  EXPECT_EQ(again.body_mac, keys.body_mac);
  EXPECT_EQ(again.csrf, keys.csrf);
  EXPECT_EQ(again.root.seed(), keys.root.seed());
  EXPECT_EQ(again.card.seed(), keys.card.seed());
  EXPECT_EQ(again.snapshot.seed(), keys.snapshot.seed());
  EXPECT_EQ(again.checkpoint.seed(), keys.checkpoint.seed());
  EXPECT_EQ(again.sealing.pem(), keys.sealing.pem());
  EXPECT_EQ(again.rows, keys.rows);
  EXPECT_NE(keys.vault, keys.index);
}

TEST_F(Keys, say_what_row_hashes_cost_in_the_file_of_their_secret) {
  auto const content = [&] {
    std::ifstream in(directory / "rows.key");
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(keys.stretch, (contract::Stretch{1, contract::row_cost}));
  EXPECT_EQ(content(), to_hex(keys.rows) + "\nscrypt N=8192 r=8 p=1\n");
  EXPECT_EQ(make_or_load_keys(directory, random, {2, 1, 1}).stretch, keys.stretch)
      << "a file that is there keeps its own cost";
  fs::remove(directory / "rows.key");
  fs::remove(directory / "browsers.key");
  auto const quick = make_or_load_keys(directory, random, {2, 1, 1});
  EXPECT_EQ(quick.stretch.cost, (crypto::ScryptCost{2, 1, 1}));
  EXPECT_EQ(make_or_load_keys(directory, random).stretch, quick.stretch);
}

TEST_F(Keys, are_refused_when_the_cost_of_row_hashes_is_missing_or_none) {
  for (std::string const cost :
       {"", "\n", "scrypt N=8192 r=8 p=1", "scrypt N=8192 r=8\n", "scrypt N=8191 r=8 p=1\n",
        "scrypt N=8192 r=8 p=1 \n", "scrypt N=-2 r=8 p=1\n", "scrypt N=1048576 r=8 p=1\n",
        "argon2id N=8192 r=8 p=1\n", "scrypt N=8192 r=8 p=1\nscrypt N=8192 r=8 p=1\n"}) {
    std::ofstream(directory / "rows.key") << to_hex(keys.rows) << "\n" << cost;
    try {
      make_or_load_keys(directory, random);
      ADD_FAILURE() << cost;
    } catch (std::runtime_error const& fault) {
      EXPECT_NE(std::string(fault.what()).find("rows.key does not say what its row hashes cost"),
                std::string::npos)
          << fault.what();
    }
  }
}

TEST_F(Keys, lie_in_files_that_only_the_owner_opens) {
  EXPECT_EQ(mode_of(directory), 0700U);
  int files = 0;
  for (auto const& file : fs::directory_iterator(directory)) {
    EXPECT_EQ(mode_of(file.path()), 0600U) << file.path();
    ++files;
  }
  EXPECT_EQ(files, 11);
}

TEST_F(Keys, are_refused_when_others_can_read_them) {
  ASSERT_EQ(::chmod((directory / "card.ed25519").c_str(), 0640), 0);
  try {
    make_or_load_keys(directory, random);
    FAIL();
  } catch (std::runtime_error const& fault) {
    EXPECT_NE(std::string(fault.what()).find("card.ed25519 is open to others"), std::string::npos);
    EXPECT_NE(std::string(fault.what()).find("chmod 600"), std::string::npos);
  }
}

TEST_F(Keys, are_refused_when_cut_or_damaged) {
  for (char const* name : {"vault.key", "root.ed25519", "sealing.p256.pem"}) {
    auto const size = fs::file_size(directory / name);
    std::string const content = [&] {
      std::ifstream in(directory / name);
      return std::string(std::istreambuf_iterator<char>(in), {});
    }();
    fs::resize_file(directory / name, size / 2);
    EXPECT_THROW(make_or_load_keys(directory, random), std::runtime_error) << name;
    std::ofstream(directory / name) << content;
  }
  EXPECT_NO_THROW(make_or_load_keys(directory, random));
}

TEST_F(Keys, are_never_made_anew_in_place_of_a_lost_one) {
  fs::remove(directory / "vault.key");
  try {
    make_or_load_keys(directory, random);
    FAIL();
  } catch (std::runtime_error const& fault) {
    EXPECT_NE(std::string(fault.what()).find("vault.key is missing"), std::string::npos);
  }
}

TEST_F(Keys, are_completed_after_a_crash_in_the_middle_of_making_them) {
  for (char const* name :
       {"snapshot.ed25519", "checkpoint.ed25519", "sealing.p256.pem", "rows.key", "browsers.key"}) {
    fs::remove(directory / name);
  }
  std::ofstream(directory / "snapshot.ed25519.part") << "half a";
  KeyRing const again = make_or_load_keys(directory, random);
  EXPECT_EQ(again.vault, keys.vault);
  EXPECT_NE(again.snapshot.seed(), keys.snapshot.seed());
  EXPECT_FALSE(fs::exists(directory / "snapshot.ed25519.part"));
}

TEST_F(Keys, of_an_installation_before_snapshots_get_the_new_one_beside_them) {
  fs::remove(directory / "rows.key");
  fs::remove(directory / "browsers.key");
  KeyRing const again = make_or_load_keys(directory, random);
  EXPECT_EQ(again.sealing.pem(), keys.sealing.pem());
  EXPECT_TRUE(fs::exists(directory / "rows.key"));
}

TEST_F(Keys, of_an_installation_before_known_browsers_get_the_new_one_beside_them) {
  fs::remove(directory / "browsers.key");
  KeyRing const again = make_or_load_keys(directory, random);
  EXPECT_EQ(again.rows, keys.rows);
  EXPECT_NE(again.browsers, keys.browsers);
}

TEST_F(Keys, keep_the_public_halves_of_earlier_card_keys) {
  auto const earlier = test::test_keys().card.public_key();
  fs::path const file = directory / ("card-" + to_hex(earlier.key_id()) + ".pub");
  std::ofstream(file) << to_hex(earlier.raw()) << "\n";
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  KeyRing const again = make_or_load_keys(directory, random);
  EXPECT_EQ(again.card_keys.size(), 2U);
  EXPECT_TRUE(again.card_keys.contains(earlier.key_id()));
  EXPECT_TRUE(again.card_keys.contains(keys.card.public_key().key_id()));
}

TEST_F(Keys, are_not_kept_where_others_may_write) {
  ASSERT_EQ(::chmod(directory.c_str(), 0770), 0);
  EXPECT_THROW(make_or_load_keys(directory, random), std::runtime_error);
}

}  // namespace
}  // namespace kaiku::keys
