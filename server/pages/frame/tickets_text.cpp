#include "server/pages/frame/tickets_text.hpp"

namespace kaiku::pages {

std::string tickets_text(contract::Language language, contract::Tickets const& tickets) {
  std::string out;
  auto const add = [&](std::string_view part) { out.append(out.empty() ? "" : ", ").append(part); };
  auto const counted = [&](int n, Text one, Text many) {
    if (n == 1) add(in(language, one));
    if (n > 1) add(fill(language, many, {{"n", std::to_string(n)}}));
  };
  counted(tickets.adult, Text::tickets_adult_one, Text::tickets_adult_many);
  counted(tickets.child, Text::tickets_child_one, Text::tickets_child_many);
  if (tickets.assistant > 0) add(in(language, Text::tickets_assistant));
  if (tickets.interpreter > 0) add(in(language, Text::tickets_interpreter));
  if (tickets.companion > 0) add(in(language, Text::tickets_companion));
  return out;
}

}  // namespace kaiku::pages
