#include "server/reports/figure.hpp"

namespace kaiku::reports {

Figure shown(std::int64_t count) { return {Figure::Is::shown, count}; }

Figure figure_of(domain::Decision const& decision, std::int64_t count) {
  switch (decision.sign) {
    case domain::Sign::shown: return shown(count);
    case domain::Sign::small: return {Figure::Is::small, 0};
    case domain::Sign::complementary: break;
  }
  return {Figure::Is::complementary, 0};
}

std::int64_t lower_limit(Figure const& figure) {
  return figure.is == Figure::Is::small ? 1 : figure.count;
}

Figure operator+(Figure const& one, Figure const& other) {
  using Is = Figure::Is;
  if (one.is == Is::not_published && other.is == Is::not_published) return {};
  bool const is_whole = one.is == Is::shown && other.is == Is::shown;
  return {is_whole ? Is::shown : Is::at_least, one.count + other.count};
}

std::optional<double> rate_of(Figure const& part, Figure const& whole) {
  if (!part.value() || !whole.value() || whole.count == 0) return std::nullopt;
  constexpr std::int64_t decimals = 10'000;
  auto const rounded = (2 * part.count * decimals + whole.count) / (2 * whole.count);
  return static_cast<double>(rounded) / static_cast<double>(decimals);
}

Figure sign_without_rate(Figure const& part, Figure const& whole) {
  bool const is_told =
      part.is != Figure::Is::not_published && whole.is != Figure::Is::not_published;
  bool const is_withheld = is_told && (!part.value() || !whole.value());
  return is_withheld ? Figure{Figure::Is::complementary, 0} : Figure{};
}

}  // namespace kaiku::reports
