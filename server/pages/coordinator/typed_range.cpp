#include "server/pages/coordinator/typed_range.hpp"

#include "server/tables/network.hpp"

namespace kaiku::pages {
namespace {

using use_cases::RangeFault;

std::string fault_text(ledger::ReadTx& tx, tables::CardBatch const& batch,
                       use_cases::JudgedRange const& judged, Language language) {
  switch (*judged.fault) {
    case RangeFault::order: return std::string(in(language, Text::range_order));
    case RangeFault::outside:
      return fill(language, Text::range_outside, {{"n", std::to_string(batch.count)}});
    case RangeFault::taken: {
      auto const& taken = judged.taken_by.value();
      auto const office = tables::find_office(tx, taken.office);
      return fill(language, Text::range_taken,
                  {{"from", std::to_string(taken.from)},
                   {"to", std::to_string(taken.to)},
                   {"office", office ? office->name : std::string()}});
    }
    case RangeFault::none_in_stock: break;
  }
  return std::string(in(language, Text::range_none));
}

}  // namespace

std::string batch_path(BatchId batch) { return "/batches/" + std::to_string(batch.value); }

Result<tables::CardBatch> batch_in_path(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<BatchId>(0);
  if (!id) return id.error();
  return use_cases::own_batch(tx, *id, call.caller());
}

TypedRange judge_typed_range(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             FormValues const& typed, RangeUse use, Language language) {
  TypedRange result;
  auto const from = typed.number("from");
  auto const to = typed.number("to");
  std::string const asked(in(language, Text::range_number));
  if (!from) result.faults.push_back({"from", asked});
  if (!to) result.faults.push_back({"to", asked});
  if (!from || !to) return result;
  use_cases::Range const range{*from, *to};
  auto const judged = use == RangeUse::free ? use_cases::judge_free_range(tx, batch, range)
                                            : use_cases::judge_range(tx, batch, range);
  if (judged.fault) {
    bool const at_start = judged.fault == RangeFault::order || judged.fault == RangeFault::taken;
    result.faults.push_back({at_start ? "from" : "to", fault_text(tx, batch, judged, language)});
    return result;
  }
  result.range = range;
  result.in_stock = judged.in_stock;
  return result;
}

FieldList& add_range_fields(FieldList& list, Language language) {
  auto const position = [&](std::string_view id, Text label) {
    return TextField{
        .id = id, .label = in(language, label), .maxlength = 6, .numeric = true, .narrow = true};
  };
  return list.text(position("from", Text::range_from)).text(position("to", Text::range_to));
}

}  // namespace kaiku::pages
