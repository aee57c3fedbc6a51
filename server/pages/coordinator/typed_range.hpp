// The batch of a page, and the range that somebody typed on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/frame/batch_words.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/use_cases/hand_range.hpp"

namespace kaiku::pages {

std::string batch_path(BatchId batch);

// The batch of the path, as the caller may see it.
Result<tables::CardBatch> batch_in_path(access::Call const& call, ledger::ReadTx& tx);

// A range as it was typed, its faults at the fields `from` and `to`.
struct TypedRange {
  std::optional<use_cases::Range> range;
  std::int64_t in_stock = 0;
  PageFaults faults;
};
// The fields `from` and `to`.
FieldList& add_range_fields(FieldList& list, Language language);
enum class RangeUse { any, free };  // `free`: no office may have any of it
TypedRange judge_typed_range(ledger::ReadTx& tx, tables::CardBatch const& batch,
                             FormValues const& typed, RangeUse use, Language language);

}  // namespace kaiku::pages
