#include "server/tables/repeated_uses.hpp"

namespace kaiku::tables {
namespace {

constexpr std::int64_t near_us = 10 * minute_us;

}  // namespace

std::vector<RepeatedUse> repeated_uses(ledger::ReadTx& tx, RepeatedQuestion const& question) {
  auto query = tx.prepare(repeated_uses_sql);
  query.with(question.area, question.venue, question.from, question.to, near_us, question.limit);
  std::vector<RepeatedUse> uses;
  while (query.step())
    uses.push_back({query.id<VenueId>(0), Day{query.small(1)}, query.integer(2)});
  return uses;
}

}  // namespace kaiku::tables
