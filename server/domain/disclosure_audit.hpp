// Looks at what would be published as a reader does, and says which count of 1–4 can be worked out.
// It shares no step with what chose the signs.
#pragma once

#include <cstdint>
#include <optional>

#include "server/domain/circulation.hpp"
#include "server/domain/contributors.hpp"

namespace kaiku::domain {

struct AuditFinding {
  int cell;                           // its number
  std::int64_t values;                // how many stay possible; 0: its sign says what is not so
  int insider = Contributor::nobody;  // who has to know their own figures for it
};

// Signs by number. The first finding, by number; nullopt: three values stay possible for each count
// of 1–4 and no sign lies.
std::optional<AuditFinding> audit_for_those_in_charge(Circulation const& circulation,
                                                      Signs const& signs);
// Of open cells, for whoever counts nothing and for each contributor with own figures.
std::optional<AuditFinding> audit_for_everybody(Circulation const& circulation, Signs const& signs,
                                                Contributors const& contributors);

}  // namespace kaiku::domain
