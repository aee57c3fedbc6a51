#include "server/reports/late_shares.hpp"

#include "server/reports/year_cells.hpp"

namespace kaiku::reports {
namespace {

constexpr std::int64_t fewest_tickets = 100;
// Whoever knows the per cents of all other areas finds what is left of the network's late tickets
// to within a hundredth of all of them: five and more values from here on.
constexpr std::int64_t fewest_tickets_of_network = 500;

struct Tickets {
  std::int64_t late = 0;
  std::int64_t all = 0;
};

tables::KeptCell cell_of(AreaId const& area, Tickets const& tickets) {
  bool const is_network = area.value.empty();
  bool const is_few = domain::counts_few(tickets.late) ||
                      domain::counts_few(tickets.all - tickets.late) ||
                      tickets.all < (is_network ? fewest_tickets_of_network : fewest_tickets);
  tables::KeptCell cell{
      .key = {.table = domain::Table::judged,
              .area = area,
              .measure = is_network ? domain::Measure::whole : domain::Measure::part,
              .label = labels::late_percent}};
  // Half up, of whole numbers.
  if (tickets.all > 0) cell.count = (200 * tickets.late + tickets.all) / (2 * tickets.all);
  if (is_few) cell.in_charge = {domain::Sign::complementary, true};
  if (domain::is_open(cell.key)) cell.openly = cell.in_charge;
  return cell;
}

}  // namespace

std::vector<tables::KeptCell> late_shares(CountedYear const& year) {
  std::map<AreaId, Tickets> areas;
  for (auto const& area : areas_of(year)) areas[area];
  auto& network = areas[{}];
  for (auto const& beside : year.now.beside) {
    for (auto* tickets : {&areas[beside.area], &network}) {
      tickets->late += beside.late_tickets;
      tickets->all += beside.all_tickets;
    }
  }
  std::vector<tables::KeptCell> cells;
  for (auto const& [area, tickets] : areas) cells.push_back(cell_of(area, tickets));
  return cells;
}

}  // namespace kaiku::reports
