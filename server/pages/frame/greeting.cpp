#include "server/pages/frame/greeting.hpp"

#include "server/http/form.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/sealed.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view purpose = "kaiku greeting 1";
constexpr std::int64_t life_us = 10 * minute_us;
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";

std::string moment(std::string_view microseconds, contract::Language language) {
  return moment_text(language, Instant{std::stoll(std::string(microseconds))});
}

// A reset is told until the owner has signed in after it.
bool tells_of_reset(tables::Account const& account) {
  return account.reset_at && (!account.last_sign_in || *account.reset_at >= *account.last_sign_in);
}

std::string name_of(ledger::ReadTx& tx, domain::Actor const& actor) {
  if (actor.kind != domain::ActorKind::account) return "";
  auto const account = tables::find_account(tx, AccountId{actor.id});
  return account ? account->username : "";
}

}  // namespace

std::string greeting_cookie(access::Call const& call, ledger::ReadTx& tx,
                            tables::Account const& signed_in, Digest const& session) {
  http::FormPairs told;
  if (signed_in.last_sign_in) told.emplace_back("last", std::to_string(signed_in.last_sign_in->us));
  if (tells_of_reset(signed_in)) {
    told.emplace_back("reset", std::to_string(signed_in.reset_at->us));
    told.emplace_back("by", name_of(tx, signed_in.reset_by));
  }
  return std::string(greeting_cookie_name) + "=" +
         sealed(call, purpose, ByteView(session), std::move(told)) + std::string(attributes) +
         "600";
}

std::string greeting_of(access::Call const& call, contract::Language language) {
  auto const cookie = call.request().cookie(greeting_cookie_name);
  if (cookie.empty() || !call.session()) return "";
  auto const told = opened(call, purpose, ByteView(call.session()->lookup), cookie, life_us);
  if (!told) return "";
  auto const last = http::form_value(*told, "last");
  auto text = last ? fill(language, Text::greeting_last, {{"when", moment(*last, language)}})
                   : std::string(in(language, Text::greeting_first));
  auto const reset = http::form_value(*told, "reset");
  if (!reset) return text;
  auto const by = http::form_value(*told, "by").value_or("");
  auto const who = by.empty() ? in(language, Text::greeting_by_machine) : by;
  return text + " " +
         fill(language, Text::reset_told, {{"who", who}, {"when", moment(*reset, language)}});
}

std::string ended_greeting_cookie() {
  return std::string(greeting_cookie_name) + "=" + std::string(attributes) + "0";
}

}  // namespace kaiku::pages
