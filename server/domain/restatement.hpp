// What is told once, and what is recorded afterwards: within the year nothing told moves, and after
// its settlement only whole batches do.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

// The last quarter of a row, and its row "recorded after the quarter was closed".
struct LateChange {
  std::int64_t last_quarter = 0;
  std::int64_t late_row = 0;
  bool is_withheld = false;  // DeclaredCell::late_withheld of the late row
  bool operator==(LateChange const&) const = default;
};
// `net`: what was recorded less what was undone for the first three quarters of an area after their
// close. Five and more, either way, are a row of their own; less is counted in the last quarter,
// which never falls below zero.
LateChange settle_late_change(std::int64_t last_quarter, std::int64_t net);

// October to December of the network with what the last quarters of its areas took up: in December,
// and as far as that would fall below zero in the months before. Throws std::invalid_argument when
// the whole quarter would.
std::array<std::int64_t, 3> settle_last_months(std::array<std::int64_t, 3> months,
                                               std::int64_t taken_up);

// A cell of a settled year as the edition that moves it to `count` leaves it, for editions after
// it.
DeclaredCell moved_to(DeclaredCell const& told, std::int64_t count);

// What one venue's adults or children of a settled year have changed by since the newest run.
struct Batch {
  CellKey venue;
  std::int64_t net = 0;
};
struct Edition {
  std::vector<bool> entered;        // by batch; the others wait
  std::vector<DeclaredCell> cells;  // as they are after it, by place in the set
};
// `settled`: the use cells of the year as the newest run told them, late rows among them (zero
// where there is none). A batch enters when it is five or more either way, no cell that it moves
// becomes 1–4, each differs from every earlier edition by nothing or by five and more, and the
// audit holds. A cell once withheld stays withheld, a small one that moves says so no longer.
// Batches enter by key, whatever their order. Throws std::invalid_argument for a venue that the set
// does not declare.
Edition next_edition(DeclaredSet const& settled, std::vector<Batch> const& batches);

}  // namespace kaiku::domain
