#include "kiosk/link/door_server.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

#include "schema/codec/json_fields.hpp"

namespace kaiku::kiosk {

namespace {

using codec::Json;
using codec::JsonFields;

constexpr std::chrono::milliseconds enrolment_patience{15'000};
constexpr codec::TextRule name_rule{.min = 1, .max = 200, .may_hold_identity_code = true};
constexpr codec::TextRule any_text{.min = 0, .max = 20'000, .may_hold_identity_code = true};
// Text with line ends.
constexpr codec::TextRule pem_rule{
    .min = 1, .max = 20'000, .may_hold_identity_code = true, .may_hold_control_characters = true};
constexpr codec::SizeRule any_size{0, 1'000};

LinkFailure not_understood() {
  return {LinkFault::garbled, "the server's reply is not one this version understands", true};
}

// Server answers are taken with members we do not know: an older kiosk meets a newer server.
JsonFields lenient(Json const& json, Faults& faults) {
  return JsonFields(json, faults, "", codec::Unknown::passed_over);
}

ServerRefusal refusal_of(HttpAnswer const& answer) {
  ServerRefusal refusal{answer.status, "", "", answer.retry_after_s};
  auto const json = codec::parse_json(answer.body);
  if (!json || !json->is_object()) return refusal;
  Faults faults;
  auto fields = lenient(*json, faults);
  auto const type = fields.optional_text("type", any_text).value_or("");
  refusal.slug = type.substr(type.rfind('/') + 1);
  refusal.detail = fields.optional_text("detail", any_text).value_or("");
  if (refusal.detail.empty()) refusal.detail = fields.optional_text("title", any_text).value_or("");
  auto errors = fields.objects("errors", any_size);
  if (!errors.empty()) {
    auto& first = errors.front();
    refusal.detail += " " + first.optional_text("pointer", any_text).value_or("") + " " +
                      first.optional_text("detail", any_text).value_or("");
  }
  return refusal;
}

// A revoked device and an unreadable code are answers of the door, told in its words.
std::optional<contract::CheckReply> door_answer(ServerRefusal const& refusal) {
  contract::CheckReply reply;
  if (refusal.slug == "device-revoked")
    reply.answer = contract::Answer::device_revoked;
  else if (refusal.slug == "unreadable")
    reply.answer = contract::Answer::unreadable;
  else
    return std::nullopt;
  return reply;
}

contract::Sector sector_in(JsonFields& fields) {
  return fields.optional_word<contract::Sector>("sector", contract::sector_from)
      .value_or(contract::Sector::culture);
}

std::optional<EnrolmentReply> read_enrolment(std::string const& body) {
  auto const json = codec::parse_json(body);
  if (!json) return std::nullopt;
  Faults faults;
  auto fields = lenient(*json, faults);
  EnrolmentReply reply;
  reply.device = fields.id<DeviceId>("device_id");
  if (auto venue = fields.object("venue")) {
    reply.venue = venue->id<VenueId>("id");
    reply.venue_name = venue->text("name", name_rule);
    reply.sector = sector_in(*venue);
    reply.area_id = venue->optional_text("area_id", name_rule).value_or("");
  }
  reply.certificate = fields.text("certificate", pem_rule);
  reply.door_ca = fields.text("door_ca", pem_rule);
  auto const root_key = from_hex(fields.text("root_key", any_text));
  auto const sealing_key = from_base64(fields.text("sealing_key", any_text));
  reply.device_url = fields.text("device_url", name_rule);
  reply.server_time = fields.instant("server_time");
  if (!faults.empty() || !root_key || !sealing_key) return std::nullopt;
  reply.root_key = *root_key;
  reply.sealing_key = *sealing_key;
  return reply;
}

std::optional<RenewedCertificate> read_renewed(std::string const& body) {
  auto const json = codec::parse_json(body);
  if (!json) return std::nullopt;
  Faults faults;
  auto fields = lenient(*json, faults);
  RenewedCertificate renewed;
  renewed.certificate = fields.text("certificate", pem_rule);
  renewed.server_time = fields.instant("server_time");
  if (!faults.empty()) return std::nullopt;
  return renewed;
}

// As contract::journal_known_header says it; nullopt from an older server.
std::optional<JournalKnown> journal_known(std::string_view text) {
  JournalKnown known;
  int found = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find("; "), text.size());
    auto const member = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    auto const equals = std::min(member.find('='), member.size());
    auto const value = member.substr(std::min(equals + 1, member.size()));
    auto const name = member.substr(0, equals);
    auto const* last = value.data() + value.size();
    auto const read = [&](std::int64_t& number) {
      auto const parsed = std::from_chars(value.data(), last, number);
      if (parsed.ec == std::errc() && parsed.ptr == last && number >= 0) ++found;
    };
    if (name == "highest") read(known.highest);
    if (name == "contiguous") read(known.contiguous_to);
    if (name == "entry") read(known.entry);
    if (name == "told") known.lacks_told = value == "no";
    if (name != "hash") continue;
    auto const hash = from_hex(value);
    if (!hash || hash->size() != known.hash.size()) continue;
    std::ranges::copy(*hash, known.hash.begin());
    ++found;
  }
  if (found != 4) return std::nullopt;
  return known;
}

Bytes bytes_in(std::string const& body) {
  auto const view = bytes_of(body);
  return {view.begin(), view.end()};
}

}  // namespace

Reply<EnrolmentReply> enrol(DoorLink& link, EnrolmentRequest const& request) {
  Json body{{"code", request.code}, {"name", request.name}, {"csr", request.certificate_request}};
  if (request.as) body["device_id"] = request.as->value;
  auto const answer =
      link.request({"POST", "/api/v1/devices/enrolments", body.dump()}, enrolment_patience);
  if (!answer) return answer.error();
  if (answer->status != 201) return refusal_of(*answer);
  auto reply = read_enrolment(answer->body);
  if (!reply) return not_understood();
  return *std::move(reply);
}

DoorServer::DoorServer(DoorLink& link, VenueId venue, std::chrono::milliseconds patience)
    : link_(link), venue_(venue), patience_(patience) {}

Reply<contract::CheckReply> DoorServer::check(std::string const& card, std::optional<EventId> event,
                                              contract::Tickets const& tickets) {
  contract::CheckRequest request;
  request.card = card;
  request.venue = venue_;
  request.event = event;
  request.tickets = tickets;
  auto const answer =
      link_.request({"POST", "/door/v1/checks", contract::to_json(request).dump()}, patience_);
  if (!answer) return answer.error();
  if (answer->status != 200) {
    auto refusal = refusal_of(*answer);
    if (auto const told = door_answer(refusal)) return *told;
    return refusal;
  }
  auto const json = codec::parse_json(answer->body);
  if (!json) return not_understood();
  auto reply = contract::read_check_reply(*json);
  if (!reply) return not_understood();
  return *std::move(reply);
}

Reply<RedemptionOutcome> DoorServer::redeem(contract::RedemptionRequest const& request,
                                            std::chrono::milliseconds patience) {
  auto const answer =
      link_.request({"POST", "/door/v1/redemptions", contract::to_json(request).dump()}, patience);
  if (!answer) return answer.error();
  auto const json = codec::parse_json(answer->body);
  if (answer->status == 200 || answer->status == 201) {
    if (!json) return not_understood();
    auto reply = contract::read_redemption_reply(*json);
    if (!reply) return not_understood();
    return RedemptionOutcome(*std::move(reply));
  }
  auto refusal = refusal_of(*answer);
  if (auto const told = door_answer(refusal)) return RedemptionOutcome(*told);
  if (answer->status == 409 && json) {
    if (auto told = contract::read_check_reply(*json)) return RedemptionOutcome(*std::move(told));
  }
  return refusal;
}

Reply<SignedPart> DoorServer::venue_snapshot(std::string const& missing, std::string const& told,
                                             std::string const& said) {
  std::string path = "/door/v1/snapshot/venue";
  if (!told.empty()) path += "?told=" + told;
  if (!missing.empty()) path += (told.empty() ? "?missing=" : "&missing=") + missing;
  auto const answer = link_.request({"GET", path, {}, said}, patience_);
  if (!answer) return answer.error();
  if (answer->status != 200) return refusal_of(*answer);
  return SignedPart{
      bytes_in(answer->body), answer->date, journal_known(answer->journal), {}, answer->address};
}

Reply<CardsReply> DoorServer::cards_snapshot(std::optional<CardsKnown> const& known) {
  std::string path = "/door/v1/snapshot/cards";
  if (known) {
    path += "?epoch=" + std::to_string(known->epoch) + "&since=" + std::to_string(known->sequence);
    if (!known->leaf.empty()) path += "&leaf=" + known->leaf;
  }
  auto const answer = link_.request({"GET", path}, known ? patience_ : whole_part_patience);
  if (!answer) return answer.error();
  if (answer->status == 304) return CardsReply(Unchanged{});
  if (answer->status != 200) return refusal_of(*answer);
  auto const is_leaf = from_hex(answer->leaf).value_or(Bytes{}).size() == sizeof(Digest);
  return CardsReply(
      SignedPart{bytes_in(answer->body), answer->date, {}, is_leaf ? answer->leaf : "", {}});
}

Reply<contract::JournalReply> DoorServer::upload(
    std::vector<contract::UploadedEntry> const& entries) {
  auto const answer =
      link_.request({"POST", "/door/v1/journal", contract::to_json(entries).dump()}, patience_);
  if (!answer) return answer.error();
  if (answer->status != 200) return refusal_of(*answer);
  auto const json = codec::parse_json(answer->body);
  if (!json) return not_understood();
  auto reply = contract::read_journal_reply(*json);
  if (!reply) return not_understood();
  return *std::move(reply);
}

Reply<RenewedCertificate> DoorServer::renew(std::string const& request_pem) {
  Json const body{{"csr", request_pem}};
  auto const answer = link_.request({"POST", "/door/v1/certificates", body.dump()}, patience_);
  if (!answer) return answer.error();
  if (answer->status != 200 && answer->status != 201) return refusal_of(*answer);
  auto renewed = read_renewed(answer->body);
  if (!renewed) return not_understood();
  return *std::move(renewed);
}

}  // namespace kaiku::kiosk
