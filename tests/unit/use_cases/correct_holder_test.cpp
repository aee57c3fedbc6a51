#include "server/use_cases/correct_holder.hpp"

#include <numeric>

#include "server/tables/snapshot_rows.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/tables/true_counts.hpp"
#include "server/use_cases/change_card.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct CorrectedHolder : test::OfficeAtWork {
  Result<bool> correct(CardId card, Correction const& correction) {
    return write([&](ledger::WriteTx& tx) { return correct_holder(tx, card, correction, worker); });
  }
  // The fault of a correction, as "/pointer code".
  std::string fault(CardId card, Correction const& correction) {
    auto const done = correct(card, correction);
    if (done) return "";
    auto const error = done.error();
    if (error.fields.empty()) return "";
    auto const& first = error.fields.front();
    return first.pointer + " " + std::string(word_of(first.code));
  }
  tables::HolderFacts facts(CardId id, std::optional<Instant> at = {}) {
    auto const lineage = lineage_of(id);
    return write([&](ledger::WriteTx& tx) {
      return at ? tables::holder_at(tx, lineage, *at).value()
                : tables::holder_of(tx, lineage).value();
    });
  }
  std::string municipality(CardId id) {
    auto const lineage = lineage_of(id);
    return write(
        [&](ledger::WriteTx& tx) { return tables::find_lineage(tx, lineage)->municipality; });
  }
  std::int64_t rows() { return count("SELECT COUNT(*) FROM vault_holder"); }
  ledger::HolderChanged last_change() {
    ledger::HolderChanged last;
    write([&](ledger::WriteTx& tx) {
      ledger::for_each_entry(tx, 1, [&](ledger::Recorded const& recorded) {
        if (auto const* one = std::get_if<ledger::HolderChanged>(&recorded.entry)) last = *one;
      });
      return true;
    });
    return last;
  }

  Correction const moved{1986, "99998", 3, std::nullopt, domain::CorrectionReason::typing_error};
};

TEST_F(CorrectedHolder, is_within_ten_minutes_as_if_it_had_been_right_at_once) {
  auto const given = give();
  auto const then = database.clock.now();
  wait(10 * minute_us);
  ASSERT_TRUE(correct(given.card, moved));
  EXPECT_EQ(rows(), 1) << "the wrong facts are erased";
  for (auto const& now : {facts(given.card), facts(given.card, then)}) {
    EXPECT_EQ(now.birth_year, 1986);
    EXPECT_EQ(now.postcode, "99998");
    EXPECT_EQ(now.children, 3);
    EXPECT_EQ(now.life_situation, "student") << "what nobody touched stays";
  }
  EXPECT_EQ(municipality(given.card), "991");
  auto const entry = last_change();
  EXPECT_TRUE(entry.were_wrong);
  EXPECT_EQ(entry.reason, domain::CorrectionReason::typing_error);
  EXPECT_EQ(entry.municipality, "991");
  auto const counts = write([&](ledger::WriteTx& tx) {
    auto const year = civil_of(helsinki_day(tx.now())).year;
    return tables::count_year(tx, year, tx.ledger_end().last_sequence()).cards;
  });
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(std::accumulate(counts[0].registered.begin(), counts[0].registered.end(), 0), 1);
}

TEST_F(CorrectedHolder, keeps_later_its_municipality_and_what_held_before) {
  auto const given = give();
  auto const then = database.clock.now();
  wait(10 * minute_us + 1);
  ASSERT_TRUE(correct(given.card, moved));
  EXPECT_EQ(rows(), 2);
  EXPECT_EQ(facts(given.card).children, 3);
  EXPECT_EQ(facts(given.card, then).children, 2);
  EXPECT_EQ(municipality(given.card), "990");
  EXPECT_FALSE(last_change().were_wrong);
  EXPECT_FALSE(last_change().municipality);
}

TEST_F(CorrectedHolder, erases_all_that_was_wrong_however_often_it_changed) {
  auto const given = give();
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(change_children(tx, given.code, 4, worker));
    return true;
  });
  ASSERT_EQ(rows(), 2);
  ASSERT_TRUE(correct(given.card, moved));
  EXPECT_EQ(rows(), 1);
  ASSERT_TRUE(correct(given.card, {1985, "99999", 2, {}, domain::CorrectionReason::holder_asks}));
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(municipality(given.card), "990");
}

TEST_F(CorrectedHolder, writes_nothing_where_nothing_changes) {
  auto const given = give();
  auto const before = last_sequence();
  ASSERT_TRUE(correct(given.card, {1985, "99999", 2, {}, domain::CorrectionReason::holder_asks}));
  EXPECT_EQ(last_sequence(), before);
}

TEST_F(CorrectedHolder, is_asked_for_the_municipality_where_the_postcode_leaves_a_choice) {
  auto const given = give();
  Correction correction{1985, "99997", 2, "991", domain::CorrectionReason::typing_error};
  ASSERT_TRUE(correct(given.card, correction));
  EXPECT_EQ(municipality(given.card), "991");
  correction.municipality = "990";
  ASSERT_TRUE(correct(given.card, correction)) << "the municipality alone was wrong";
  EXPECT_EQ(municipality(given.card), "990");
  correction.municipality = "205";
  EXPECT_EQ(fault(given.card, correction), "/municipality not_of_postcode");
}

TEST_F(CorrectedHolder, is_judged_like_a_new_one) {
  auto const given = give();
  auto const year = civil_of(helsinki_day(database.clock.now())).year;
  auto correction = moved;
  correction.birth_year = year - 15;
  EXPECT_EQ(fault(given.card, correction), "/birth_year under_age");
  correction = moved;
  correction.postcode = "11111";
  EXPECT_EQ(fault(given.card, correction), "/postcode unknown_postcode");
  wait(hour_us);
  EXPECT_EQ(fault(given.card, correction), "/postcode unknown_postcode");
}

TEST_F(CorrectedHolder, is_one_of_the_own_office_with_a_card_in_use) {
  auto const given = give();
  auto const refused = [&](CardId card, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) {
      return correct_holder(tx, card, moved, caller).error().problem;
    });
  };
  EXPECT_EQ(refused(given.card, other), Problem::forbidden);
  EXPECT_EQ(refused(CardId{5}, worker), Problem::not_found);
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(replace_card(tx, given.code, domain::ReplaceReason::lost, {}, worker));
    return true;
  });
  EXPECT_EQ(refused(given.card, worker), Problem::card_replaced);
}

TEST_F(CorrectedHolder, reaches_the_doors_with_another_number_of_children) {
  auto const given = give();
  write([&](ledger::WriteTx& tx) {
    tables::put_stretched(tx, given.card, Digest{1});
    return true;
  });
  auto const told = last_sequence();
  ASSERT_TRUE(correct(given.card, moved));
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(tables::cards_changed_after(tx, told, tx.now(), 10), std::vector{given.card});
    std::vector<AreaId> const areas;
    tables::RowFrame const frame{areas, Day{0}};
    EXPECT_EQ(tables::snapshot_card(tx, frame, given.card)->row.child_limit, 3);
    return true;
  });
}

}  // namespace
}  // namespace kaiku::use_cases
