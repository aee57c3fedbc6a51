#include "kiosk/till/door_model.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/till/stepper.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/contract/undo.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::kiosk {

namespace {

using contract::Answer;

constexpr contract::Tickets one_adult{.adult = 1};

CannotKnow reason_of(NoAnswer::Why why) {
  switch (why) {
    case NoAnswer::Why::no_data: return CannotKnow::no_data;
    case NoAnswer::Why::too_many_tries: return CannotKnow::too_many_tries;
    case NoAnswer::Why::not_accepted: return CannotKnow::not_accepted;
  }
  return CannotKnow::no_data;
}

std::int64_t shown_us(Face const& face) {
  return std::holds_alternative<StatusFace>(face) ? status_shown_us : face_shown_us;
}

contract::Tickets offered_by(contract::CheckReply const& reply) {
  return reply.reserved ? contract::offered(reply.tickets_allowed, *reply.reserved) : one_adult;
}

// Never in a text that our scanners may send; a scanner of another layout sends them.
bool is_foreign(char c) {
  return !ascii::is_letter(c) && !ascii::is_digit(c) && c != '-' && c != ' ';
}

}  // namespace

std::span<std::string_view const> override_reasons(Answer answer) {
  static constexpr std::array<std::string_view, 4> of_people{"left_and_returned", "scanned_twice",
                                                             "other_person", "known_here"};
  static constexpr std::array<std::string_view, 1> of_data{"network_down"};
  if (answer == Answer::stale_snapshot) return of_data;
  return of_people;
}

bool is_digit(char32_t character) {
  return character < 0x80 && ascii::is_digit(static_cast<char>(character));
}

char32_t upper(char32_t character) {
  if (character >= 0x80) return character;
  return static_cast<char32_t>(ascii::upper(static_cast<char>(character)));
}

bool Stepper::is_giving() {
  auto const* wait = face<WaitFace>();
  auto const* undo = face<UndoFace>();
  return (wait && wait->giving) || (undo && undo->step == UndoFace::Step::under_way);
}

// --- scans ---------------------------------------------------------------------------------------

// No scan is ever a PIN: a QR can hold digits too.
void Stepper::operator()(Scanned const& scanned) {
  if (auto* locked = face<LockedFace>()) {
    locked->scanned = true;
    stay();
  } else if (auto* status = face<StatusFace>(); status && status->testing) {
    test_scanner(status->typed + scanned.text, scanned.pace);
  } else {
    take_burst(scanned.text, true);
  }
}

void Stepper::operator()(UnfinishedScan const& unfinished) {
  if (auto* locked = face<LockedFace>()) {
    locked->scanned = true;
    stay();
  } else if (auto* status = face<StatusFace>(); status && status->testing) {
    status->typed += unfinished.text;
    stay();
  } else {
    take_burst(unfinished.text, false);
  }
}

void Stepper::take_scan(WaitingScan scan) {
  if (is_busy() && is_asked_already(scan.text)) return;
  if (model_.waiting.empty()) model_.scans_overflowed = false;
  if (model_.waiting.size() >= most_waiting_scans) {
    model_.scans_overflowed = true;
    return;
  }
  model_.waiting.push_back(std::move(scan));
  if (!is_busy()) next_scan();  // whatever is open: a scan means "next"
}

// A scanner that reads one card twice while it is looked up asks one question.
bool Stepper::is_asked_already(std::string const& text) {
  auto const* wait = face<WaitFace>();
  if (!wait || wait->giving || !model_.waiting.empty()) return false;
  auto const input = contract::parse_card_input(text);
  auto const asked = contract::parse_card_input(wait->card.card);
  return input && asked && code_of(*input) == code_of(*asked);
}

void Stepper::next_scan() {
  auto const next = std::move(model_.waiting.front());
  model_.waiting.pop_front();
  scan(next);
}

void Stepper::scan(WaitingScan const& scanned) {
  if (must_choose_event()) {
    model_.waiting.push_front(scanned);
    return open_events();
  }
  auto const input = contract::parse_card_input(scanned.text);
  if (!input) {
    forget_typing();
    show_outcome(NotNowFace{Answer::unreadable, {}, scanned.by_scanner});
    return;
  }
  auto const code = code_of(*input);
  if (is_open_card(code, scanned.at_us)) return;
  bool const again =
      model_.fast && model_.scans.repeated(code, model_.event, one_adult, scanned.at_us);
  if (again) return;
  bool const typed = std::holds_alternative<contract::CardCode>(*input);
  CardInHand card{scanned.text, code.short_form(), typed};
  if (model_.fast) {
    look_and_give(card, scanned.at_us);
    return;
  }
  forget_typing();
  WaitFace wait;
  wait.ticket = ++model_.last_ticket;
  wait.card = std::move(card);
  wait.tickets = one_adult;
  wait.read_at_us = scanned.at_us;
  wish(LookUp{wait.ticket, scanned.text, model_.event});
  show(std::move(wait));
}

// A phone that lies under the reader leaves what was chosen for its card.
bool Stepper::is_open_card(contract::CardCode code, std::int64_t at_us) {
  auto* offer = face<OfferFace>();
  if (!offer) return false;
  auto const open = contract::parse_card_input(offer->card.card);
  bool const is_it = open && code_of(*open) == code && at_us - offer->read_at_us < same_scan_us;
  if (is_it) offer->read_at_us = at_us;
  return is_it;
}

// While somebody reads or chooses, the cards behind wait. In fast mode nobody has to act, so what
// was not given is shown for a moment and the queue goes on.
bool Stepper::holds_the_queue() {
  auto const* none = face<NoAnswerFace>();
  auto const* undo = face<UndoFace>();
  if (none && none->why == CannotKnow::disk_failed) return true;
  if (face<NotNowFace>() || face<WarnFace>() || none ||
      (undo && undo->step == UndoFace::Step::done)) {
    bool const was_seen = moment_.monotonic_us - model_.face_since_us >= outcome_least_us;
    return !model_.fast || !was_seen;
  }
  auto const* given = face<GivenFace>();
  if (given && given->more.total() > 0) return true;
  return face<OfferFace>() || face<EventsFace>() || face<StatusFace>() || face<QuitFace>() ||
         takes_pin();
}

void Stepper::test_scanner(std::string const& text, ScanPace const& pace) {
  ScannerTest test;
  test.length = text.size();
  test.pace = pace;
  test.foreign_characters = std::any_of(text.begin(), text.end(), is_foreign);
  if (auto const input = contract::parse_card_input(text)) {
    bool const typed = std::holds_alternative<contract::CardCode>(*input);
    test.kind = typed ? ScannerTest::Kind::code : ScannerTest::Kind::token;
    test.last_three = code_of(*input).short_form();
  }
  StatusFace status = *face<StatusFace>();
  status.testing = false;
  status.typed.clear();
  status.tested = std::move(test);
  show(std::move(status));
}

// --- outcomes ------------------------------------------------------------------------------------

void Stepper::look_and_give(CardInHand const& card, std::int64_t read_at_us) {
  give(card, one_adult, std::nullopt);
  std::get<Give>(wishes_.back()).look_first = true;
  face<WaitFace>()->read_at_us = read_at_us;
}

void Stepper::give(CardInHand const& card, contract::Tickets const& tickets,
                   std::optional<contract::Override> override) {
  WaitFace wait;
  wait.ticket = ++model_.last_ticket;
  wait.card = card;
  wait.giving = true;
  wait.tickets = tickets;
  wait.read_at_us = moment_.monotonic_us;
  forget_typing();
  model_.face.emplace<IdleFace>();  // the offer was confirmed
  Ask ask;
  ask.card = card.card;
  ask.event = model_.event;
  ask.tickets = tickets;
  ask.override = std::move(override);
  wish(Give{wait.ticket, std::move(ask), false});
  show(std::move(wait));
}

void Stepper::show_refusal(CardInHand const& card, Looked const& looked,
                           contract::Tickets const& tickets) {
  auto const& reply = looked.reply;
  if (reply.may_override && contract::is_overridable(reply.answer)) {
    WarnFace warn;
    warn.card = card;
    warn.reply = reply;
    warn.tickets = tickets;
    warn.age = looked.age;
    show_outcome(std::move(warn));
  } else if (reply.answer == Answer::stale_snapshot) {
    show_outcome(NoAnswerFace{CannotKnow::data_too_old, std::nullopt});
  } else if (reply.answer == Answer::unknown_card && looked.offline) {
    auto const why = card.typed ? CannotKnow::typed_not_in_data : CannotKnow::card_not_in_data;
    show_outcome(NoAnswerFace{why, std::nullopt});
  } else {
    show_outcome(NotNowFace{reply.answer, {reply.quota_left, reply.children_max}, false});
  }
}

void Stepper::show_no_answer(NoAnswer const& none) {
  show_outcome(NoAnswerFace{reason_of(none.why), none.retry_after_s});
}

void Stepper::operator()(LookReply const& reply) {
  auto const* waiting = face<WaitFace>();
  if (!waiting || waiting->ticket != reply.ticket) return;
  auto const card = waiting->card;
  auto const read_at_us = waiting->read_at_us;
  if (auto const* none = std::get_if<NoAnswer>(&reply.result)) {
    show_no_answer(*none);
  } else if (auto const& looked = std::get<Looked>(reply.result);
             !contract::gives(looked.reply.answer)) {
    show_refusal(card, looked, one_adult);
  } else {
    OfferFace offer;
    offer.card = card;
    offer.reply = looked.reply;
    offer.chosen = offered_by(looked.reply);
    offer.age = looked.age;
    offer.read_at_us = read_at_us;
    show_outcome(std::move(offer));
  }
  retype();
}

void Stepper::operator()(GiveReply const& reply) {
  auto const* waiting = face<WaitFace>();
  if (!waiting || waiting->ticket != reply.ticket) return;
  auto const wait = *waiting;
  if (auto const* given = std::get_if<Given>(&reply.result)) {
    show_given(wait, reply.card, *given);
  } else if (auto const* refused = std::get_if<NotGiven>(&reply.result)) {
    show_refusal(wait.card, {refused->reply, refused->offline, refused->age}, wait.tickets);
  } else {
    show_no_answer(std::get<NoAnswer>(reply.result));
  }
  retype();
}

void Stepper::show_given(WaitFace const& wait, std::string const& card, Given const& given) {
  bool const admission = model_.kind() == contract::UseKind::admission;
  GivenFace shown;
  shown.card = wait.card;
  shown.tickets = given.tickets;
  shown.children_max = given.children_max;
  if (given.allowed) shown.allowed = *given.allowed;
  shown.may_add = model_.fast && admission && given.tickets.adult > 0;
  shown.new_card = given.answer == Answer::ok_offline;
  shown.age = given.age;
  model_.uses.push_front({given.tickets, wait.card.short_code, moment_.now, given.attempt});
  if (model_.uses.size() > most_uses_to_undo) model_.uses.pop_back();
  model_.looked.reset();
  model_.disk_failed = false;
  if (auto const input = contract::parse_card_input(card)) {
    // Adding children to a card does not make its next read another scan.
    model_.scans.gave(code_of(*input), model_.event, one_adult, wait.read_at_us);
  }
  show_outcome(std::move(shown));
  // The numbers on the idle screen follow at once.
  if (model_.waiting.empty()) model_.next_news_us = moment_.monotonic_us;
}

void Stepper::operator()(UsesReply const& reply) {
  if (is_busy()) return;
  UndoFace undo;
  undo.step = UndoFace::Step::choose;
  for (auto const& use : reply.uses) {
    auto const known = std::ranges::find(model_.uses, use.attempt, &LatestUse::attempt);
    auto const short_code = known == model_.uses.end() ? std::string() : known->short_code;
    undo.uses.push_back({use.tickets, short_code, use.at, use.attempt});
  }
  if (undo.uses.empty()) undo.step = UndoFace::Step::done;
  show(std::move(undo));
}

void Stepper::operator()(UndoReply const& reply) {
  std::erase_if(model_.uses, [&](LatestUse const& use) { return use.attempt == reply.attempt; });
  if (reply.result.kind == UndoResult::Kind::undone) {
    model_.scans.forget();
    model_.next_news_us = moment_.monotonic_us;
  }
  auto const* open = face<UndoFace>();
  if (!open) return;
  auto undo = *open;
  undo.step = UndoFace::Step::done;
  undo.result = reply.result;
  show_outcome(std::move(undo));
}

void Stepper::operator()(NewsReply const& reply) {
  model_.news_under_way = false;
  model_.news = reply.news;
  if (model_.event && !model_.chosen_event()) model_.event.reset();
  if (auto* events = face<EventsFace>()) {
    events->selected = std::min(events->selected, model_.news.events.size());
  }
}

void Stepper::operator()(DiskFailed const& failed) {
  using Of = DiskFailed::Of;
  model_.disk_failed = true;
  model_.news_under_way = false;
  auto const* wait = face<WaitFace>();
  auto const* undo = face<UndoFace>();
  bool const of_card = failed.of == Of::card && wait && wait->ticket == failed.ticket;
  bool const of_undo = failed.of == Of::undo && undo && undo->step == UndoFace::Step::under_way;
  if (of_card || of_undo) {
    show_outcome(NoAnswerFace{CannotKnow::disk_failed, std::nullopt});
  } else if (auto* pin = face<PinFace>(); failed.of == Of::pin && pin) {
    pin->busy = false;
    pin->step = PinFace::Step::first;
    pin->fault = PinFace::Fault::disk;
  } else if (auto* locked = face<LockedFace>(); failed.of == Of::pin && locked) {
    locked->busy = false;
  }
}

// --- time ----------------------------------------------------------------------------------------

void Stepper::operator()(Tick const&) {
  auto const now_us = moment_.monotonic_us;
  bool const is_over = now_us - model_.face_since_us >= shown_us(model_.face);
  if (auto* locked = face<LockedFace>()) {
    if (is_over && !locked->busy) *locked = LockedFace{};
  } else if (is_over && !is_busy() && !(face<IdleFace>() && model_.typing.text.empty())) {
    idle();
  }
  model_.scans.forget_ended(now_us);
  std::erase_if(model_.uses, [&](LatestUse const& use) {
    return !contract::may_be_undone(use.at, moment_.now);
  });
  if (model_.looked && !contract::may_be_undone(model_.looked->at, moment_.now)) {
    model_.looked.reset();
  }
  if (now_us >= model_.next_news_us && !model_.news_under_way) {
    model_.next_news_us = now_us + news_every_us;
    model_.news_under_way = true;
    wish(FetchNews{});
  }
}

std::vector<Wish> Stepper::finish() {
  auto const may_lock = [&] {
    return model_.lock_wanted && !is_busy() && (!model_.fast || model_.waiting.empty());
  };
  if (may_lock()) lock();
  while (!model_.waiting.empty() && !is_busy() && !holds_the_queue()) next_scan();
  if (may_lock()) lock();
  ask_event();
  return std::move(wishes_);
}

DoorEvent const* DoorModel::chosen_event() const {
  for (auto const& candidate : news.events) {
    if (event == candidate.id) return &candidate;
  }
  return nullptr;
}

bool DoorModel::holds_card() const {
  bool const is_shown = std::visit(
      [](auto const& shown) {
        if constexpr (requires { shown.card.card; }) return !shown.card.card.empty();
        return false;
      },
      face);
  return is_shown || !typing.text.empty() || !waiting.empty();
}

contract::UseKind DoorModel::kind() const {
  auto const* chosen = chosen_event();
  return chosen ? chosen->kind : contract::UseKind::admission;
}

std::vector<Wish> step(DoorModel& model, Happening const& happening, Moment moment) {
  Stepper stepper(model, moment);
  std::visit(stepper, happening);
  return stepper.finish();
}

}  // namespace kaiku::kiosk
