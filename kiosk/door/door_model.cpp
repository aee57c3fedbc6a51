#include "kiosk/door/door_model.hpp"

#include <algorithm>
#include <utility>

#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

namespace {

using contract::Answer;
using Wishes = std::vector<Wish>;

bool gives(Answer answer) { return answer == Answer::ok || answer == Answer::ok_offline; }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

char32_t upper(char32_t c) { return c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c; }

// One step of the machine: the model, the moment, and the wishes it gathers.
class Stepper {
 public:
  Stepper(DoorModel& model, Moment moment) : model_(model), moment_(moment) {}
  Wishes take() { return std::move(wishes_); }

  void operator()(KeyPress const& press);
  void operator()(TypedCharacter const& typed);
  void operator()(Scanned const& scanned) { scan(scanned.text); }
  void operator()(Tick const&);
  void operator()(LookReply const& reply);
  void operator()(GiveReply const& reply);
  void operator()(UndoReply const& reply);
  void operator()(NewsReply const& reply);
  void operator()(DoorStanding const& standing);
  void operator()(DiskFailed const&);

 private:
  template <class T>
  T* face() {
    return std::get_if<T>(&model_.face);
  }
  void show(Face face) {
    model_.face = std::move(face);
    model_.face_since_us = moment_.monotonic_us;
  }
  void idle() { show(IdleFace{}); }
  bool is_giving() {
    auto const* wait = face<WaitFace>();
    return (wait && wait->giving) || (face<UndoFace>() && !face<UndoFace>()->result);
  }
  void scan(std::string const& text);
  void give(CardInHand const& card, contract::Tickets const& tickets,
            std::optional<contract::Override> override, bool look_first);
  void enter();
  void escape();
  void move(int by);
  void choose_event();
  void add_children(GivenFace const& given, int children);
  void choose_reason(WarnFace const& warn, std::size_t reason);
  void change_offer(OfferFace& offer, char32_t character);
  void type(char32_t character);
  void next_language();
  void show_refusal(CardInHand const& card, contract::CheckReply const& reply,
                    contract::Tickets const& tickets);
  void show_given(WaitFace const& wait, std::string const& card, Given const& given);
  void after_giving();

  DoorModel& model_;
  Moment moment_;
  Wishes wishes_;
};

void Stepper::scan(std::string const& text) {
  if (is_giving()) {
    // The ticket under way is shown first; the next card waits its turn.
    model_.held_scan = text;
    return;
  }
  auto const input = contract::parse_card_input(text);
  if (!input) {
    show(NotNowFace{Answer::unreadable, std::nullopt});
    return;
  }
  auto const code = code_of(*input);
  contract::Tickets const one{.adult = 1};
  if (model_.fast && face<GivenFace>() &&
      model_.scans.is_repeat(code, model_.event, one, moment_.monotonic_us)) {
    return;
  }
  CardInHand const card{text, code.short_form()};
  if (model_.fast) {
    give(card, one, std::nullopt, true);
    return;
  }
  auto const ticket = ++model_.last_ticket;
  show(WaitFace{ticket, card, false, one});
  wishes_.push_back(LookUp{ticket, text, model_.event});
}

void Stepper::give(CardInHand const& card, contract::Tickets const& tickets,
                   std::optional<contract::Override> override, bool look_first) {
  auto const ticket = ++model_.last_ticket;
  Ask ask;
  ask.card = card.card;
  ask.event = model_.event;
  ask.tickets = tickets;
  ask.override = std::move(override);
  show(WaitFace{ticket, card, true, tickets});
  wishes_.push_back(Give{ticket, std::move(ask), look_first});
}

void Stepper::operator()(KeyPress const& press) {
  if (is_giving() && press.key != Key::f8) return;
  switch (press.key) {
    case Key::enter: return enter();
    case Key::escape: return escape();
    case Key::backspace:
      if (auto* typing = face<IdleFace>(); typing && !typing->typed.empty()) {
        typing->typed.pop_back();
      }
      return;
    case Key::up: return move(-1);
    case Key::down: return move(1);
    case Key::f2: {
      auto const& events = model_.news.events;
      auto const at = std::find_if(events.begin(), events.end(),
                                   [&](auto const& event) { return model_.event == event.id; });
      auto const index = static_cast<std::size_t>(at - events.begin()) + 1;
      return show(EventsFace{at == events.end() ? 0 : index});
    }
    case Key::f3: return idle();
    case Key::f4:
      show(UndoFace{});
      wishes_.push_back(UndoLatest{});
      return;
    case Key::f5: return show(StatusFace{});
    case Key::f8: return next_language();
    case Key::f10: return show(QuitFace{});
  }
}

void Stepper::enter() {
  if (auto const* typing = face<IdleFace>()) {
    auto const typed = typing->typed;
    if (!typed.empty()) {
      idle();
      scan(typed);
    }
  } else if (auto const* offer = face<OfferFace>()) {
    auto const chosen = *offer;
    give(chosen.card, chosen.chosen, chosen.override, false);
  } else if (face<EventsFace>()) {
    choose_event();
  } else if (face<QuitFace>()) {
    wishes_.push_back(Quit{});
  } else if (!face<WaitFace>()) {
    idle();
  }
}

void Stepper::escape() {
  if (auto* warn = face<WarnFace>(); warn && warn->choosing) {
    warn->choosing = false;
    return;
  }
  idle();
}

void Stepper::move(int by) {
  if (auto* events = face<EventsFace>()) {
    auto const count = static_cast<int>(model_.news.events.size()) + 1;
    events->selected =
        static_cast<std::size_t>((static_cast<int>(events->selected) + by + count) % count);
    model_.face_since_us = moment_.monotonic_us;
  } else if (auto* offer = face<OfferFace>()) {
    change_offer(*offer, by < 0 ? U'+' : U'-');
  }
}

void Stepper::choose_event() {
  auto const selected = face<EventsFace>()->selected;
  model_.event.reset();
  if (selected > 0 && selected <= model_.news.events.size()) {
    model_.event = model_.news.events[selected - 1].id;
  }
  wishes_.push_back(Remember{"event", std::to_string(model_.event.value_or(EventId{}).value)});
  idle();
}

void Stepper::next_language() {
  auto const next = (static_cast<std::size_t>(model_.language) + 1) % contract::languages.size();
  model_.language = contract::languages[next];
  wishes_.push_back(Remember{"language", std::string(contract::code_of(model_.language))});
}

void Stepper::operator()(TypedCharacter const& typed) {
  if (is_giving()) return;
  auto const character = upper(typed.character);
  if (auto* offer = face<OfferFace>()) {
    change_offer(*offer, character);
  } else if (auto* warn = face<WarnFace>()) {
    if (warn->choosing && is_digit(character)) {
      auto const reason = static_cast<std::size_t>(character - U'0');
      auto const warned = *warn;
      if (reason >= 1 && reason <= override_reasons.size()) choose_reason(warned, reason - 1);
    } else if (character == U'P' && warn->reply.may_override) {
      warn->choosing = true;
      model_.face_since_us = moment_.monotonic_us;
    }
  } else if (auto* given = face<GivenFace>();
             given && given->may_add_children && is_digit(character)) {
    auto const before = *given;
    if (character != U'0') add_children(before, static_cast<int>(character - U'0'));
  } else if (auto* events = face<EventsFace>()) {
    auto const index = static_cast<std::size_t>(character - U'0');
    if (is_digit(character) && index <= model_.news.events.size()) {
      events->selected = index;
      choose_event();
    }
  } else if (!face<WaitFace>() && !face<QuitFace>()) {
    type(typed.character);
  }
}

void Stepper::type(char32_t character) {
  bool const printable = character > U' ' && character < 0x7F;
  if (!printable) return;
  if (!face<IdleFace>()) idle();
  auto& typed = face<IdleFace>()->typed;
  if (typed.size() < longest_typed) typed += static_cast<char>(upper(character));
  model_.face_since_us = moment_.monotonic_us;
}

void Stepper::change_offer(OfferFace& offer, char32_t character) {
  auto& chosen = offer.chosen;
  auto const most = std::min(offer.reply.children_max, most_children_by_key);
  auto const set_children = [&](int wanted) {
    offer.capped = wanted > most;
    chosen.child = std::clamp(wanted, 0, std::max(most, 0));
  };
  if (is_digit(character)) set_children(static_cast<int>(character - U'0'));
  else if (character == U'+') set_children(chosen.child + 1);
  else if (character == U'-') set_children(chosen.child - 1);
  else if (character == U'A') chosen.assistant = 1 - chosen.assistant;
  else if (character == U'T') chosen.interpreter = 1 - chosen.interpreter;
  else if (character == U'K') chosen.companion = 1 - chosen.companion;
  else return;
  model_.face_since_us = moment_.monotonic_us;
}

void Stepper::add_children(GivenFace const& given, int children) {
  if (given.children_max) children = std::min(children, *given.children_max);
  if (children <= 0) return;
  give(given.card, contract::Tickets{.child = children}, std::nullopt, false);
}

void Stepper::choose_reason(WarnFace const& warn, std::size_t reason) {
  contract::Override override{warn.reply.answer, std::string(override_reasons[reason])};
  if (model_.fast) {
    give(warn.card, warn.tickets, std::move(override), false);
    return;
  }
  OfferFace offer;
  offer.card = warn.card;
  offer.reply = warn.reply;
  offer.chosen = warn.tickets;
  offer.override = std::move(override);
  show(std::move(offer));
}

void Stepper::operator()(Tick const&) {
  bool const stays = face<WaitFace>() || is_giving() ||
                     (face<IdleFace>() && face<IdleFace>()->typed.empty());
  if (!stays && moment_.monotonic_us - model_.face_since_us >= face_shown_us) idle();
  if (moment_.monotonic_us >= model_.next_news_us) {
    model_.next_news_us =
        moment_.monotonic_us + (model_.standing.online ? news_every_us : retry_every_us);
    wishes_.push_back(FetchNews{});
  }
}

void Stepper::show_refusal(CardInHand const& card, contract::CheckReply const& reply,
                           contract::Tickets const& tickets) {
  if (reply.may_override && contract::is_overridable(reply.answer)) {
    show(WarnFace{card, reply, tickets, false});
  } else {
    show(NotNowFace{reply.answer, reply.quota_left});
  }
}

void Stepper::operator()(LookReply const& reply) {
  auto const* wait = face<WaitFace>();
  if (!wait || wait->ticket != reply.ticket) return;
  auto const card = wait->card;
  if (auto const* none = std::get_if<NoAnswer>(&reply.result)) {
    show(NoAnswerFace{none->why, false, none->retry_after_s});
    return;
  }
  auto const& told = std::get<contract::CheckReply>(reply.result);
  if (!gives(told.answer)) {
    show_refusal(card, told, contract::Tickets{.adult = 1});
    return;
  }
  OfferFace offer;
  offer.card = card;
  offer.reply = told;
  show(std::move(offer));
}

void Stepper::show_given(WaitFace const& wait, std::string const& card, Given const& given) {
  GivenFace shown;
  shown.card = wait.card;
  shown.tickets = given.tickets;
  shown.children_max = given.children_max;
  shown.may_add_children = model_.fast && given.tickets.child == 0;
  model_.latest = LatestUse{given.tickets, wait.card.short_code, moment_.now};
  if (auto const input = contract::parse_card_input(card)) {
    // Adding children to a card does not make its next read another scan.
    model_.scans.gave(code_of(*input), model_.event, contract::Tickets{.adult = 1},
                      moment_.monotonic_us);
  }
  show(std::move(shown));
  // The numbers on the idle screen follow at once.
  model_.next_news_us = moment_.monotonic_us;
}

void Stepper::operator()(GiveReply const& reply) {
  auto const* waiting = face<WaitFace>();
  if (!waiting || waiting->ticket != reply.ticket) return;
  auto const wait = *waiting;
  if (auto const* given = std::get_if<Given>(&reply.result)) {
    show_given(wait, reply.card, *given);
  } else if (auto const* refused = std::get_if<NotGiven>(&reply.result)) {
    show_refusal(wait.card, refused->reply, wait.tickets);
  } else {
    auto const& none = std::get<NoAnswer>(reply.result);
    show(NoAnswerFace{none.why, false, none.retry_after_s});
  }
  after_giving();
}

void Stepper::after_giving() {
  if (auto const next = std::exchange(model_.held_scan, std::nullopt)) scan(*next);
}

void Stepper::operator()(UndoReply const& reply) {
  auto const kind = reply.result.kind;
  if (kind == UndoResult::Kind::undone || kind == UndoResult::Kind::noted) {
    model_.latest.reset();
    model_.scans.forget();
    model_.next_news_us = moment_.monotonic_us;
  }
  if (face<UndoFace>()) show(UndoFace{reply.result});
  after_giving();
}

void Stepper::operator()(NewsReply const& reply) {
  if (!reply.news) return;
  model_.news = *reply.news;
  if (model_.event && !model_.chosen_event()) model_.event.reset();
  if (auto* events = face<EventsFace>()) {
    events->selected = std::min(events->selected, model_.news.events.size());
  }
}

void Stepper::operator()(DoorStanding const& standing) {
  // Back on the network: undos that wait are told of at once, and the numbers are fresh again.
  if (standing.online && !model_.standing.online) model_.next_news_us = moment_.monotonic_us;
  model_.standing = standing;
}

void Stepper::operator()(DiskFailed const&) {
  show(NoAnswerFace{NoAnswer::Why::not_accepted, true, std::nullopt});
  model_.held_scan.reset();
}

}  // namespace

DoorEvent const* DoorModel::chosen_event() const {
  for (auto const& candidate : news.events) {
    if (event == candidate.id) return &candidate;
  }
  return nullptr;
}

std::vector<Wish> step(DoorModel& model, Happening const& happening, Moment moment) {
  Stepper stepper(model, moment);
  std::visit(stepper, happening);
  return stepper.take();
}

}  // namespace kaiku::kiosk
