#include "server/pages/frame/page_state.hpp"

#include "server/pages/frame/held.hpp"
#include "server/pages/frame/sealed.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view purpose = "page state 1";

std::int64_t life_us(access::Call const& call) { return (call.session() ? 30 : 10) * minute_us; }

Bytes bound_to(access::Call const& call, std::string_view page) {
  auto text = call.session() ? std::to_string(call.caller().actor.packed()) : std::string("public");
  text.append(" ").append(page);
  auto const bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string with_state(access::Call const& call, std::string_view path, std::string_view page,
                       http::FormPairs const& told) {
  bool const has_query = path.find('?') != std::string_view::npos;
  return std::string(path) + (has_query ? "&k=" : "?k=") +
         sealed(call, purpose, bound_to(call, page), told);
}

std::optional<PageState> state_of(access::Call const& call, std::string_view page) {
  if (auto held = held_of(call)) {
    if (!held->is_ours || held->typed.empty()) return std::nullopt;
    return PageState{std::move(held->typed), false, true};
  }
  auto const query = call.query();
  if (!query) return std::nullopt;
  auto const hidden = http::form_value(*query, "k");
  if (!hidden || hidden->empty()) return std::nullopt;
  auto told = opened(call, purpose, bound_to(call, page), *hidden, life_us(call));
  if (!told) return PageState{{}, true};
  return PageState{*std::move(told), false};
}

}  // namespace kaiku::pages
