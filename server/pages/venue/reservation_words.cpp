#include "server/pages/venue/reservation_words.hpp"

#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {

std::string reserved_event_text(access::Call const& call, Language language,
                                tables::Event const& event) {
  bool const is_today = helsinki_day(event.starts_at) == call.today();
  auto const time =
      is_today ? clock_text(language, event.starts_at) : moment_text(language, event.starts_at);
  return time + " " + event.title.in(language);
}

std::string reserved_text(access::Call const& call, Language language,
                          tables::Reservation const& reservation) {
  auto const n = reservation.tickets.total();
  return fill(
      language, n == 1 ? Text::reserved_one : Text::reserved_many,
      {{"n", std::to_string(n)}, {"t", end_text(language, reservation.until, call.today())}});
}

}  // namespace kaiku::pages
