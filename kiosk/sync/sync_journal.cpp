// The half of the sync that brings the journal to the server.
#include <algorithm>

#include "kiosk/device/store.hpp"
#include "kiosk/sync/sync.hpp"
#include "schema/contract/attempt_key.hpp"

namespace kaiku::kiosk {

namespace {

// Between two batches the rest of a round has its turn.
constexpr int batches_a_round = 5;

std::vector<std::int64_t> sequences_of(std::vector<WaitingEntry> const& batch) {
  std::vector<std::int64_t> sequences;
  for (auto const& entry : batch) sequences.push_back(entry.sequence);
  return sequences;
}

// The form of the upload itself was refused, whatever else the server thinks of us.
bool is_about_form(ServerRefusal const& refusal) {
  return refusal.status == 400 || refusal.status == 413 || refusal.status == 422;
}

constexpr char const* server_has_setting = "server_has_to";
constexpr char const* server_highest_setting = "server_has_highest";
constexpr char const* folder_found_setting = "folder_found";
// Of the difference that was told of last: "highest hash".
constexpr char const* judged_setting = "journal_judged";
constexpr std::size_t most_gaps_told = 20;

}  // namespace

std::string Sync::missing_entries() {
  std::string ranges;
  for (auto const& gap : parts_.journal.missing(most_gaps_told)) {
    if (!ranges.empty()) ranges += ',';
    ranges += std::to_string(gap.from) + "-" + std::to_string(gap.to);
  }
  return ranges;
}

// A server that was restored does not have it any more, whatever a double has told it since.
std::string Sync::told_entry() {
  auto const told = parts_.journal.newest_acknowledged();
  if (!told) return {};
  return std::to_string(told->sequence) + "-" + to_hex(contract::attempt_hash(told->hash));
}

std::string Sync::said_of_us() {
  return "clock=" + std::to_string(parts_.clock.wall().us / second_us) +
         "; unsent=" + std::to_string(parts_.journal.queue());
}

std::string judged_as(JournalKnown const& server) {
  return std::to_string(server.highest) + " " + to_hex(server.hash);
}

// A folder that had agreed a moment ago and is behind now has a double, for nobody restores it
// while it runs; nor twice from copies that knew of the first time.
contract::Resumed::Why Sync::judge_folder() const {
  bool const is_double = agreed_ || setting(parts_.database, folder_found_setting).has_value();
  return is_double ? contract::Resumed::Why::doubled : contract::Resumed::Why::restored;
}

void Sync::compare_journal(JournalKnown const& server) {
  auto const here = parts_.journal.hash_at(server.entry);
  auto const head = parts_.journal.head().sequence;
  bool const is_behind = server.highest > head;
  bool const is_other = here && *here != server.hash;
  bool const is_judged = setting(parts_.database, judged_setting) == judged_as(server);
  if ((is_behind || is_other) && !is_judged) {
    auto const why = judge_folder();
    auto const previous = server.entry == server.highest ? server.hash : Digest{};
    // Also when both have as much and the last of it differs: whoever reads the journal sees it.
    if (is_behind || (server.entry == server.highest && server.highest == head)) {
      parts_.journal.resume_behind({server.highest, previous}, why);
      next_venue_us_ = 0;  // the uses of the numbers that this folder does not have
    }
    // A double may have told a restored server its own story under numbers that it once had of us.
    // Once a run where it only goes on ahead; a server restored later says so by its cards part.
    if (is_other || !sent_all_) send_all_again();
    sent_all_ = true;
    found_folder(why, server);
  }
  agreed_ = true;
  if (server.lacks_told) send_all_again();
  auto const had = integer_setting(parts_.database, server_highest_setting).value_or(0);
  if (server.highest < had) send_all_again();
  if (server.highest != had) {
    set_setting(parts_.database, server_highest_setting, std::to_string(server.highest));
  }
  server_has(server.contiguous_to);
}

void Sync::send_all_again() {
  if (parts_.journal.send_all_again() == 0) return;
  more_waits_ = true;
  next_upload_us_ = 0;
}

// A server that has less than it had was restored.
void Sync::server_has(std::int64_t contiguous_to) {
  auto const had_to = integer_setting(parts_.database, server_has_setting).value_or(0);
  if (contiguous_to == had_to) return;
  // All that is kept: what lay beside the journal there may be gone too.
  if (contiguous_to < had_to) send_all_again();
  set_setting(parts_.database, server_has_setting, std::to_string(contiguous_to));
}

void Sync::found_folder(contract::Resumed::Why why, JournalKnown const& server) {
  Transaction writing(parts_.database);
  set_setting(parts_.database, judged_setting, judged_as(server));
  set_setting(parts_.database, folder_found_setting, word_of(why));
  set_setting(parts_.database, "folder_found_us", std::to_string(server_now().us));
  writing.commit();
}

Sync::Went Sync::upload_journal() {
  more_waits_ = true;
  if (now_us() < next_upload_us_) {
    more_waits_ = !parts_.journal.waiting(1).empty();
    return Went::not_now;
  }
  bool uploaded_some = false;
  for (int batches = 0; batches < batches_a_round; ++batches) {
    auto const batch = parts_.journal.waiting(batch_most_);
    more_waits_ = !batch.empty();
    if (!more_waits_ || parts_.contact.is_stopping()) break;
    auto const went = upload(batch);
    if (went != Went::well) return went;
    uploaded_some = true;
    if (batch.size() == batch_most_ || parts_.contact.online()) heard();
  }
  if (more_waits_) return Went::well;
  if (uploaded_some) next_upload_us_ = now_us() + uploads_apart_us;
  // An attempt that the door still decides waits too.
  if (!parts_.journal.has_waiting()) parts_.contact.synced(server_now());
  return Went::well;
}

Sync::Went Sync::upload(std::vector<WaitingEntry> const& batch) {
  std::vector<contract::UploadedEntry> entries;
  for (auto const& waiting : batch) entries.push_back({waiting.signed_entry, waiting.sealed_card});
  parts_.journal.note_try(sequences_of(batch));
  auto const asked_at_us = now_us();
  auto const reply = parts_.server.upload(entries);
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) return failed(failure->detail);
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    return not_uploaded(batch, *refusal);
  }
  upload_fault_.clear();
  auto const& receipts = std::get<contract::JournalReply>(reply);
  server_said(receipts.server_time, asked_at_us);
  return uploaded(batch, receipts);
}

Sync::Went Sync::uploaded(std::vector<WaitingEntry> const& batch,
                          contract::JournalReply const& reply) {
  using contract::EntryStanding;
  std::vector<std::int64_t> taken;
  std::vector<std::int64_t> kept;
  bool strange = reply.entries.size() != batch.size();
  bool some_wait = false;
  for (std::size_t at = 0; at < batch.size() && at < reply.entries.size(); ++at) {
    auto const& receipt = reply.entries[at];
    if (receipt.standing == EntryStanding::refused) {
      parts_.journal.note_refusal(batch[at].sequence,
                                  "the server does not accept its signature or form");
      continue;
    }
    if (receipt.standing == EntryStanding::waiting) {
      some_wait = true;
      continue;
    }
    // Only what the server says of this very entry lets go of it.
    if (receipt.sequence != batch[at].sequence || receipt.hash != batch[at].hash) {
      strange = true;
      continue;
    }
    bool const whole =
        receipt.standing == EntryStanding::stored || receipt.standing == EntryStanding::repeated;
    (whole ? taken : kept).push_back(receipt.sequence);
  }
  // First how much the server has: a program that ends in between only tells it once more.
  if (!strange) server_has(reply.contiguous_to);
  auto const today = helsinki_day(server_now());
  if (!taken.empty()) parts_.journal.acknowledge(taken, false, today);
  if (!kept.empty()) parts_.journal.acknowledge(kept, true, today);
  parts_.contact.told(taken.size() + kept.size());
  batch_most_ = entries_a_batch;
  if (strange) {
    return put_off_upload("the server's receipts are not for the entries that were sent", {});
  }
  if (!some_wait) return Went::well;
  std::optional<int> wait_s;
  if (reply.resume_at) {
    auto const wait_us = std::clamp(*reply.resume_at - reply.server_time, second_us, day_us);
    wait_s = static_cast<int>(wait_us / second_us);
    set_setting(parts_.database, "takes_more_at_us", std::to_string(reply.resume_at->us));
  }
  return put_off_upload("the server takes the rest of the journal later: a day's share is in",
                        wait_s, day_us);
}

Sync::Went Sync::not_uploaded(std::vector<WaitingEntry> const& batch,
                              ServerRefusal const& refusal) {
  if (refusal.status >= 500 || refusal.status == 401 || refusal.is_expired()) {
    return judge(refusal);
  }
  auto const words = std::to_string(refusal.status) + " " + refusal.slug;
  if (!is_about_form(refusal)) {
    return put_off_upload("the server does not take the journal now: " + words,
                          refusal.retry_after_s);
  }
  // One entry that cannot be taken must not hold up the others: find it.
  if (batch.size() > 1) {
    batch_most_ = batch.size() / 2;
    return Went::well;
  }
  parts_.journal.note_refusal(batch.front().sequence, "the server said " + words);
  batch_most_ = entries_a_batch;
  return Went::well;
}

Sync::Went Sync::put_off_upload(std::string const& why, std::optional<int> retry_after_s,
                                std::int64_t longest_us) {
  auto const asked_us = retry_after_s ? *retry_after_s * second_us : minute_us;
  next_upload_us_ = now_us() + std::clamp(asked_us, second_us, longest_us);
  upload_fault_ = why;
  parts_.contact.noted(why);
  return Went::not_now;
}

}  // namespace kaiku::kiosk
