// Doors to draw: one of each face, one in every trouble, and the moment at which they are drawn.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "kiosk/screen/layout.hpp"

namespace kaiku::kiosk {

inline constexpr Instant evening{1'795'362'060'000'000};  // 22.11.2026 17.41 in Helsinki

inline DoorModel model_of(Face face, contract::Language language = contract::Language::fi) {
  DoorModel model;
  model.language = language;
  model.standing.online = true;
  model.standing.data_as_of = evening;
  DoorEvent event;
  event.id = EventId{5};
  event.title = {"Pieni merenneito", "Den lilla sjöjungfrun", "The Little Mermaid"};
  event.starts_at = evening + 19 * minute_us;
  event.quota = 20;
  event.quota_left = 6;
  model.news.events.push_back(event);
  model.news.tickets_today = 14;
  model.news.children_today = 4;
  model.event = event.id;
  model.face = std::move(face);
  return model;
}

inline Frame draw(DoorModel const& model, Size size = {}) {
  return layout(model, {"Kaupunginteatteri", "https://127.0.0.1:8444", 7, "0.1.0"}, size,
                {5 * second_us, evening});
}

inline contract::CheckReply reply_with(contract::Answer answer, int children) {
  contract::CheckReply reply;
  reply.answer = answer;
  reply.children_max = children;
  reply.tickets_allowed = {1, children, 1, 1, 1};
  reply.may_override = contract::is_overridable(answer);
  reply.used_at = evening + minute_us;
  return reply;
}

inline OfferFace offer() {
  OfferFace face;
  face.reply = reply_with(contract::Answer::ok, 2);
  face.chosen.child = 1;
  return face;
}

inline StatusFace tested_status(ScannerTest::Kind kind, bool foreign) {
  StatusFace status;
  ScannerTest test;
  test.kind = kind;
  test.length = 130;
  test.pace = {foreign ? 0 : 129, 4'000, 61'000, Key::enter};
  test.last_three = "…XYZ";
  test.foreign_characters = foreign;
  status.tested = test;
  return status;
}

inline LatestUse some_use() { return {{.adult = 1, .child = 3}, "…XYZ", evening, 9}; }

inline void add_faces_of_answers(std::vector<Face>& faces) {
  for (std::size_t index = 0; index < contract::answer_count; ++index) {
    auto const answer = static_cast<contract::Answer>(index);
    faces.emplace_back(NotNowFace{answer, {3, 2}, true});
    faces.emplace_back(WarnFace{{}, reply_with(answer, 2), {.adult = 1}, {400'000, true}, false});
    faces.emplace_back(WarnFace{{}, reply_with(answer, 2), {.adult = 1}, {}, true});
  }
  for (auto const why :
       {CannotKnow::no_data, CannotKnow::typed_not_in_data, CannotKnow::card_not_in_data,
        CannotKnow::data_too_old, CannotKnow::too_many_tries, CannotKnow::not_accepted,
        CannotKnow::disk_failed}) {
    faces.emplace_back(NoAnswerFace{why, 600});
  }
  for (auto const kind :
       {UndoResult::Kind::undone, UndoResult::Kind::nothing_to_undo, UndoResult::Kind::too_late}) {
    faces.emplace_back(
        UndoFace{UndoFace::Step::done, {some_use()}, 0, UndoResult{kind, {.adult = 1}}});
  }
}

inline void add_faces_of_the_lock(std::vector<Face>& faces) {
  for (auto const step : {PinFace::Step::current, PinFace::Step::first, PinFace::Step::again}) {
    for (auto const fault : {PinFace::Fault::none, PinFace::Fault::wrong, PinFace::Fault::not_a_pin,
                             PinFace::Fault::differs, PinFace::Fault::disk}) {
      PinFace pin;
      pin.step = step;
      pin.typed = "12345678";
      pin.fault = fault;
      faces.emplace_back(std::move(pin));
    }
  }
  faces.emplace_back(LockedFace{"12345678", false, false, false});
  faces.emplace_back(LockedFace{"", false, true, false});
  faces.emplace_back(LockedFace{"", false, false, true});
}

inline std::vector<Face> all_faces() {
  std::vector<Face> faces{
      IdleFace{},
      WaitFace{},
      offer(),
      QuitFace{},
      EventsFace{1},
      UndoFace{UndoFace::Step::ask, {some_use()}, 0, {}},
      UndoFace{UndoFace::Step::under_way, {}, 0, {}},
      UndoFace{UndoFace::Step::choose, {some_use(), some_use()}, 1, {}},
      GivenFace{{"", "…XYZ", true}, {.adult = 1}, 3, {1, 3, 1, 1, 1}, true, {.child = 1}, true}};
  OfferFace unseen = offer();
  unseen.reply.answer = contract::Answer::ok_offline;
  faces.emplace_back(unseen);
  unseen.reply.children_max = 14;
  faces.emplace_back(unseen);
  StatusFace testing;
  testing.testing = true;
  StatusFace no_pin;
  no_pin.no_pin = true;
  faces.emplace_back(no_pin);
  StatusFace chosen;
  chosen.chosen = U'F';
  faces.emplace_back(chosen);
  StatusFace changed;
  changed.pin_changed = true;
  faces.insert(faces.end(),
               {StatusFace{}, testing, changed, tested_status(ScannerTest::Kind::token, false),
                tested_status(ScannerTest::Kind::code, true),
                tested_status(ScannerTest::Kind::unreadable, true)});
  add_faces_of_answers(faces);
  add_faces_of_the_lock(faces);
  return faces;
}

// A door in every trouble there is.
inline void make_troubled(DoorModel& model, Trouble trouble) {
  auto& standing = model.standing;
  standing.online = false;
  standing.queue = 123;
  standing.unacknowledged = 4567;
  standing.trouble = trouble;
  standing.failed_tries = 12;
  standing.next_try_in_us = 7 * second_us;
  standing.last_failure = "connect: Connection refused";
  standing.data_age_s = 4 * 24 * 3600;
  standing.data_is_old = true;
  standing.clock_difference_us = -7 * minute_us;
  standing.key_ids = {"0011223344556677", "8899aabbccddeeff"};
  standing.snapshot_fault = "The signature is wrong.";
  model.disk_failed = true;
  model.scans_overflowed = true;
  model.waiting.push_back({});
  model.pin_wait_until_us = 100 * second_us;
  model.uses = {some_use()};
}

}  // namespace kaiku::kiosk
