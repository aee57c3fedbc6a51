#include "server/pages/coordinator/use_standing.hpp"

namespace kaiku::pages {

std::string standing_text(contract::Language language, tables::JudgedUse const& use) {
  auto const text = use.undone                                   ? Text::judged_undone
                    : use.standing == tables::Standing::waiting  ? Text::judged_waits
                    : use.standing == tables::Standing::accepted ? Text::judged_accepted
                    : use.standing == tables::Standing::rejected ? Text::judged_rejected
                                                                 : Text::judged_counts;
  return std::string(in(language, text));
}

}  // namespace kaiku::pages
