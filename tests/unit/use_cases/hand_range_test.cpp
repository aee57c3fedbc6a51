#include "server/use_cases/hand_range.hpp"

#include "server/use_cases/print_sheet.hpp"
#include "server/use_cases/undo_registration.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

struct HandRange : test::OfficeAtWork {
  HandRange() {
    owner.role = domain::Role::admin;
    write([this](ledger::WriteTx& tx) {
      auto drawn = draw_batch(tx.keys(), tx.random(), batch, AreaId{"KEHA"}, 10, tx.now());
      cards = test::must(stock_cards(tx, std::move(drawn), std::nullopt, owner)).cards;
      return true;
    });
  }
  Result<void> hand(std::int64_t from, std::int64_t to, OfficeId to_office) {
    return write([&](ledger::WriteTx& tx) {
      return hand_range(tx, batch, {from, to}, to_office, owner);
    });
  }
  std::optional<RangeFault> fault_of(std::int64_t from, std::int64_t to) {
    return write([&](ledger::WriteTx& tx) {
      return judge_free_range(tx, tables::find_batch(tx, batch).value(), {from, to}).fault;
    });
  }
  std::optional<OfficeId> office_of(std::size_t position) {
    return write([&](ledger::WriteTx& tx) {
      return tables::find_card(tx, cards[position - 1].code).value().card.office;
    });
  }
  std::optional<Range> first_free() {
    return write([&](ledger::WriteTx& tx) {
      return first_free_range(tx, tables::find_batch(tx, batch).value());
    });
  }
  CardId give_at(std::size_t position) {
    return write([&](ledger::WriteTx& tx) {
      RegisterCard request;
      request.card = cards[position - 1].code;
      request.holder = {1985, "99999", 0, "", "", ""};
      return test::must(register_card(tx, request, worker)).card;
    });
  }
  std::vector<std::string> texts(std::int64_t from, std::int64_t to) {
    return write([&](ledger::WriteTx& tx) {
      return qr_texts_of(tx.keys(), batch, AreaId{"KEHA"},
                         tables::stock_between(tx, batch, from, to));
    });
  }

  BatchId batch{2};
  domain::Caller owner;
  std::vector<StockCard> cards;
};

TEST_F(HandRange, gives_an_office_the_cards_and_what_is_left_of_them) {
  ASSERT_TRUE(hand(3, 6, office));
  EXPECT_EQ(office_of(2), std::nullopt);
  EXPECT_EQ(office_of(3), office);
  EXPECT_EQ(office_of(6), office);
  EXPECT_EQ(office_of(7), std::nullopt);
  give_at(4);
  write([this](ledger::WriteTx& tx) {
    auto const ranges = tables::ranges_of(tx, batch);
    EXPECT_EQ(ranges.size(), 1U);
    EXPECT_EQ(ranges.front().from, 3);
    EXPECT_EQ(ranges.front().to, 6);
    EXPECT_EQ(ranges.front().in_stock, 3);
    EXPECT_EQ(tables::given_between(tx, batch, 1, 10), 1);
    EXPECT_EQ(tables::in_stock_at(tx, office), 3 + 3) << "and a batch that was made for it";
    return true;
  });
}

TEST_F(HandRange, keeps_ranges_apart) {
  ASSERT_TRUE(hand(3, 6, office));
  EXPECT_EQ(fault_of(5, 4), RangeFault::order);
  EXPECT_EQ(fault_of(0, 4), RangeFault::outside);
  EXPECT_EQ(fault_of(7, 11), RangeFault::outside);
  EXPECT_EQ(fault_of(1, 3), RangeFault::taken);
  EXPECT_EQ(fault_of(4, 5), RangeFault::taken);
  EXPECT_EQ(fault_of(6, 10), RangeFault::taken);
  EXPECT_EQ(fault_of(7, 10), std::nullopt);
  auto const before = last_sequence();
  EXPECT_FALSE(hand(6, 7, *other.office));
  EXPECT_EQ(hand(7, 8, OfficeId{999'999}).error().fields.at(0).pointer, "/office_id");
  EXPECT_EQ(last_sequence(), before);
}

TEST_F(HandRange, offers_the_first_positions_that_nobody_has) {
  auto const is = [&](std::int64_t from, std::int64_t to) {
    auto const free = first_free();
    return free && free->from == from && free->to == to;
  };
  EXPECT_TRUE(is(1, 10));
  ASSERT_TRUE(hand(1, 4, office));
  EXPECT_TRUE(is(5, 10));
  ASSERT_TRUE(hand(8, 10, office));
  EXPECT_TRUE(is(5, 7));
  ASSERT_TRUE(hand(5, 7, office));
  EXPECT_FALSE(first_free());
}

TEST_F(HandRange, has_nothing_to_hand_over_once_the_cards_are_void) {
  write([this](ledger::WriteTx& tx) {
    EXPECT_EQ(void_stock(tx, batch, 1, 5, owner, domain::VoidReason::misprint).value(), 5);
    return true;
  });
  EXPECT_EQ(fault_of(2, 4), RangeFault::none_in_stock);
  EXPECT_EQ(fault_of(2, 6), std::nullopt);
}

TEST_F(HandRange, a_card_whose_registration_is_undone_is_its_ranges_again) {
  auto const card = give_at(8);
  ASSERT_TRUE(hand(7, 10, *other.office));
  EXPECT_EQ(office_of(8), office) << "given by somebody else already";
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(undo_registration(tx, card, worker));
    return true;
  });
  EXPECT_EQ(office_of(8), *other.office);
}

TEST_F(HandRange, prints_the_same_texts_as_were_made_with_the_batch) {
  wait(hour_us);
  give_at(2);
  EXPECT_EQ(texts(1, 4),
            (std::vector<std::string>{cards[0].token, cards[2].token, cards[3].token}));
}

TEST_F(HandRange, prints_the_same_texts_when_the_batch_waited_for_the_writer) {
  auto const late = BatchId{3};
  write([&](ledger::WriteTx& tx) {
    auto const signed_at = tx.now() + -7 * second_us;
    auto drawn = draw_batch(tx.keys(), tx.random(), late, AreaId{"KEHA"}, 2, signed_at);
    cards = test::must(stock_cards(tx, std::move(drawn), std::nullopt, owner)).cards;
    return true;
  });
  batch = late;
  EXPECT_EQ(texts(1, 2), (std::vector<std::string>{cards[0].token, cards[1].token}));
}

TEST_F(HandRange, a_printed_sheet_is_an_entry_that_names_no_card) {
  write([this](ledger::WriteTx& tx) {
    EXPECT_TRUE(note_sheet_printed(tx, batch, {2, 5}, domain::PrintedAs::stickers, owner));
    EXPECT_FALSE(note_sheet_printed(tx, batch, {2, 11}, domain::PrintedAs::stickers, owner));
    return true;
  });
  EXPECT_EQ(count("SELECT COUNT(*) FROM ledger JOIN ledger_private USING (seq) WHERE seq = " +
                  std::to_string(last_sequence())),
            0);
}

}  // namespace
}  // namespace kaiku::use_cases
