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

}  // namespace

std::variant<Ask, LineFault> read_line_request(std::string_view line) {
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

std::string line_for(LineFault const& fault) {
  return nlohmann::ordered_json{{"error", fault.error}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string line_for(DoorResult const& result) {
  nlohmann::ordered_json line;
  if (auto const* given = std::get_if<Given>(&result)) {
    line["answer"] = contract::word_of(given->answer);
    line["offline"] = given->offline;
    line["sequence"] = given->attempt;
    if (given->redemption) line["redemption_id"] = given->redemption->value;
    if (given->children_max) line["children_max"] = *given->children_max;
  } else if (auto const* refused = std::get_if<NotGiven>(&result)) {
    line["answer"] = contract::word_of(refused->reply.answer);
    line["offline"] = refused->offline;
    if (refused->attempt != 0) {
      line["sequence"] = refused->attempt;
      line["children_max"] = refused->reply.children_max;
    }
  } else {
    auto const& none = std::get<NoAnswer>(result);
    line["error"] = word_of(none.why);
    line["offline"] = none.why == NoAnswer::Why::no_data;
    if (none.attempt != 0) line["sequence"] = none.attempt;
    if (!none.detail.empty()) line["detail"] = none.detail;
    if (none.retry_after_s) line["retry_after_s"] = *none.retry_after_s;
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace kaiku::kiosk
