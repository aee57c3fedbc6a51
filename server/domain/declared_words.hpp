// Words for the tables, measures and periods of published cells: in the ledger, in kept cells, in
// files and addresses. They are stored, so they never change.
#pragma once

#include <optional>
#include <string_view>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

std::string_view word_of(Table table);
std::string_view word_of(Measure measure);
std::string_view word_of(Period::Kind kind);

// nullopt for anything that is no such word.
std::optional<Table> table_from(std::string_view word);
std::optional<Measure> measure_from(std::string_view word);
std::optional<Period::Kind> period_kind_from(std::string_view word);

}  // namespace kaiku::domain
