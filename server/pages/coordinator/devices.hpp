// The handlers of door devices' pages; the route table lists them. Coordinators see those of their
// areas, a venue's staff its own.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The newest first; ?area= narrows it for national roles, ?before= pages it.
Result<http::Response> get_devices(access::Call const& call, ledger::ReadTx& tx);
// GET /doors, its address of old.
http::Response get_doors(access::Call const& call);

// A code by which a device joins a venue, and the page that shows it to whoever made it.
Result<http::Response> get_new_device(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_device(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_device_code(access::Call const& call, ledger::ReadTx& tx);

Result<http::Response> get_device(access::Call const& call, ledger::ReadTx& tx);
// Gives it another name.
Result<http::Response> post_device(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_device_quarantine(access::Call const& call, ledger::ReadTx& tx);
// A ruling on one of its uses, then the page again.
Result<http::Response> post_device_quarantine(access::Call& call, ledger::WriteTx& tx);
// Asks how, then to confirm, then does it: there is no way back.
Result<http::Response> get_device_revocation(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_device_revocation(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
