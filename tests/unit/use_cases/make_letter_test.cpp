#include "server/use_cases/make_letter.hpp"

#include "server/tables/letters.hpp"
#include "server/use_cases/hand_over.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct NewLetter : test::OfficeAtWork {
  Result<ledger::Ref> make(CardId card, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return make_letter(tx, card, caller); });
  }
  Result<LetterFacts> letter(ledger::Ref const& id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return read_letter(tx, id, caller); });
  }
  Result<LetterFacts> letter(ledger::Ref const& id) { return letter(id, worker); }
  std::optional<tables::Card> led_to(std::string const& key) {
    return write([&](ledger::WriteTx& tx) { return tables::card_of_letter_key(tx, key); });
  }
  std::optional<LineageId> found_by(std::string const& code) {
    return write([&](ledger::WriteTx& tx) { return find_by_recovery_code(tx, code); });
  }
  std::int64_t waiting() {
    return write([&](ledger::WriteTx& tx) { return tables::count_waiting_handovers(tx, office); });
  }
};

TEST_F(NewLetter, is_there_with_the_card_and_its_link_leads_to_the_card) {
  auto const given = give();
  auto const facts = letter(given.handover.value()).value();
  EXPECT_EQ(facts.secrets.recovery_code, given.recovery_code);
  EXPECT_EQ(facts.secrets.key.size(), 22u) << "128 bits in base64url";
  EXPECT_EQ(led_to(facts.secrets.key).value().id, given.card);
  EXPECT_FALSE(led_to("AAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_EQ(facts.children, 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_letter WHERE letter_lookup = CAST('" +
                  facts.secrets.key + "' AS BLOB)"),
            0)
      << "a hash of it alone is kept";
}

TEST_F(NewLetter, kills_the_code_and_the_link_before_it_and_waits_in_their_place) {
  auto const given = give();
  auto const old = letter(given.handover.value()).value().secrets;
  auto const made = make(given.card, worker).value();
  EXPECT_EQ(waiting(), 1) << "the one before waits no longer";
  EXPECT_EQ(letter(given.handover.value()).error().problem, Problem::not_found);
  auto const fresh = letter(made).value().secrets;
  EXPECT_NE(fresh.recovery_code, old.recovery_code);
  EXPECT_FALSE(found_by(old.recovery_code));
  EXPECT_FALSE(led_to(old.key));
  EXPECT_EQ(found_by(fresh.recovery_code), lineage_of(given.card));
  EXPECT_EQ(led_to(fresh.key).value().id, given.card);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 1);
}

TEST_F(NewLetter, takes_along_what_was_kept_for_an_older_card_of_the_holder) {
  auto const given = give();
  auto const replaced = write([&](ledger::WriteTx& tx) {
    auto const reason = domain::ReplaceReason::worn;
    return test::must(replace_card(tx, given.code, reason, std::nullopt, worker));
  });
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 1) << "the first letter still holds";
  auto const made = make(replaced.id, worker).value();
  EXPECT_TRUE(letter(made));
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 1);
}

TEST_F(NewLetter, can_be_printed_until_it_is_handed_over) {
  auto const given = give();
  write([&](ledger::WriteTx& tx) {
    test::must(confirm_handover(tx, given.handover.value(), domain::HandoverWay::letter, worker));
    return true;
  });
  EXPECT_EQ(letter(given.handover.value()).error().problem, Problem::not_found);
  EXPECT_TRUE(letter(make(given.card, worker).value()));
}

TEST_F(NewLetter, is_the_own_offices_alone) {
  auto const given = give();
  EXPECT_EQ(make(given.card, other).error().problem, Problem::forbidden);
  EXPECT_EQ(letter(given.handover.value(), other).error().problem, Problem::not_found);
  EXPECT_EQ(make(CardId{1}, worker).error().problem, Problem::not_found);
}

TEST_F(NewLetter, is_written_each_time_that_it_is_printed) {
  auto const given = give();
  auto const before = last_sequence();
  ASSERT_TRUE(letter(given.handover.value()));
  ASSERT_TRUE(letter(given.handover.value()));
  EXPECT_EQ(last_sequence(), before + 2);
}

TEST_F(NewLetter, goes_with_a_registration_that_is_undone) {
  auto const given = give();
  auto const key = letter(given.handover.value()).value().secrets.key;
  write([&](ledger::WriteTx& tx) {
    test::must(undo_handover(tx, given.handover.value(), worker));
    return true;
  });
  EXPECT_FALSE(led_to(key));
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_letter"), 0);
}

}  // namespace
}  // namespace kaiku::use_cases
