#include "server/use_cases/change_card.hpp"

#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

using domain::ReadPurpose;

struct ReplacedCard : test::OfficeAtWork {
  ReplacedCard() {
    colleague = worker;
    colleague.actor.id = 8;
    given = give().card;
  }
  void read(ReadPurpose purpose) {
    change([&](ledger::WriteTx& tx) { return read_card(tx, given, worker, purpose); });
  }
  // What the entry of its replacement says.
  bool is_told_as_found(domain::Caller const& caller) {
    auto const before = last_sequence();
    bool found = false;
    write([&](ledger::WriteTx& tx) {
      auto const code = tables::code_of(tx, given);
      test::must(replace_card(tx, code, domain::ReplaceReason::lost, std::nullopt, caller));
      ledger::for_each_entry(tx, before + 1, [&](ledger::Recorded const& recorded) {
        auto const* replaced = std::get_if<ledger::CardReplaced>(&recorded.entry);
        if (replaced) found = replaced->found;
      });
      return true;
    });
    return found;
  }

  domain::Caller colleague;
  CardId given;
};

TEST_F(ReplacedCard, was_found_when_whoever_replaces_it_had_searched_for_it_within_the_hour) {
  read(ReadPurpose::search);
  read(ReadPurpose::correct);
  read(ReadPurpose::view);
  wait(hour_us);
  EXPECT_TRUE(is_told_as_found(worker)) << "whatever was looked at in between";
}

TEST_F(ReplacedCard, was_not_found_by_a_search_that_is_over) {
  read(ReadPurpose::search);
  wait(hour_us + 1);
  EXPECT_FALSE(is_told_as_found(worker));
}

TEST_F(ReplacedCard, was_not_found_by_a_look_or_by_the_search_of_a_colleague) {
  read(ReadPurpose::view);
  EXPECT_FALSE(is_told_as_found(worker));
  given = give(true).card;
  read(ReadPurpose::search);
  EXPECT_FALSE(is_told_as_found(colleague));
}

}  // namespace
}  // namespace kaiku::use_cases
