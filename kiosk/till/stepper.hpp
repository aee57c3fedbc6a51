// One step of the door's state machine: the model, the moment, and the wishes it gathers. Only the
// files of the model include it.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/till/door_model.hpp"

namespace kaiku::kiosk {

class Stepper {
 public:
  Stepper(DoorModel& model, Moment moment) : model_(model), moment_(moment) {}
  // After the happening: the scans that wait, and a lock that was wished.
  std::vector<Wish> finish();

  void operator()(KeyPress const& press);
  void operator()(TypedCharacter const& typed);
  void operator()(Scanned const& scanned);
  void operator()(UnfinishedScan const& unfinished);
  void operator()(Tick const&);
  void operator()(LookReply const& reply);
  void operator()(GiveReply const& reply);
  void operator()(UsesReply const& reply);
  void operator()(UndoReply const& reply);
  void operator()(NewsReply const& reply);
  void operator()(DoorStanding const& standing) { model_.standing = standing; }
  void operator()(PinChecked const& checked);
  void operator()(PinStored const&);
  void operator()(DiskFailed const& failed);

 private:
  template <class T>
  T* face() {
    return std::get_if<T>(&model_.face);
  }
  template <class F>
  void show(F shown) {
    if constexpr (!std::is_same_v<F, OfferFace>) note_unconfirmed();
    model_.face.template emplace<F>(std::move(shown));
    stay();
  }
  // An offer that closes without a yes was looked at and no more.
  void note_unconfirmed() {
    if (auto const* offer = face<OfferFace>()) {
      model_.looked = LookedAt{offer->card.short_code, moment_.now};
    }
  }
  // The time of the open face begins anew.
  void stay() { model_.face_since_us = moment_.monotonic_us; }
  void idle() {
    forget_typing();
    show(IdleFace{});
  }
  // In place: g++ 12 warns of a moved variant's other members when it optimises.
  template <class W>
  void wish(W wanted) {
    wishes_.emplace_back(std::in_place_type<W>, std::move(wanted));
  }
  // A ticket or an undo is under way: its answer is shown before anything else.
  bool is_giving();
  // As above, or a look-up: a scan waits its turn.
  bool is_busy() { return is_giving() || face<WaitFace>(); }

  // Scans
  void take_burst(std::string const& text, bool ended);
  void take_cards(std::string const& text, bool by_scanner);
  void take_scan(WaitingScan scan);
  bool is_open_card(contract::CardCode code, std::int64_t at_us);
  bool is_asked_already(std::string const& text);
  void scan(WaitingScan const& scanned);
  void next_scan();
  bool holds_the_queue();
  void test_scanner(std::string const& text, ScanPace const& pace);

  // Outcomes
  void give(CardInHand const& card, contract::Tickets const& tickets,
            std::optional<contract::Override> override);
  void look_and_give(CardInHand const& card, std::int64_t read_at_us);
  template <class F>
  void show_outcome(F shown) {
    show(std::move(shown));
    if (model_.click) wish(Click{});
  }
  void show_refusal(CardInHand const& card, Looked const& looked, contract::Tickets const& tickets);
  void show_given(WaitFace const& wait, std::string const& card, Given const& given);
  void show_no_answer(NoAnswer const& none);

  // Keys
  void enter();
  void tab();
  void escape();
  void backspace();
  void move(int by);
  void open_events();
  bool must_choose_event();
  void ask_event();
  void ask_undo();
  void confirm_undo();
  void choose_event();
  void next_language();
  void press_at_status();
  void bring(int contract::Tickets::*who);
  void choose_reason(WarnFace const& warn, std::string_view reason);

  // Characters: commands that change no more than what is shown, or a code
  void type(char32_t character);
  void type_text(std::string const& text);
  void retype();
  void forget_typing() { model_.typing = {}; }
  void become_code();
  // Whether `character` was a command here.
  bool obey(char32_t character);
  bool obey_at_warning(WarnFace& warn, char32_t character);
  void give_to_children(WarnFace const& warn, int children);
  bool obey_at_status(StatusFace& status, char32_t character);
  bool change_offer(OfferFace& offer, char32_t character);
  bool change_more(GivenFace& given, char32_t character);
  bool take_typed_code();

  // PIN and lock
  bool takes_pin() { return face<PinFace>() || face<LockedFace>(); }
  void wish_lock();
  void tell_no_pin();
  void lock();
  void unlock();
  void type_pin(char32_t character);
  void enter_pin();
  void enter_new_pin(PinFace& pin);
  void count_wrong_pin();
  bool waits_for_pin() const { return moment_.monotonic_us < model_.pin_wait_until_us; }

  DoorModel& model_;
  Moment moment_;
  std::vector<Wish> wishes_;
};

bool is_digit(char32_t character);
char32_t upper(char32_t character);

}  // namespace kaiku::kiosk
