#include "tests/bench/requests.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace kaiku::bench {
namespace {

// Only what needs no escaping gets into a body.
void check_plain(std::string const& text, std::string const& what) {
  bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  if (!plain) throw std::runtime_error("unexpected characters in " + what);
}

}  // namespace

Requests Requests::get(std::string const& authority, std::string const& path) {
  Requests requests;
  requests.request_ = "GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  return requests;
}

Requests Requests::redemptions(std::string const& authority, std::string run,
                               std::vector<std::string> cards, std::vector<Door> const& doors) {
  Requests requests;
  if (cards.empty() || doors.empty()) throw std::runtime_error("no cards or no doors");
  for (std::string const& card : cards) check_plain(card, "a card");
  check_plain(run, "the run's name");
  for (Door const& door : doors) {
    check_plain(door.api_key, "an API key");
    requests.heads_.push_back("POST /api/v1/redemptions HTTP/1.1\r\nHost: " + authority +
                              "\r\nAuthorization: Bearer " + door.api_key +
                              "\r\nContent-Type: application/json\r\nContent-Length: ");
    requests.venues_.push_back(door.venue_json);
  }
  requests.cards_ = std::move(cards);
  requests.run_ = std::move(run);
  return requests;
}

std::string_view Requests::next() {
  if (cards_.empty()) return request_;
  std::uint64_t number = count_++;
  std::size_t door = number % heads_.size();
  body_ = R"({"idempotency_key":")";
  body_ += run_;
  body_ += ':';
  body_ += std::to_string(number);
  body_ += R"(","card":")";
  body_ += cards_[number % cards_.size()];
  body_ += R"(","venue_id":)";
  body_ += venues_[door];
  body_ += R"(,"tickets":{"adult":1}})";
  request_ = heads_[door];
  request_ += std::to_string(body_.size());
  request_ += "\r\n\r\n";
  request_ += body_;
  return request_;
}

Network read_network(std::string const& credentials_file, std::string const& sector) {
  std::ifstream in(credentials_file);
  if (!in) throw std::runtime_error("cannot read " + credentials_file);
  nlohmann::json credentials = nlohmann::json::parse(in);
  Network network;
  for (auto const& card : credentials.at("cards")) {
    if (card.at("state") == "valid") network.cards.push_back(card.at("code").get<std::string>());
  }
  for (auto const& key : credentials.at("api_keys")) {
    if (!sector.empty() && key.at("sector") != sector) continue;
    network.doors.push_back({key.at("venue_id").dump(), key.at("key").get<std::string>()});
  }
  if (network.cards.empty()) throw std::runtime_error("no valid card in " + credentials_file);
  if (network.doors.empty()) throw std::runtime_error("no API key in " + credentials_file);
  return network;
}

std::vector<std::string> read_cards(std::string const& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<std::string> cards;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) cards.push_back(line);
  }
  return cards;
}

}  // namespace kaiku::bench
