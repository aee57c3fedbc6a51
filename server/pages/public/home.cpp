#include "server/pages/public/home.hpp"

#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/held.hpp"
#include "server/pages/public/home_view.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/pages/public/statements.hpp"
#include "server/tables/service_texts.hpp"

namespace kaiku::pages {
namespace {

ServiceFacts facts_in(ledger::ReadTx& tx, Language language) {
  ServiceFacts facts;
  for (auto const& told : tables::service_texts(tx).texts) {
    auto const day = day_from_iso(told.text.fi);
    facts[told.word] = day ? day_text(language, *day) : told.text.in(language);
  }
  return facts;
}

}  // namespace

Result<http::Response> get_home(access::Call const& call, ledger::ReadTx& tx) {
  auto start = first_page(tx, call.caller());
  if (start != "/") return see_other(with_held(call, start));
  auto const frame = public_frame(call);
  return respond(frame, home_page(frame));
}

Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  return respond(frame, accessibility_page(frame, facts_in(tx, frame.language)));
}

Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  return respond(frame, privacy_page(frame, facts_in(tx, frame.language)));
}

}  // namespace kaiku::pages
