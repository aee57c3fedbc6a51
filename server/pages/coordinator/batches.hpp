// The handlers of the pages of card stock; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The newest first, with what is left of each; of one area also what is left at its offices.
Result<http::Response> get_batches(access::Call const& call, ledger::ReadTx& tx);

Result<http::Response> get_new_batch(access::Call const& call, ledger::ReadTx& tx);
// Draws and signs the cards beside the writer.
Result<access::Work> prepare_new_batch(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_batch(access::Call& call, ledger::WriteTx& tx);

// Its ranges, and the form by which it is printed; the answer to that is the PDF itself.
Result<http::Response> get_batch(access::Call const& call, ledger::ReadTx& tx);
Result<access::Work> prepare_batch_print(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_batch_print(access::Call& call, ledger::WriteTx& tx);
// A PDF with nothing of ours on it, in the account's own layout.
Result<http::Response> get_print_test(access::Call const& call, ledger::ReadTx& tx);

// ?range= names the first position of a range that was handed over: its delivery note.
Result<http::Response> get_batch_hand(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_batch_hand(access::Call& call, ledger::WriteTx& tx);

// Asks which and why, then to confirm by typing the number: there is no way back.
Result<http::Response> get_batch_void(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_batch_void(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
