#include "server/pages/frame/session_frame.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"
#include "server/access/identity/services.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/page.hpp"
#include "server/tables/sessions.hpp"

namespace kaiku::pages {
namespace {

constexpr std::int64_t warning_us = 2 * minute_us;
constexpr std::int64_t look_again_us = 30 * second_us;

struct SessionEnd {
  Instant at;
  bool may_move = false;  // by an activity; the absolute end cannot
};

std::optional<SessionEnd> end_of(access::Call const& call, ledger::ReadTx& tx) {
  if (!call.session()) return std::nullopt;
  auto const& lookup = call.session()->lookup;
  auto const found = tables::find_session(tx, lookup);
  if (!found) return std::nullopt;
  auto const heard = call.services().activity.last_seen(lookup).value_or(Instant{0});
  auto const last_seen = std::max(found->session.last_seen, heard);
  auto const idle_end = last_seen + found->session.idle_us;
  if (idle_end < found->session.ends_at) return SessionEnd{idle_end, true};
  return SessionEnd{found->session.ends_at, false};
}

std::int64_t seconds_to_next_look(std::optional<SessionEnd> const& end, Instant now) {
  if (!end) return minute_us / second_us;
  auto const to_warning = end->at.us - warning_us - now.us;
  auto const wait = to_warning > 0 ? to_warning : std::min(look_again_us, end->at.us - now.us);
  return std::max<std::int64_t>(1, wait / second_us + 1);
}

Page page_of(Frame const& frame, std::optional<SessionEnd> const& end, Instant now) {
  Page page{.title = "", .body = embedded::session_frame};
  auto const told = [&](Text text) {
    return Data(
        fill(frame.language, text, {{"t", end_text(frame.language, end->at, helsinki_day(now))}}));
  };
  bool const is_ending = end && end->at.us - now.us <= warning_us;
  page.values.set("until", end && !is_ending ? told(Text::session_until) : Data(false));
  page.values.set("ending", is_ending ? told(Text::session_ending) : Data(false));
  page.values.set("may_keep", is_ending && end->may_move);
  page.values.set("over", !end);
  return page;
}

}  // namespace

Result<http::Response> get_session(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = frame_of(call, "/");
  auto const end = end_of(call, tx);
  auto response = respond_in_frame(frame, page_of(frame, end, call.now()));
  response.with("Refresh", std::to_string(seconds_to_next_look(end, call.now())));
  return response;
}

Result<http::Response> post_session(access::Call&, ledger::WriteTx&) {
  return see_other("/session");
}

}  // namespace kaiku::pages
