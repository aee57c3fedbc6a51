#include "server/pages/frame/batch_words.hpp"

#include "server/domain/stock.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {
namespace {

std::string four_digits(std::int64_t number) {
  auto text = std::to_string(number);
  if (text.size() < 4) text.insert(0, 4 - text.size(), '0');
  return text;
}

}  // namespace

std::string batch_text(BatchId batch) { return four_digits(batch.value); }

std::string position_text(BatchId batch, std::int64_t position) {
  return batch_text(batch) + "-" + four_digits(position);
}

std::string range_text(BatchId batch, std::int64_t from, std::int64_t to) {
  if (from == to) return position_text(batch, from);
  return position_text(batch, from) + "–" + position_text(batch, to);
}

std::string stock_text(contract::Language language, std::int64_t left) {
  auto const tens = domain::down_to_tens(left);
  if (left > 0 && tens == 0) return std::string(in(language, Text::stock_under_ten));
  return number_text(language, tens) + (tens > 0 ? "+" : "");
}

}  // namespace kaiku::pages
