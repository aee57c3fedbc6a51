#include "server/pages/frame/batch_words.hpp"

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

}  // namespace kaiku::pages
