#include "server/pages/frame/accepted.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::pages {
namespace {

constexpr int whole = 1000;

// Takes the piece before the next `mark` off the front.
std::string_view take(std::string_view& rest, char mark) {
  auto const end = rest.find(mark);
  auto const piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return ascii::without_blanks(piece);
}

// RFC 9110 section 12.4.2: "0.5" is 500; what is no weight counts for nothing.
int weight_from(std::string_view text) {
  bool const sound = !text.empty() && text.size() <= 5 && (text[0] == '0' || text[0] == '1') &&
                     (text.size() == 1 || text[1] == '.');
  if (!sound) return 0;
  int weight = (text[0] - '0') * whole;
  int unit = whole / 10;
  for (char const c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (!ascii::is_digit(c)) return 0;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(weight, whole);
}

struct Range {
  std::string_view name;
  int weight = whole;
};

Range take_range(std::string_view& list) {
  auto item = take(list, ',');
  Range range{take(item, ';')};
  while (!item.empty()) {
    auto const parameter = take(item, ';');
    bool const is_weight =
        parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=';
    if (is_weight) range.weight = weight_from(parameter.substr(2));
  }
  return range;
}

bool names(std::string_view range, std::string_view wanted) {
  if (!ascii::same_letters(range.substr(0, wanted.size()), wanted)) return false;
  return range.size() == wanted.size() || range[wanted.size()] == '-';
}

}  // namespace

int weight_of(std::string_view list, std::string_view wanted) {
  int most = 0;
  while (!list.empty()) {
    auto const range = take_range(list);
    if (names(range.name, wanted)) most = std::max(most, range.weight);
  }
  return most;
}

std::optional<contract::Language> accepted_language(std::string_view accept_language) {
  std::optional<contract::Language> best;
  int best_weight = 0;
  while (!accept_language.empty()) {
    auto const range = take_range(accept_language);
    for (auto const language : contract::languages) {
      if (range.weight <= best_weight || !names(range.name, contract::code_of(language))) continue;
      best = language;
      best_weight = range.weight;
    }
  }
  return best;
}

bool wants_page(http::Request const& request) {
  if (request.listener == http::Listener::device) return false;
  auto const accepts = request.list_header("accept");
  auto const json = std::max(weight_of(accepts, "application/json"),
                             weight_of(accepts, "application/problem+json"));
  return weight_of(accepts, "text/html") > json;
}

}  // namespace kaiku::pages
