// The PIN's keeping, and the lock that asks for it.
#include "kiosk/till/pin.hpp"

#include "tests/unit/kiosk/door_model_fixture.hpp"

namespace kaiku::kiosk {
namespace {

TEST(Pin, is_four_to_eight_digits) {
  for (auto const* good : {"1234", "00000000"}) EXPECT_TRUE(is_pin(good)) << good;
  for (auto const* bad : {"", "123", "123456789", "12a4", "12 4", "½½½½"}) {
    EXPECT_FALSE(is_pin(bad)) << bad;
  }
}

TEST(Pin, fits_its_own_record_alone) {
  SeededRandom random(1);
  auto const record = make_pin_record("1234", random);
  EXPECT_TRUE(pin_fits(record, "1234"));
  EXPECT_FALSE(pin_fits(record, "1235"));
  EXPECT_FALSE(pin_fits(record, ""));
}

TEST(Pin, is_stored_stretched_and_salted) {
  SeededRandom random(1);
  auto const first = make_pin_record("1234", random);
  EXPECT_EQ(first.find("1234$"), std::string::npos);
  EXPECT_NE(first, make_pin_record("1234", random));
  EXPECT_TRUE(first.starts_with("pbkdf2-sha256$100000$")) << first;
}

TEST(Pin, a_damaged_record_lets_nobody_in) {
  SeededRandom random(1);
  auto const record = make_pin_record("1234", random);
  EXPECT_FALSE(pin_fits("", ""));
  EXPECT_FALSE(pin_fits("pbkdf2-sha256$", "1234"));
  EXPECT_FALSE(pin_fits("pbkdf2-sha256$0$00$", "1234"));
  EXPECT_FALSE(pin_fits("pbkdf2-sha256$999999999999$00$00", "1234"));
  for (std::size_t cut = 0; cut < record.size(); cut += 7) {
    EXPECT_FALSE(pin_fits(record.substr(0, cut), "1234")) << cut;
  }
}

TEST(Pin, the_delay_grows_after_five_and_has_an_end) {
  EXPECT_EQ(pin_delay_us(free_pin_tries - 1), 0);
  EXPECT_EQ(pin_delay_us(free_pin_tries), 2 * second_us);
  EXPECT_EQ(pin_delay_us(free_pin_tries + 1), 4 * second_us);
  EXPECT_EQ(pin_delay_us(free_pin_tries + 4), 30 * second_us);
  EXPECT_EQ(pin_delay_us(1'000'000), 30 * second_us);
}

class Lock : public DoorModelTest {
 protected:
  void lock() {
    model.has_pin = true;
    EXPECT_EQ(remembered(press(Key::f10), "locked"), "1");
    ASSERT_TRUE(face<LockedFace>());
  }
  // K5's P, with the present PIN.
  void change() {
    model.has_pin = true;
    press(Key::f5);
    type(U'P');
    press(Key::enter);
    enter("0000");
    happen(PinChecked{true});
  }
  // Types a PIN and Enter; the wishes of the Enter.
  std::vector<Wish> enter(std::string const& pin) {
    type_all(pin);
    return press(Key::enter);
  }
  std::vector<Wish> wrong() {
    EXPECT_TRUE(find<CheckPin>(enter("9999")));
    return happen(PinChecked{false});
  }
};

TEST_F(Lock, a_passer_by_sets_no_pin_and_locks_nobody_out) {
  for (auto const by : {Key::f10, Key::f5}) {
    press(by);
    if (by == Key::f5) type(U'P'), press(Key::enter);
    EXPECT_FALSE(face<PinFace>());
    EXPECT_FALSE(find<StorePin>(enter("1234")));
    EXPECT_FALSE(find<StorePin>(enter("1234")));
    EXPECT_FALSE(face<LockedFace>());
    press(Key::escape);
  }
}

TEST_F(Lock, starts_again_when_the_two_differ_and_refuses_a_short_one) {
  change();
  enter("123");
  EXPECT_EQ(face<PinFace>()->fault, PinFace::Fault::not_a_pin);
  enter("1234");
  EXPECT_FALSE(find<StorePin>(enter("1235")));
  EXPECT_EQ(face<PinFace>()->fault, PinFace::Fault::differs);
  EXPECT_EQ(face<PinFace>()->step, PinFace::Step::first);
  press(Key::escape);
  EXPECT_TRUE(face<StatusFace>());
}

TEST_F(Lock, opens_with_the_pin) {
  lock();
  auto const wishes = enter("1234");
  ASSERT_TRUE(find<CheckPin>(wishes));
  EXPECT_EQ(find<CheckPin>(wishes)->pin, "1234");
  EXPECT_EQ(remembered(happen(PinChecked{true}), "locked"), "0");
  EXPECT_TRUE(face<IdleFace>());
}

TEST_F(Lock, takes_no_scan_and_no_key_but_the_pins) {
  lock();
  EXPECT_TRUE(happen(Scanned{some_code()}).empty());
  EXPECT_TRUE(happen(UnfinishedScan{some_token()}).empty());
  EXPECT_TRUE(face<LockedFace>()->scanned);
  for (auto const key : {Key::f2, Key::f3, Key::f4, Key::f5, Key::f10, Key::escape}) press(key);
  ASSERT_TRUE(face<LockedFace>());
  EXPECT_EQ(face<LockedFace>()->typed, "");
  EXPECT_TRUE(model.waiting.empty());
}

TEST_F(Lock, no_scan_and_no_typed_code_is_a_pin) {
  lock();
  for (auto const* digits : {"1234", "12345678"}) {
    EXPECT_TRUE(happen(Scanned{digits}).empty()) << digits;
    EXPECT_TRUE(face<LockedFace>()->scanned);
  }
  for (auto const* code : {"1234-567", "12A4", "123456789012"}) {
    EXPECT_TRUE(enter(code).empty()) << code;
    EXPECT_TRUE(face<LockedFace>()->scanned) << code;
  }
  EXPECT_EQ(model.pin_failures, 0) << "a code is no wrong PIN";
}

TEST_F(Lock, waits_longer_after_each_wrong_pin_beyond_five) {
  lock();
  for (int tries = 1; tries < free_pin_tries; ++tries) {
    EXPECT_EQ(remembered(wrong(), "pin_failures"), std::to_string(tries));
  }
  wrong();
  EXPECT_FALSE(find<CheckPin>(enter("1234")));
  pass(2 * second_us - 1);
  EXPECT_FALSE(find<CheckPin>(enter("1234")));
  pass(1);
  EXPECT_TRUE(find<CheckPin>(enter("1234")));
  EXPECT_EQ(remembered(happen(PinChecked{true}), "pin_failures"), "0");
  EXPECT_EQ(model.pin_failures, 0);
}

TEST_F(Lock, is_still_locked_and_still_waits_after_a_restart) {
  model.has_pin = true;
  start_locked(model, free_pin_tries, now_us);
  EXPECT_FALSE(find<CheckPin>(enter("1234")));
  pass(pin_delay_us(free_pin_tries));
  EXPECT_TRUE(find<CheckPin>(enter("1234")));
}

TEST_F(Lock, stays_for_as_long_as_nobody_opens_it) {
  lock();
  type_all("12");
  pass(face_shown_us);
  ASSERT_TRUE(face<LockedFace>());
  EXPECT_EQ(face<LockedFace>()->typed, "") << "a half-typed PIN is gone";
}

TEST_F(Lock, waits_for_the_card_under_way_and_for_those_behind_it_in_fast_mode) {
  model.has_pin = true;
  model.fast = true;
  auto const first = happen(Scanned{some_code(1)});
  happen(Scanned{some_code(2)});
  press(Key::f10);
  EXPECT_TRUE(face<WaitFace>());
  auto const second = gave(std::get<Give>(first.at(0)));
  ASSERT_TRUE(find<Give>(second));
  gave(*find<Give>(second));
  EXPECT_TRUE(face<LockedFace>());
}

TEST_F(Lock, tells_that_waiting_cards_were_not_read_when_it_looks_first) {
  model.has_pin = true;
  auto const ticket = scan_and_look(some_code(1));
  happen(Scanned{some_code(2)});
  answer(ticket, reply(contract::Answer::ok));
  press(Key::f10);
  ASSERT_TRUE(face<LockedFace>());
  EXPECT_TRUE(face<LockedFace>()->scanned);
  EXPECT_TRUE(model.waiting.empty());
}

TEST_F(Lock, changes_the_pin_only_with_the_present_one) {
  model.has_pin = true;
  press(Key::f5);
  type(U'p');
  press(Key::enter);
  ASSERT_TRUE(face<PinFace>());
  EXPECT_TRUE(find<CheckPin>(enter("1111")));
  happen(PinChecked{false});
  EXPECT_EQ(face<PinFace>()->fault, PinFace::Fault::wrong);
  enter("1234");
  happen(PinChecked{true});
  enter("5678");
  EXPECT_TRUE(find<StorePin>(enter("5678")));
  happen(PinStored{});
  ASSERT_TRUE(face<StatusFace>());
  EXPECT_TRUE(face<StatusFace>()->pin_changed);
}

TEST_F(Lock, a_pin_that_the_disk_did_not_take_is_told) {
  change();
  enter("1234");
  enter("1234");
  happen(DiskFailed{DiskFailed::Of::pin, 0});
  ASSERT_TRUE(face<PinFace>());
  EXPECT_EQ(face<PinFace>()->fault, PinFace::Fault::disk);
}

}  // namespace
}  // namespace kaiku::kiosk
