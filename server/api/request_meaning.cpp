#include "server/api/request_meaning.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>

#include "schema/contract/card_token.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/time.hpp"
#include "server/api/areas.hpp"
#include "server/domain/policy.hpp"
#include "server/keys/key_ring.hpp"

namespace kaiku::api {
namespace {

using nlohmann::json;

// A member whose default the server chose, and where its answer says what it chose.
struct Told {
  std::string_view member;
  std::string_view in_answer;
};

struct Meaning {
  // What a member that is left out stands for; an array holds the defaults of each of its items.
  json defaults = json::object();
  std::vector<Told> told;
};

json const no_name{{"fi", ""}, {"sv", ""}, {"en", ""}};
json const no_tickets{
    {"adult", 0}, {"child", 0}, {"assistant", 0}, {"interpreter", 0}, {"companion", 0}};

// null is left out already, so a default of null needs no entry.
std::map<std::string_view, Meaning> const& meanings() {
  static std::map<std::string_view, Meaning> const rows{
      {"/api/v1/accounts", {{{"language", "fi"}}, {}}},
      {"/api/v1/accounts/{id}/resets", {}},
      {"/api/v1/api-keys", {}},
      {"/api/v1/devices/enrolment-codes", {{{"uses", 1}}, {}}},
      {"/api/v1/areas",
       {{{"name", no_name},
         {"municipalities", json::array({{{"name", no_name}}})},
         {"policy", to_json(domain::Policy{})}},
        {}}},
      {"/api/v1/offices", {}},
      {"/api/v1/reports/value-sheets", {}},
      {"/api/v1/reservations", {{{"hold_minutes", 15}, {"tickets", no_tickets}}, {}}},
      {"/api/v1/venues", {{{"fast_by_default", false}}, {}}},
      {"/api/v1/events",
       {{{"title", no_name},
         {"kind", "admission"},
         {"children_allowed", true},
         {"sold_out", false},
         {"door_message", no_name}},
        {{"ends_at", "ends_at"}}}},
      {"/api/v1/card-batches", {json::object(), {{"area_id", "area_id"}}}},
      {"/api/v1/card-batches/{id}/voids", {}},
      {"/api/v1/cards",
       {{{"kind", "personal"},
         {"background", {{"life_situation", ""}, {"gender", ""}, {"language", ""}}}},
        {{"municipality", "municipality"}, {"issued_on", "first_valid_day"}}}},
      {"/api/v1/cards/{code}/renewals", {json::object(), {{"children", "children"}}}},
      {"/api/v1/cards/{code}/replacements", {}},
      {"/api/v1/cards/{code}/blocks", {}},
  };
  return rows;
}

// Members that name a card or a time, wherever they stand.
constexpr std::string_view card_member = "card";
constexpr std::array<std::string_view, 2> time_members{"starts_at", "ends_at"};

std::string code_in(std::string_view card) {
  auto const input = contract::parse_card_input(card);
  return input ? contract::code_of(*input).canonical() : std::string(card);
}

void write_plainly(std::string_view name, json& value) {
  if (!value.is_string()) return;
  auto const& text = value.get_ref<std::string const&>();
  if (name == card_member) {
    value = code_in(text);
  } else if (std::ranges::find(time_members, name) != time_members.end()) {
    if (auto const at = instant_from_rfc3339(text)) value = to_rfc3339(*at);
  }
}

// Takes out what says no more than leaving it out would.
void leave_out_defaults(json& value, json const& defaults) {
  if (value.is_array() && defaults.is_array()) {
    for (auto& item : value) leave_out_defaults(item, defaults.front());
  }
  if (!value.is_object()) return;
  for (auto at = value.begin(); at != value.end();) {
    auto const found = defaults.is_object() ? defaults.find(at.key()) : defaults.end();
    bool const has_default = defaults.is_object() && found != defaults.end();
    write_plainly(at.key(), *at);
    leave_out_defaults(*at, has_default ? *found : json());
    bool const is_default =
        has_default && (*at == *found || (found->is_object() && *at == json::object()));
    if (at->is_null() || is_default) {
      at = value.erase(at);
    } else {
      ++at;
    }
  }
}

Digest mac_of(access::Call const& call, std::string_view pattern, json body, json const& defaults) {
  if (body.is_null()) body = json::object();  // sent without one
  leave_out_defaults(body, defaults);
  std::string text(pattern);
  auto const parameters = std::ranges::count(pattern, '{');
  for (std::ptrdiff_t n = 0; n < parameters; ++n) {
    auto const& parameter = call.parameter(static_cast<std::size_t>(n));
    text +=
        '\n' + (pattern.find("{code}") == std::string_view::npos ? parameter : code_in(parameter));
  }
  text += '\n' + body.dump();
  return crypto::hmac_sha256(call.services().keys.body_mac, bytes_of(text));
}

// The body with each choice of members that the server's own answer may have filled in.
std::vector<json> ways_to_say(json const& body, std::span<Told const> told, json const& answer) {
  std::vector<json> ways{body};
  if (!body.is_object() || !answer.is_object()) return ways;
  for (auto const& [member, in_answer] : told) {
    auto const chosen = answer.find(in_answer);
    if (chosen == answer.end()) continue;
    auto const count = ways.size();
    for (std::size_t at = 0; at < count; ++at) {
      auto other = ways[at];
      auto& stands = other[std::string(member)];
      write_plainly(member, stands);
      if (stands.is_null()) {
        stands = *chosen;
      } else if (stands == *chosen) {
        other.erase(std::string(member));
      } else {
        continue;
      }
      ways.push_back(std::move(other));
    }
  }
  return ways;
}

}  // namespace

bool has_meaning(std::string_view pattern) { return meanings().contains(pattern); }

Digest meaning_mac(access::Call const& call, std::string_view pattern, json const& body) {
  return mac_of(call, pattern, body, meanings().at(pattern).defaults);
}

bool asks_the_same(access::Call const& call, std::string_view pattern, json const& body,
                   Digest const& mac, json const& answer) {
  auto const& row = meanings().at(pattern);
  auto const ways = ways_to_say(body, row.told, answer);
  return std::ranges::any_of(ways, [&](json const& way) {
    return crypto::equal_constant_time(mac_of(call, pattern, way, row.defaults), mac);
  });
}

}  // namespace kaiku::api
