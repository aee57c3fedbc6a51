// Card batches and cards: what coordinators and issuer offices do by JSON.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<access::Work> prepare_card_batch(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_card_batch(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_card_batches(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_card_batch(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_card_batch_void(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_card(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_renewal(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_replacement(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_block(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_unblock(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_children(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
