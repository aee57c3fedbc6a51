#include "server/use_cases/list_reads.hpp"

#include <algorithm>
#include <map>

#include "server/tables/accounts.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {
namespace {

using domain::ActorKind;

// Accounts and batches that entries name again and again, each looked up once.
class Names {
 public:
  explicit Names(ledger::ReadTx& tx) : tx_(tx) {}

  tables::Account const* account(domain::Actor const& actor) {
    if (actor.kind != ActorKind::account) return nullptr;
    auto [at, is_new] = accounts_.try_emplace(actor.id);
    if (is_new) at->second = tables::find_account(tx_, AccountId{actor.id});
    return at->second ? &*at->second : nullptr;
  }
  std::string const& office(OfficeId id) {
    auto [at, is_new] = offices_.try_emplace(id.value);
    if (is_new) at->second = tables::find_office(tx_, id).value().name;
    return at->second;
  }
  // Of a sheet its batch's, of all else the reader's.
  std::optional<AreaId> area(tables::CardReading const& reading) {
    if (!reading.batch) {
      auto const* reader = account(reading.actor);
      return reader != nullptr ? reader->area : std::nullopt;
    }
    auto [at, is_new] = batches_.try_emplace(reading.batch->value);
    if (is_new) {
      auto const batch = tables::find_batch(tx_, *reading.batch);
      if (batch) at->second = batch->area;
    }
    return at->second;
  }

 private:
  ledger::ReadTx& tx_;
  std::map<std::int64_t, std::optional<tables::Account>> accounts_;
  std::map<std::int64_t, std::string> offices_;
  std::map<std::int64_t, std::optional<AreaId>> batches_;
};

bool is_asked_for(tables::CardReading const& reading, ReadsQuestion const& question,
                  domain::Caller const& caller, Names& names) {
  if (question.kind && reading.kind != *question.kind) return false;
  auto const area = names.area(reading);
  if (!area || !caller.covers(*area)) return false;
  return !question.area || *area == *question.area;
}

bool is_narrowed_to(tables::Account const* reader, ReadsQuestion const& question) {
  if (question.account && (reader == nullptr || reader->id != *question.account)) return false;
  return !question.office || (reader != nullptr && reader->office == question.office);
}

ReadSeen seen_of(tables::CardReading const& reading, tables::Account const* reader, Names& names) {
  ReadSeen seen{reading, "–", ""};
  if (reader == nullptr) return seen;
  seen.account = reader->username;
  if (reader->office) seen.office = names.office(*reader->office);
  return seen;
}

// Of the workers of each office that is asked about, with those who have not read.
std::map<std::int64_t, std::int64_t> with_idle_workers(ledger::ReadTx& tx,
                                                       std::map<std::int64_t, std::int64_t> reads,
                                                       std::optional<AreaId> const& area) {
  for (auto const& account : tables::list_accounts(tx, area, tables::every_row)) {
    bool const works = account.role == domain::Role::issuer_worker &&
                       tables::state_of(account) == tables::AccountState::in_use;
    if (works) reads.try_emplace(account.id.value, 0);
  }
  return reads;
}

std::int64_t median_twice(std::vector<std::int64_t> counts) {
  std::ranges::sort(counts);
  auto const middle = counts.size() / 2;
  return counts.size() % 2 == 1 ? 2 * counts[middle] : counts[middle - 1] + counts[middle];
}

std::vector<WorkerReads> beside_colleagues(std::map<std::int64_t, std::int64_t> const& reads,
                                           ReadsQuestion const& question, Names& names) {
  std::map<std::int64_t, std::vector<std::int64_t>> of_office;
  for (auto const& [id, count] : reads) {
    auto const* account = names.account({ActorKind::account, id});
    if (account != nullptr && account->office) of_office[account->office->value].push_back(count);
  }
  std::vector<WorkerReads> workers;
  for (auto const& [id, count] : reads) {
    auto const* account = names.account({ActorKind::account, id});
    bool const is_shown = count > 0 && account != nullptr && account->office.has_value() &&
                          is_narrowed_to(account, question);
    if (!is_shown) continue;
    workers.push_back({account->username, names.office(*account->office), count,
                       median_twice(of_office.at(account->office->value))});
  }
  std::ranges::stable_sort(workers, std::greater<>(), &WorkerReads::reads);
  return workers;
}

}  // namespace

ReadsList list_reads(ledger::ReadTx& tx, ReadsQuestion const& question,
                     domain::Caller const& caller) {
  Names names(tx);
  ReadsList list;
  std::map<std::int64_t, std::int64_t> of_reader;
  tables::for_each_card_reading(
      tx, question.from, question.to, [&](tables::CardReading const& reading) {
        if (!is_asked_for(reading, question, caller, names)) return;
        auto const* reader = names.account(reading.actor);
        if (reader != nullptr) ++of_reader[reader->id.value];
        if (!is_narrowed_to(reader, question)) return;
        ++list.count;
        bool const is_on_page = (!question.before || reading.seq < *question.before) &&
                                list.reads.size() <= static_cast<std::size_t>(question.limit);
        if (is_on_page) list.reads.push_back(seen_of(reading, reader, names));
      });
  auto const area = question.area ? question.area : caller.area;
  list.workers =
      beside_colleagues(with_idle_workers(tx, std::move(of_reader), area), question, names);
  return list;
}

}  // namespace kaiku::use_cases
