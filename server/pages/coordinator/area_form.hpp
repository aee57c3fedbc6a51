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
// Faults of names and municipalities as they stand in a form: that no name was given is told at the
// first, and a municipality's number is wrong in one way.
Error as_typed(Error error);
// Reads the members of a PATCH and keeps them; faults stand at the members.
Result<void> keep_area_changes(ledger::WriteTx& tx, tables::Area const& area,
                               nlohmann::json const& changes, domain::Caller const& caller);

// Municipalities as lines that a person edits: "205;Kajaani;Kajana;Kajaani", names left out at the
// end where they are empty.
std::string municipality_lines(std::vector<domain::Municipality> const& municipalities);
// The same lines as members of a request, an item a line; a number without names takes those of
// `known`.
nlohmann::json municipality_members(std::string_view lines,
                                    std::vector<domain::Municipality> const& known);
FieldList& add_municipalities(FieldList& list, Language language);

}  // namespace kaiku::pages
