#include "server/use_cases/stretch_codes.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::use_cases {
namespace {

struct Stretching : ::testing::Test, test::CardOffice {
  // As a process does after its start, until nothing is left.
  void run_anew() {
    StretchPass pass(writer, readers, database.keys);
    while (pass.run([] { return false; })) {
    }
  }
  std::int64_t count(char const* sql) {
    std::int64_t rows = 0;
    readers.run([&](ledger::ReadTx& tx) { rows = test::count_rows(tx.connection(), sql); });
    return rows;
  }
  std::int64_t stretched() { return count("SELECT COUNT(*) FROM vault_stretched"); }

  lanes::ReadLanes readers{database.file, database.keys, 1, 16};
};

TEST_F(Stretching, reaches_every_card_and_those_that_come_later) {
  for (int n = 0; n < 70; ++n) issue();
  run_anew();
  EXPECT_EQ(stretched(), 70);
  issue();
  run_anew();
  EXPECT_EQ(stretched(), 71);
}

// A search through a million cards costs seconds; what one process has looked through stays so.
TEST_F(Stretching, does_not_look_through_all_cards_again_at_the_next_start) {
  for (int n = 0; n < 3; ++n) issue();
  run_anew();
  ASSERT_EQ(stretched(), 3);
  write([](ledger::WriteTx& tx) {
    tx.prepare("DELETE FROM vault_stretched WHERE card_id = (SELECT MIN(card_id) FROM card)").run();
    return true;
  });
  run_anew();
  EXPECT_EQ(stretched(), 2) << "it looked at a card that an earlier process had done";
  issue();
  run_anew();
  EXPECT_EQ(stretched(), 3);
}

}  // namespace
}  // namespace kaiku::use_cases
