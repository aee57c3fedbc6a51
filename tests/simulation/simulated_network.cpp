#include "tests/simulation/simulated_network.hpp"

#include "schema/contract/door_headers.hpp"
#include "tests/simulation/simulated_server.hpp"

namespace kaiku::simulation {

namespace {

http::Request request_of(kiosk::HttpQuestion const& asked) {
  http::Request request;
  request.method = asked.method == "POST" ? http::Method::post : http::Method::get;
  request.listener = http::Listener::device;
  auto const query = asked.path.find('?');
  request.path = asked.path.substr(0, query);
  if (query != std::string_view::npos) request.query = asked.path.substr(query + 1);
  request.body = asked.body;
  request.peer = "127.0.0.1";
  if (!asked.body.empty()) request.headers = {{"content-type", "application/json"}};
  return request;
}

}  // namespace

kiosk::LinkFailure SimulatedLink::times_out(std::chrono::milliseconds time, bool maybe_sent) {
  parts_.time.pass(time.count() * 1000);
  return {kiosk::LinkFault::timed_out, "no answer in time", maybe_sent};
}

bool SimulatedLink::is_connected() const { return parts_.server.answers_at(address_); }

bool SimulatedLink::move_to(std::string const& url) {
  if (parts_.weather.cut || !parts_.server.answers_at(url)) return false;
  parts_.note("moves " + device_ + " to " + url);
  address_ = url;
  return true;
}

kiosk::Linked<kiosk::HttpAnswer> SimulatedLink::request(kiosk::HttpQuestion const& question,
                                                        std::chrono::milliseconds time) {
  auto& dice = parts_.dice;
  auto const& weather = parts_.weather;
  auto request = request_of(question);
  request.request_id = device_ + "-" + std::to_string(++requests_);
  request.certificate = http::ClientCertificate{spki_, not_after_s_};
  bool const is_there = parts_.server.answers_at(address_);
  if (weather.cut || !is_there) return times_out(time, false);
  request.headers.emplace_back("host", address_.substr(address_.find("//") + 2));
  parts_.time.pass((1 + dice.below(200)) * 1000);
  if (dice.chance(weather.lose_request)) return times_out(time, true);
  if (dice.chance(weather.delay)) {
    parts_.note("delayed " + request.path);
    parts_.in_flight.push_back({device_, std::move(request)});
    return times_out(time, true);
  }
  if (dice.chance(weather.kiosk_dies)) {
    if (dice.chance(50)) parts_.server.handle(request);
    parts_.note("dies in " + request.path);
    throw KioskDied{};
  }
  if (dice.chance(weather.repeat)) parts_.in_flight.push_back({device_, request});
  if (dice.chance(weather.server_dies)) {
    parts_.server.die_at_next_commit(dice.chance(50));
  }
  auto const response = parts_.server.handle(request);
  if (!response) return times_out(time, true);
  if (dice.chance(weather.lose_answer)) return times_out(time, true);
  parts_.time.pass((1 + dice.below(100)) * 1000);
  kiosk::HttpAnswer answer;
  answer.status = response->status;
  answer.body = response->body;
  for (auto const& [name, value] : response->headers) {
    if (name == "Retry-After") answer.retry_after_s = std::stoi(value);
    if (name == contract::journal_known_header) answer.journal = value;
    if (name == contract::cards_leaf_header) answer.leaf = value;
    if (name == contract::door_address_header) answer.address = value;
  }
  auto const now = parts_.server.clock().now();
  answer.date = Instant{now.us / second_us * second_us};
  return answer;
}

}  // namespace kaiku::simulation
