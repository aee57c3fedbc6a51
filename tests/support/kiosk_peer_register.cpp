// The peer's register: who is enrolled, which cards there are, and what it answers online.
#include <nlohmann/json.hpp>

#include "schema/contract/card_token.hpp"
#include "schema/contract/problem_document.hpp"
#include "tests/support/kiosk_peer.hpp"
#include "tests/support/kiosk_peer_certificates.hpp"

namespace kaiku::kiosk_tests {

namespace {

using contract::Json;

Json problem(int status, std::string const& slug) {
  return {{"type", "/problems/" + slug}, {"title", slug}, {"status", status}, {"detail", slug}};
}

contract::CardCode code_in(std::string const& card) {
  auto const input = contract::parse_card_input(card);
  if (auto const* code = std::get_if<contract::CardCode>(&*input)) return *code;
  return std::get<contract::UnverifiedToken>(*input).claims.code;
}

}  // namespace

Instant KioskPeer::now() const { return SystemClock().now() + clock_offset_us_; }

std::string KioskPeer::add(int child_limit, bool published) {
  SystemRandom random;
  auto const code = contract::CardCode::random(random);
  auto const row = contract::row_hash(row_key_, code);
  std::lock_guard const hold(mutex_);
  Card card;
  card.child_limit = child_limit;
  card.row = row;
  card.changed_at = published ? ++sequence_ : 0;
  cards_[code.canonical()] = card;
  return code.text();
}

std::string KioskPeer::add_card(int child_limit) { return add(child_limit, true); }

std::string KioskPeer::add_unpublished_card(int child_limit) { return add(child_limit, false); }

void KioskPeer::set_state(std::string const& code, contract::StoredState state) {
  std::lock_guard const hold(mutex_);
  auto& card = cards_.at(code_in(code).canonical());
  card.state = state;
  card.changed_at = ++sequence_;
}

void KioskPeer::use_elsewhere(std::string const& code) {
  std::lock_guard const hold(mutex_);
  auto const canonical = code_in(code).canonical();
  cards_.at(canonical).used_elsewhere = true;
  used_at_event_.insert({canonical, event_id});
}

void KioskPeer::set_sector(std::string sector) {
  std::lock_guard const hold(mutex_);
  sector_ = std::move(sector);
}

std::string KioskPeer::qr_of(std::string const& code) const {
  contract::CardClaims const claims{*AreaId::parse("PIR"), 1'790'000'000, code_in(code), {}};
  return contract::make_card_token(claims, card_key_);
}

KioskPeer::Answer KioskPeer::answer(std::string const& target, std::string const& body,
                                    Caller const& caller) {
  std::lock_guard const hold(mutex_);
  bool const at_door = target.find(" /door/") != std::string::npos;
  if (!at_door) {
    auto const json = codec::parse_json(body);
    if (!json) return {400, problem(400, "invalid-json").dump()};
    if (target == "POST /api/v1/devices/enrolments") return enrol(*json);
    return {404, problem(404, "not-found").dump()};
  }
  if (!caller.with_certificate) return {401, problem(401, "not-signed-in").dump()};
  if (fail_status_ != 0) return {fail_status_, problem(fail_status_, fail_slug_).dump()};
  bool const is_journal = target == "POST /door/v1/journal";
  if (revoked_ && !is_journal) return {403, problem(403, "device-revoked").dump()};
  bool const expired = caller.expired || all_expired_;
  if (expired && !is_journal && target != "POST /door/v1/certificates") {
    return {403, problem(403, "device-expired").dump()};
  }
  return answer_door(target, body);
}

KioskPeer::Answer KioskPeer::answer_door(std::string const& target, std::string const& body) {
  if (target.starts_with("GET /door/v1/snapshot/venue")) return venue_part();
  std::string const cards = "GET /door/v1/snapshot/cards";
  if (target.starts_with(cards)) return cards_part(target.substr(cards.size()));
  auto const json = codec::parse_json(body);
  if (!json) return {400, problem(400, "invalid-json").dump()};
  if (target == "POST /door/v1/checks") return check(*json);
  if (target == "POST /door/v1/redemptions") return redeem(*json);
  if (target == "POST /door/v1/journal") return take_in(*json);
  if (target == "POST /door/v1/certificates") return certify(*json);
  if (target.ends_with("/void")) return undo(target);
  return {404, problem(404, "not-found").dump()};
}

KioskPeer::Answer KioskPeer::enrol(Json const& json) {
  if (json.at("code") != enrolment_code) {
    return {422, problem(422, "enrolment-code-invalid").dump()};
  }
  device_key_ = key_of_request(json.at("csr").get<std::string>());
  if (!device_key_) return {422, problem(422, "csr-invalid").dump()};
  auto const certificate =
      make_certificate(*device_key_, "device", {ca_.get(), ca_key_}, certificate_life_s_);
  Json const reply{
      {"device_id", device_id},
      {"venue", {{"id", 4}, {"name", "Uimahalli Näsi"}, {"sector", sector_}, {"area_id", "PIR"}}},
      {"certificate", pem_of(certificate.get())},
      {"door_ca", pem_of(ca_.get())},
      {"root_key", to_hex(root_.public_key().raw())},
      {"sealing_key", to_base64(sealing_key_.public_key().point())},
      {"device_url", url()},
      {"server_time", to_rfc3339(now())}};
  return {201, reply.dump()};
}

KioskPeer::Answer KioskPeer::certify(Json const& json) {
  auto const key = key_of_request(json.at("csr").get<std::string>());
  if (!key || key->spki_der() != device_key_->spki_der()) {
    return {422, problem(422, "csr-invalid").dump()};
  }
  auto const certificate =
      make_certificate(*key, "device", {ca_.get(), ca_key_}, certificate_life_s_);
  Json const reply{{"certificate", pem_of(certificate.get())},
                   {"door_ca", pem_of(ca_.get())},
                   {"server_time", to_rfc3339(now())}};
  return {201, reply.dump()};
}

contract::CheckReply KioskPeer::judge(std::string const& card, std::optional<EventId> event,
                                      contract::Tickets const& tickets) const {
  contract::CheckReply reply;
  auto const code = code_in(card).canonical();
  auto const known = cards_.find(code);
  if (known == cards_.end()) {
    reply.answer = contract::Answer::unknown_card;
    return reply;
  }
  if (known->second.state == contract::StoredState::blocked) {
    reply.answer = contract::Answer::blocked;
    return reply;
  }
  reply.children_max = known->second.child_limit;
  reply.tickets_allowed = {.adult = 1, .child = known->second.child_limit};
  if (tickets.child > known->second.child_limit) {
    reply.answer = contract::Answer::children_over_limit;
  }
  if (event && tickets.adult > 0 && used_at_event_.contains({code, event->value})) {
    reply.answer = contract::Answer::already_used_here;
    reply.may_override = true;
    reply.used_at = Instant{1'795'362'120'000'000};
  }
  return reply;
}

KioskPeer::Answer KioskPeer::check(Json const& json) {
  auto const request = contract::read_check_request(json);
  if (!request) return {422, contract::problem_document(request.error()).dump()};
  return {200, contract::to_json(judge(request->card, request->event, request->tickets)).dump()};
}

KioskPeer::Answer KioskPeer::redeem(Json const& json) {
  auto const request = contract::read_redemption_request(json);
  if (!request) return {422, contract::problem_document(request.error()).dump()};
  if (auto const stored = by_key_.find(request->idempotency_key); stored != by_key_.end()) {
    return {200, contract::to_json(stored->second).dump()};
  }
  // A request that the network delayed comes after the door's own word on the same attempt.
  if (is_settled(request->idempotency_key)) return {409, problem(409, "conflict").dump()};
  auto const judged = judge(request->card, request->event, request->tickets);
  bool const overruled = request->override && request->override->answer == judged.answer;
  if (judged.answer != contract::Answer::ok && !overruled) {
    auto document = problem(409, "not-admitted");
    document.update(contract::to_json(judged));
    return {409, document.dump()};
  }
  if (request->event) {
    used_at_event_.insert({code_in(request->card).canonical(), request->event->value});
  }
  contract::RedemptionReply reply;
  reply.redemption = RedemptionId{static_cast<std::int64_t>(1000 + by_key_.size())};
  reply.tickets = request->tickets;
  reply.receipt_sequence = reply.redemption.value;
  reply.receipt_entry = {1, 2, 3};
  by_key_[request->idempotency_key] = reply;
  return {201, contract::to_json(reply).dump()};
}

KioskPeer::Answer KioskPeer::undo(std::string const& target) {
  auto const from = std::string("POST /door/v1/redemptions/").size();
  auto const id = std::stoll(target.substr(from));
  for (auto const& [key, reply] : by_key_) {
    if (reply.redemption.value != id) continue;
    if (!undone_.insert(key).second) return {409, problem(409, "already-undone").dump()};
    return {200, Json{{"redemption_id", id}, {"undone", true}}.dump()};
  }
  return {404, problem(404, "not-found").dump()};
}

}  // namespace kaiku::kiosk_tests
