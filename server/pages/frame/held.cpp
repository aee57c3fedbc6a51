#include "server/pages/frame/held.hpp"

#include <algorithm>
#include <array>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/sealed.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view purpose = "held 1";
constexpr std::string_view held_name = "held";
constexpr std::int64_t life_us = 10 * minute_us;
constexpr std::size_t longest_held = 3000;  // characters of an address
constexpr std::size_t longest_number = 18;
// Of one session, or never to be written down.
constexpr std::array<std::string_view, 7> dropped{"csrf",  "owner", "form_id",      "password",
                                                  "again", "totp",  "one_time_code"};
// A ticket is never given late: the card is read again.
constexpr std::string_view door = "/door/basic";

std::string mac_of(access::Call const& call, std::string_view account) {
  auto const key =
      crypto::hmac_sha256(call.services().keys.csrf, bytes_of(std::string_view("form owner 1")));
  return to_base64url(crypto::hmac_sha256(key, bytes_of(account)));
}

std::string account_of(access::Call const& call) {
  return std::to_string(call.caller().actor.packed());
}

// The account that a posted form was filled by.
std::optional<std::string> owner_of(access::Call const& call, http::FormPairs const& form) {
  auto const owner = http::form_value(form, "owner").value_or("");
  auto const cut = owner.find('.');
  if (cut == std::string_view::npos) return std::nullopt;
  auto const account = owner.substr(0, cut);
  auto const mac = mac_of(call, account);
  if (!crypto::equal_constant_time(bytes_of(owner.substr(cut + 1)), bytes_of(mac))) {
    return std::nullopt;
  }
  return std::string(account);
}

std::string bound_to(std::string_view account, std::string_view path) {
  return std::string(account) + " " + std::string(path);
}

// What tickets are given for and how, as the form names it, stays with whoever signs in again.
http::FormPairs desk_of_form(http::FormPairs const& form) {
  http::FormPairs desk;
  for (std::string_view const name : {"event", "fast"}) {
    auto const value = http::form_value(form, name).value_or("");
    bool const is_number = value.size() <= longest_number && ascii::is_digits(value);
    if (is_number) desk.emplace_back(name, value);
  }
  return desk;
}

// The query of the page that the form stood on, without what was sealed in it.
http::FormPairs query_of_referer(access::Call const& call, std::string_view form_path) {
  auto referer = call.request().header("referer");
  auto const host = referer.find("://");
  if (host == std::string_view::npos) return {};
  auto const path_at = referer.find('/', host + 3);
  if (path_at == std::string_view::npos) return {};
  referer = referer.substr(path_at);
  auto const cut = referer.find('?');
  if (cut == std::string_view::npos || referer.substr(0, cut) != form_path) return {};
  auto query = http::parse_query(referer.substr(cut + 1));
  if (!query) return {};
  std::erase_if(*query, [](auto const& pair) {
    return pair.first == "k" || pair.first == held_name ||
           codec::contains_personal_identity_code(pair.second);
  });
  return *std::move(query);
}

}  // namespace

std::string form_owner(access::Call const& call) {
  if (!call.session()) return "";
  auto const account = account_of(call);
  return account + "." + mac_of(call, account);
}

std::optional<std::string> held_form(access::Call const& call, std::string_view form_path) {
  auto const& posted = call.posted();
  if (!posted) return std::nullopt;
  auto form = posted->fields;
  auto const owner = owner_of(call, form);
  if (!owner) return std::nullopt;
  if (form_path.starts_with(door)) {
    http::FormPairs act;
    if (http::form_value(form, "act") == "undo") act.emplace_back("act", "undo");
    auto query = desk_of_form(form);
    auto kept = sealed(call, purpose, bytes_of(bound_to(*owner, door)), std::move(act));
    query.emplace(query.begin(), held_name, std::move(kept));
    return std::string(door) + "?" + encoded(query);
  }
  std::erase_if(form, [](auto const& pair) {
    return std::ranges::count(dropped, pair.first) > 0 ||
           codec::contains_personal_identity_code(pair.second);
  });
  // Nothing was typed into a form of a button alone; an empty one is told as too long for an
  // address.
  if (form.empty()) form.emplace_back("unsent", "1");
  auto query = query_of_referer(call, form_path);
  auto const bound = bound_to(*owner, form_path);
  auto typed = sealed(call, purpose, bytes_of(bound), std::move(form));
  if (typed.size() > longest_held) typed = sealed(call, purpose, bytes_of(bound), {});
  query.emplace_back(held_name, std::move(typed));
  return std::string(form_path) + "?" + encoded(query);
}

std::optional<Held> held_of(access::Call const& call) {
  auto const query = call.query();
  if (!query || !call.session()) return std::nullopt;
  auto const text = http::form_value(*query, held_name);
  if (!text) return std::nullopt;
  auto const bound = bound_to(account_of(call), call.request().path);
  if (auto typed = opened(call, purpose, bytes_of(bound), *text, life_us)) {
    return Held{*std::move(typed), true};
  }
  Held held;
  held.is_old = opened(call, purpose, bytes_of(bound), *text, day_us).has_value();
  return held;
}

std::string with_held(access::Call const& call, std::string const& page) {
  auto const query = call.query();
  auto const text = query ? http::form_value(*query, held_name) : std::nullopt;
  if (!text) return page;
  auto const more = page.find('?') == std::string::npos ? "?" : "&";
  return page + more + encoded({{std::string(held_name), std::string(*text)}});
}

}  // namespace kaiku::pages
