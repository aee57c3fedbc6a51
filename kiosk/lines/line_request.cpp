#include "kiosk/lines/line_request.hpp"

#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"

namespace kaiku::kiosk {

namespace {

using codec::JsonFields;

std::string_view trimmed(std::string_view text) {
  auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string in_words(Error const& error) {
  if (error.fields.empty()) return error.detail;
  std::string words;
  for (auto const& fault : error.fields) {
    if (!words.empty()) words += "; ";
    words += (fault.pointer.empty() ? "the line" : fault.pointer) + ": " + fault.detail;
  }
  return words;
}

std::string_view word_of(NoAnswer::Why why) {
  switch (why) {
    case NoAnswer::Why::no_data: return "no_data";
    case NoAnswer::Why::too_many_tries: return "too_many_tries";
    case NoAnswer::Why::not_accepted: return "not_accepted";
  }
  return "no_data";
}

using LineRequest = std::variant<Ask, Look, UndoOf, LineFault>;

LineRequest read_look(nlohmann::json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  Look look;
  look.card = contract::read_card(fields, "look");
  look.event = fields.optional_id<EventId>("event_id");
  if (auto const good = fields.finish(); !good) return LineFault{in_words(good.error())};
  return look;
}

LineRequest read_undo(nlohmann::json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  UndoOf undo;
  undo.sequence = fields.integer("undo", {1, INT64_MAX});
  if (auto const good = fields.finish(); !good) return LineFault{in_words(good.error())};
  return undo;
}

// What this device's data lack may be a good card all the same.
bool cannot_know(contract::CheckReply const& reply, bool offline) {
  return offline && reply.answer == contract::Answer::unknown_card;
}

void put_no_answer(nlohmann::ordered_json& line, NoAnswer const& none) {
  line["error"] = word_of(none.why);
  line["offline"] = none.why == NoAnswer::Why::no_data;
  if (none.attempt != 0) line["sequence"] = none.attempt;
  if (!none.detail.empty()) line["detail"] = none.detail;
  if (none.retry_after_s) line["retry_after_s"] = *none.retry_after_s;
}

void put_standing(nlohmann::ordered_json& line, bool offline, DataAge const& age) {
  line["offline"] = offline;
  if (age.seconds) line["data_age_s"] = *age.seconds;
}

std::string written(nlohmann::ordered_json const& line) {
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::variant<Ask, Look, UndoOf, LineFault> read_line_request(std::string_view line) {
  line = trimmed(line);
  Ask ask;
  if (!line.starts_with('{')) {  // however long: what is no card is unreadable
    ask.card = line;
    return ask;
  }
  if (line.size() > longest_line) {
    return LineFault{"the line is longer than " + std::to_string(longest_line) + " bytes"};
  }
  auto const json = codec::parse_json(line);
  if (!json) return LineFault{"the line is not valid JSON"};
  if (json->is_object() && json->contains("look")) return read_look(*json);
  if (json->is_object() && json->contains("undo")) return read_undo(*json);
  Faults faults;
  JsonFields fields(*json, faults);
  ask.card = contract::read_card(fields);
  ask.event = fields.optional_id<EventId>("event_id");
  if (auto tickets = fields.optional_object("tickets")) {
    ask.tickets = contract::read_tickets(*tickets);
    if (faults.empty() && ask.tickets.total() == 0) {
      fields.fault("tickets", FaultCode::at_least_one);
    }
  }
  if (auto override = fields.optional_object("override"))
    ask.override = contract::read_override(*override);
  if (auto const good = fields.finish(); !good) return LineFault{in_words(good.error())};
  return ask;
}

std::string line_for(LineFault const& fault) { return written({{"error", fault.error}}); }

std::string line_for(DoorResult const& result) {
  nlohmann::ordered_json line;
  if (auto const* given = std::get_if<Given>(&result)) {
    line["answer"] = contract::word_of(given->answer);
    put_standing(line, given->offline, given->age);
    line["sequence"] = given->attempt;
    if (given->redemption) line["redemption_id"] = given->redemption->value;
    if (given->children_max) line["children_max"] = *given->children_max;
  } else if (auto const* refused = std::get_if<NotGiven>(&result)) {
    bool const unsure = cannot_know(refused->reply, refused->offline);
    line[unsure ? "error" : "answer"] =
        unsure ? "cannot_know" : contract::word_of(refused->reply.answer);
    put_standing(line, refused->offline, refused->age);
    if (refused->attempt != 0) {
      line["sequence"] = refused->attempt;
      line["children_max"] = refused->reply.children_max;
    }
  } else {
    put_no_answer(line, std::get<NoAnswer>(result));
  }
  return written(line);
}

std::string line_for(UndoOf const& asked, UndoResult const& result) {
  nlohmann::ordered_json line;
  switch (result.kind) {
    case UndoResult::Kind::undone:
      line["undone"] = true;
      line["tickets"] = contract::to_json(result.tickets);
      break;
    case UndoResult::Kind::nothing_to_undo: line["error"] = "nothing_to_undo"; break;
    case UndoResult::Kind::too_late: line["error"] = "too_late"; break;
  }
  line["sequence"] = asked.sequence;
  return written(line);
}

std::string line_for(LookResult const& result) {
  nlohmann::ordered_json line;
  if (auto const* none = std::get_if<NoAnswer>(&result)) {
    put_no_answer(line, *none);
    return written(line);
  }
  auto const& looked = std::get<Looked>(result);
  bool const unsure = cannot_know(looked.reply, looked.offline);
  line[unsure ? "error" : "answer"] =
      unsure ? "cannot_know" : contract::word_of(looked.reply.answer);
  put_standing(line, looked.offline, looked.age);
  line["children_max"] = looked.reply.children_max;
  if (looked.reply.quota_left) line["quota_left"] = *looked.reply.quota_left;
  return written(line);
}

}  // namespace kaiku::kiosk
