// What a connection does with one request once its bytes are there: nothing in this file waits.
#include "server/http/connection.hpp"

#include <algorithm>
#include <exception>

#include "server/http/request_parser.hpp"
#include "server/http/response_text.hpp"

namespace kaiku::http {
namespace {

constexpr std::size_t kept_text_bytes = 16 * 1024;
constexpr std::string_view last_resort =
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

// 16 hexadecimal characters, never twice in one run: a bijection (splitmix64) of a counter.
std::string request_id_from(std::uint64_t number) {
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
  number ^= number >> 31U;
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (auto& c : text) {
    c = digits[number & 15U];
    number >>= 4U;
  }
  return text;
}

bool takes_body(Method method) {
  return method == Method::post || method == Method::patch || method == Method::put;
}

}  // namespace

std::string_view Connection::buffered() const {
  auto const bytes = buffer_.data();
  return {static_cast<char const*>(bytes.data()), bytes.size()};
}

void Connection::start_request() {
  request_ = Request{};
  request_.method = Method::other;
  plan_ = RoutePlan{};
  facts_ = HeadFacts{};
  method_ = Method::other;
  has_body_ = false;
  fault_.reset();
  refusal_.reset();
  chunks_.reset();
  auto const number = core_.next_request.fetch_add(1, std::memory_order_relaxed);
  request_id_ = request_id_from(core_.request_id_key + number);
}

std::optional<Problem> Connection::understand_head() {
  auto const head = scanner_.head_in(buffered());
  auto const fault = check_head(head, core_.framing, facts_);
  method_ = facts_.method;
  if (fault) return fault;
  request_.method = method_;
  RequestParser parser(request_);
  if (!parser.read_head(head, facts_.target)) return Problem::malformed_request;
  request_.path = facts_.path;
  request_.query = facts_.query;
  closing_ = facts_.minor_version == 0 || !parser.keep_alive();
  has_body_ = facts_.chunked || facts_.content_length.value_or(0) > 0;
  buffer_.consume(scanner_.head_size());
  return plan_request();
}

std::optional<Problem> Connection::plan_request() {
  try {
    plan_ = core_.application.plan(listener_, method_, request_.path);
  } catch (std::exception const& error) {
    core_.log.write(telemetry::Level::error, "plan_failed",
                    {{"request_id", request_id_}, {"error", error.what()}});
    return Problem::internal;
  }
  if (plan_.refuse_status != 0) return std::nullopt;
  if (method_ == Method::other) {
    plan_.refuse_status = 405;
    return std::nullopt;
  }
  auto const length = facts_.content_length;
  if (length && *length > plan_.body_limit) return Problem::content_too_large;
  if (facts_.chunked && plan_.body_limit == 0) return Problem::content_too_large;
  bool const unsized = !length && !facts_.chunked;
  if (unsized && takes_body(method_) && plan_.body_limit > 0) return Problem::length_required;
  if (has_body_ && facts_.coded) return Problem::unsupported_media_type;
  if (facts_.chunked) chunks_.emplace(plan_.body_limit);
  return std::nullopt;
}

bool Connection::take_body_bytes() {
  auto const bytes = buffered();
  if (!chunks_) {
    auto const missing = *facts_.content_length - request_.body.size();
    auto const taken = std::min<std::size_t>(missing, bytes.size());
    request_.body.append(bytes.substr(0, taken));
    buffer_.consume(taken);
    return request_.body.size() == *facts_.content_length;
  }
  std::size_t used = 0;
  auto const verdict = chunks_->take(bytes, used, request_.body);
  buffer_.consume(used);
  if (verdict == ChunkedBody::Verdict::malformed) fault_ = Problem::malformed_request;
  if (verdict == ChunkedBody::Verdict::too_large) fault_ = Problem::content_too_large;
  return verdict != ChunkedBody::Verdict::need_more;
}

void Connection::refuse(int status, std::string_view slug) {
  // After dispatch the request is gone; what a problem needs to know of it is put back.
  request_.request_id = request_id_;
  request_.listener = listener_;
  request_.peer = peer_.address;
  request_.method = method_;
  try {
    response_ = core_.application.problem(status, slug, request_);
  } catch (std::exception const& error) {
    core_.log.write(telemetry::Level::error, "problem_failed",
                    {{"request_id", request_id_}, {"error", error.what()}});
    response_ = Response{};
    response_.status = status;
  }
}

bool Connection::has_large_body() const {
  bool const large = facts_.chunked || facts_.content_length.value_or(0) > unasked_body_bytes;
  return large && plan_.body_limit > unasked_body_bytes && core_.application.may_send_body;
}

void Connection::ask_application() {
  introduce();
  auto const reply = make_reply(slot_);
  try {
    core_.application.may_send_body(plan_, request_, reply);
  } catch (std::exception const& error) {
    core_.log.write(telemetry::Level::error, "may_send_body_failed",
                    {{"request_id", request_id_}, {"error", error.what()}});
  }
}

void Connection::introduce() {
  request_.listener = listener_;
  request_.peer = peer_.address;
  request_.request_id = request_id_;
  request_.certificate = certificate_;
}

void Connection::dispatch() {
  introduce();
  auto const pattern = plan_.pattern;
  auto const reply = make_reply(slot_);
  try {
    core_.application.dispatch(std::move(plan_), std::move(request_), reply);
  } catch (std::exception const& error) {
    core_.log.write(telemetry::Level::error, "dispatch_failed",
                    {{"request_id", request_id_}, {"route", pattern}, {"error", error.what()}});
    slot_->answer(std::nullopt);
  }
  plan_.pattern = pattern;
}

void Connection::make_text() {
  ResponseFrame const frame{request_id_, method_ == Method::head, closing_};
  out_.clear();
  if (out_.capacity() > kept_text_bytes) out_.shrink_to_fit();
  try {
    append_response(out_, response_, frame);
    std::string().swap(response_.body);  // who reads slowly holds one copy of it, not two
  } catch (std::exception const& error) {
    core_.log.write(
        telemetry::Level::error, "response_refused",
        {{"request_id", request_id_}, {"route", plan_.pattern}, {"error", error.what()}});
    out_ = last_resort;
    response_.status = 500;
    response_.constant_body = {};
    closing_ = true;
  }
}

void Connection::finish_request() {
  if (!known_ && !response_.actor.empty()) {
    known_ = true;
    peer_.place.know();
  }
  auto const duration_us = monotonic_us() - started_us_;
  core_.metrics.request_done(plan_.pattern, response_.status, duration_us);
  auto const level = response_.status >= 500 ? telemetry::Level::warning : telemetry::Level::info;
  core_.log.write(level, "request",
                  {{"request_id", request_id_},
                   {"method", word_of(method_)},
                   {"route", plan_.pattern},
                   {"status", std::int64_t{response_.status}},
                   {"duration_us", duration_us},
                   {"actor", response_.actor}});
  response_ = Response{};
}

}  // namespace kaiku::http
