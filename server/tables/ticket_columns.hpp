// The columns that hold the tickets of an act, in every table that has them: their one spelling in
// queries, and how they are read.
#pragma once

#include "schema/contract/admission.hpp"
#include "server/sql/sqlite.hpp"

#define KAIKU_TICKET_COLUMNS "adult, child, assistant, interpreter, companion"

namespace kaiku::tables {

// `first` is the place of the first of them in the row.
inline contract::Tickets tickets_from(sql::Statement const& row, int first) {
  return {row.small(first), row.small(first + 1), row.small(first + 2), row.small(first + 3),
          row.small(first + 4)};
}

}  // namespace kaiku::tables
