// From requests and replies to JSON.
#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"

namespace kaiku::contract {

namespace {

template <class Request>
Json common_members(Request const& request) {
  Json json{{"card", request.card},
            {"venue_id", request.venue.value},
            {"tickets", to_json(request.tickets)}};
  if (request.event) json["event_id"] = request.event->value;
  if (request.kind) json["kind"] = word_of(*request.kind);
  return json;
}

// Members are appended in the order of their names, as a dumped tree has them.
void append_tickets(std::string& out, Tickets const& tickets) {
  out += R"({"adult":)" + std::to_string(tickets.adult);
  out += R"(,"assistant":)" + std::to_string(tickets.assistant);
  out += R"(,"child":)" + std::to_string(tickets.child);
  out += R"(,"companion":)" + std::to_string(tickets.companion);
  out += R"(,"interpreter":)" + std::to_string(tickets.interpreter);
  out += '}';
}

// RFC 8259 section 7; the text is valid UTF-8.
void append_string(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4U];
      out += hex[byte & 0x0FU];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_door_message(std::string& out, std::string_view message) {
  if (message.empty()) return;
  out += R"(,"door_message":)";
  append_string(out, message);
}

}  // namespace

Json to_json(Tickets const& tickets) {
  return {{"adult", tickets.adult},
          {"child", tickets.child},
          {"assistant", tickets.assistant},
          {"interpreter", tickets.interpreter},
          {"companion", tickets.companion}};
}

Json to_json(CheckRequest const& request) { return common_members(request); }

Json to_json(RedemptionRequest const& request) {
  auto json = common_members(request);
  json["idempotency_key"] = request.idempotency_key;
  if (request.occurred_at) json["occurred_at"] = to_rfc3339(*request.occurred_at);
  if (request.attempt_hash) json["attempt_hash"] = to_hex(*request.attempt_hash);
  if (request.override) {
    json["override"] = {{"answer", word_of(request.override->answer)},
                        {"reason", request.override->reason}};
  }
  return json;
}

Json to_json(CheckReply const& reply) {
  Json texts{{"staff", reply.staff}, {"aloud", reply.aloud}};
  if (!reply.closing.empty()) texts["closing"] = reply.closing;
  Json json{{"answer", word_of(reply.answer)},
            {"may_override", reply.may_override},
            {"children_max", reply.children_max},
            {"tickets_allowed", to_json(reply.tickets_allowed)},
            {"texts", std::move(texts)}};
  if (reply.quota_left) json["quota_left"] = *reply.quota_left;
  if (reply.used_at) json["used_at"] = to_rfc3339(*reply.used_at);
  if (!reply.door_message.empty()) json["door_message"] = reply.door_message;
  if (reply.reserved) json["reserved"] = to_json(*reply.reserved);
  return json;
}

Json to_json(RedemptionReply const& reply) {
  Json json{{"redemption_id", reply.redemption.value},
            {"answer", word_of(reply.answer)},
            {"tickets", to_json(reply.tickets)},
            {"receipt",
             {{"sequence", reply.receipt_sequence},
              {"leaf_hash", to_hex(reply.receipt_leaf_hash)},
              {"entry", to_base64(reply.receipt_entry)}}}};
  if (reply.quota_left) json["quota_left"] = *reply.quota_left;
  if (reply.verdict) json["verdict"] = *reply.verdict;
  if (!reply.door_message.empty()) json["door_message"] = reply.door_message;
  return json;
}

std::string to_text(CheckReply const& reply) {
  std::string out;
  out.reserve(400);
  out += R"({"answer":")";
  out += word_of(reply.answer);
  out += R"(","children_max":)" + std::to_string(reply.children_max);
  append_door_message(out, reply.door_message);
  out += R"(,"may_override":)";
  out += reply.may_override ? "true" : "false";
  if (reply.quota_left) out += R"(,"quota_left":)" + std::to_string(*reply.quota_left);
  if (reply.reserved) {
    out += R"(,"reserved":)";
    append_tickets(out, *reply.reserved);
  }
  out += R"(,"texts":{"aloud":)";
  append_string(out, reply.aloud);
  if (!reply.closing.empty()) {
    out += R"(,"closing":)";
    append_string(out, reply.closing);
  }
  out += R"(,"staff":)";
  append_string(out, reply.staff);
  out += R"(},"tickets_allowed":)";
  append_tickets(out, reply.tickets_allowed);
  if (reply.used_at) {
    out += R"(,"used_at":)";
    append_string(out, to_rfc3339(*reply.used_at));
  }
  out += '}';
  return out;
}

std::string to_text(RedemptionReply const& reply) {
  std::string out;
  out.reserve(300 + reply.receipt_entry.size() * 4 / 3);
  out += R"({"answer":")";
  out += word_of(reply.answer);
  out += '"';
  append_door_message(out, reply.door_message);
  if (reply.quota_left) out += R"(,"quota_left":)" + std::to_string(*reply.quota_left);
  out += R"(,"receipt":{"entry":")" + to_base64(reply.receipt_entry);
  out += R"(","leaf_hash":")" + to_hex(reply.receipt_leaf_hash);
  out += R"(","sequence":)" + std::to_string(reply.receipt_sequence);
  out += R"(},"redemption_id":)" + std::to_string(reply.redemption.value);
  out += R"(,"tickets":)";
  append_tickets(out, reply.tickets);
  if (reply.verdict) {
    out += R"(,"verdict":)";
    append_string(out, *reply.verdict);
  }
  out += '}';
  return out;
}

CheckReply reply_for(Decision const& decision, Language language) {
  auto texts = words_of(decision.answer, {decision.quota_left, decision.children_max}, language);
  CheckReply reply;
  reply.answer = decision.answer;
  reply.may_override = decision.may_override;
  reply.children_max = decision.children_max;
  reply.tickets_allowed = decision.allowed;
  reply.quota_left = decision.quota_left;
  reply.used_at = decision.used_at;
  reply.staff = std::move(texts.staff);
  reply.aloud = std::move(texts.aloud);
  reply.closing = std::move(texts.closing);
  return reply;
}

}  // namespace kaiku::contract
