#include "server/tables/service_texts.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct ToldTexts : ::testing::Test, test::CardOffice {
  // Of each word whether something is told, in the second language alone.
  void tell(std::vector<std::string_view> const& words) {
    ledger::SettingsSet entry;
    for (auto const word : words) entry.texts.push_back({std::string(word), {"", "Något", ""}});
    record(entry);
  }
  bool lacks() {
    return write([](ledger::WriteTx& tx) {
      bool const lacks = lacks_service_texts(tx);
      EXPECT_EQ(lacks, !domain::missing_in(service_texts(tx).texts).empty());
      return lacks;
    });
  }
};

TEST_F(ToldTexts, are_lacking_for_as_long_as_one_that_is_needed_is_not_told) {
  EXPECT_TRUE(lacks()) << "of a service that is new";
  std::vector<std::string_view> needed;
  std::vector<std::string_view> others;
  for (auto const& field : domain::service_fields) {
    (field.is_needed ? needed : others).push_back(field.word);
  }
  tell(needed);
  EXPECT_FALSE(lacks());
  for (std::size_t left_out = 0; left_out < needed.size(); ++left_out) {
    auto told = others;
    for (std::size_t at = 0; at < needed.size(); ++at) {
      if (at != left_out) told.push_back(needed[at]);
    }
    tell(told);
    EXPECT_TRUE(lacks()) << needed[left_out];
  }
}

}  // namespace
}  // namespace kaiku::tables
