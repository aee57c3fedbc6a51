// What the forms of an area's parts share: where they stand, what they showed, how they are kept.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

std::string area_path(AreaId const& area);
// What the ledger's entry `seq` said of the area; nullopt when it is none of it.
std::optional<ledger::AreaSet> area_as_of(ledger::ReadTx& tx, AreaId const& area, std::int64_t seq);
// Faults of names as they stand in a form: that no name was given is told at the first.
Error as_typed(Error error);
// Reads the members of a PATCH and keeps them; faults stand at the members.
Result<void> keep_area_changes(ledger::WriteTx& tx, tables::Area const& area,
                               nlohmann::json const& changes, domain::Caller const& caller);

// The codes of an area's municipalities, one a line: what its boxes say.
std::string municipality_lines(std::vector<domain::Municipality> const& municipalities);
// The same lines as members of a request.
nlohmann::json municipality_members(std::string_view lines);
// A box for each municipality of today by region, and for those that the area has beside them;
// another area's is named and cannot be ticked. `area` is none for a new one.
FieldList& add_municipalities(FieldList& list, ledger::ReadTx& tx,
                              std::optional<AreaId> const& area, Day today, Language language);

}  // namespace kaiku::pages
