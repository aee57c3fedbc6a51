#include "server/tables/idempotent_answers.hpp"

#include <gtest/gtest.h>

#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct FormAnswers : ::testing::Test, test::CardOffice {
  static constexpr domain::Actor person{domain::ActorKind::account, 7};
  static constexpr std::string_view api_key = "a-key-of-a-program";
  std::string const form = form_answer_key("0123456789abcdef0123456789abcdef");

  bool is_kept(std::string_view key) {
    return write(
        [&](ledger::WriteTx& tx) { return find_idempotent_answer(tx, person, key).has_value(); });
  }
};

TEST_F(FormAnswers, are_forgotten_alone_and_by_their_age) {
  auto const at = write([&](ledger::WriteTx& tx) {
    insert_idempotent_answer(tx, person, form, {{}, 303, "/agents/1", "what is shown once"});
    insert_idempotent_answer(tx, person, api_key, {{}, 201, "/api/v1/api-keys/1", "{}"});
    return tx.now();
  });
  write([&](ledger::WriteTx& tx) {
    forget_form_answers_before(tx, at);
    return true;
  });
  EXPECT_TRUE(is_kept(form)) << "not older than that";
  write([&](ledger::WriteTx& tx) {
    forget_form_answers_before(tx, at + 1);
    return true;
  });
  EXPECT_FALSE(is_kept(form));
  EXPECT_TRUE(is_kept(api_key)) << "programs ask again for a month";
}

}  // namespace
}  // namespace kaiku::tables
