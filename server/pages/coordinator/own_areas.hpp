// The areas of whoever keeps the network, and what pages offer of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/access/call/call.hpp"
#include "server/pages/coordinator/waiting.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

// A page of the network stays where it is when the language changes. Its header tells a venue's
// staff the venue, and a coordinator what `put_coordinator_header` says.
Frame network_frame(access::Call const& call, ledger::ReadTx& tx,
                    std::optional<AreaId> const& shown = std::nullopt);
// The own area and how much waits, into nobody else's frame than a coordinator's. `shown`: the area
// of what the page shows, else the one that the address names. What it counted for it.
Waiting put_coordinator_header(Frame& frame, access::Call const& call, ledger::ReadTx& tx,
                               std::optional<AreaId> const& shown = std::nullopt);
// The area of a venue that there is.
AreaId area_of(ledger::ReadTx& tx, VenueId venue);

// Those that the caller coordinates, by name.
std::vector<tables::Area> own_areas(ledger::ReadTx& tx, domain::Caller const& caller,
                                    Language language);
// The area that a page is asked for: a coordinator's own, or the one that a national role names;
// nullopt for all, or for none that there is.
std::optional<AreaId> area_asked_for(ledger::ReadTx& tx, domain::Caller const& caller,
                                     std::string_view named);
// The page that asks a national role for the area of something new; its answers lead to
// `path`?area=.
Page ask_for_area(ledger::ReadTx& tx, domain::Caller const& caller, Frame const& frame,
                  std::string title, std::string_view path);
// A national role chooses among areas, all of them first; nobody else does.
std::vector<Option> area_choices(ledger::ReadTx& tx, domain::Caller const& caller,
                                 Language language);

// The municipalities of an area, an empty choice first, `present` among them though it may have
// left the area since.
std::vector<Option> municipality_choices(ledger::ReadTx& tx, AreaId const& area,
                                         std::string_view present, Language language);
// Where what was chosen is offered no more, no other stands chosen in its place.
void choose_no_other(std::vector<Option>& options, std::string_view chosen, Language language);
// "1 kohde", "6 kohdetta".
std::string count_text(Language language, std::size_t count, Text one, Text many);
std::string municipality_name(ledger::ReadTx& tx, std::string_view code, Language language);
std::string area_name(ledger::ReadTx& tx, AreaId const& id, Language language);

// Whether a place has accepted the commitment as it stands now, in a word.
std::string_view commitment_text(Language language, std::int64_t accepted_version);

}  // namespace kaiku::pages
