// A small register in memory that answers as the use cases have to. It knows no ledger and no SQL:
// every question is answered by walking over all that ever happened.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/messages.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/plausibility.hpp"
#include "server/domain/policy.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::property {

// A value with its history: what held at an instant is the newest that had begun by then.
template <class T>
class Versions {
 public:
  void add(Instant from, T value) { all_.emplace_back(from, std::move(value)); }
  bool empty() const { return all_.empty(); }
  T const& now() const { return all_.back().second; }
  T const* at(Instant when) const {
    for (auto version = all_.rbegin(); version != all_.rend(); ++version) {
      if (version->first <= when) return &version->second;
    }
    return nullptr;
  }

 private:
  std::vector<std::pair<Instant, T>> all_;
};

struct CardState {
  contract::StoredState state = contract::StoredState::stock;
  Day first;
  Day last;
  bool barred = false;  // blocked for misuse
};

// That a card took another's place, while nothing has happened to it since.
struct TookPlace {
  std::size_t of = 0;
  Instant at{};
  CardState before;  // of the other
};

struct ModelCard {
  std::string code;   // as printed
  std::string token;  // empty: not known to the test
  AreaId area;
  std::optional<OfficeId> office;
  std::optional<OfficeId> batch_office;  // whose stock it is while nobody has registered it
  bool is_made = false;                  // on the spot
  contract::CardKind kind = contract::CardKind::personal;
  int ceiling = 0;
  int lineage = -1;
  CardState now;
  Versions<CardState> versions;
  std::optional<TookPlace> took_place;
};

struct ModelLineage {
  contract::CardKind kind = contract::CardKind::personal;
  OfficeId office;
  AreaId area;
  std::string municipality;
  Versions<int> children;
  Instant registered_at{};
  bool is_changed = false;  // card or holder, since the registration
  bool is_undone = false;
};

struct EventFacts {
  contract::UseKind kind = contract::UseKind::admission;
  std::optional<std::int64_t> quota;
  std::optional<contract::UseLimit> limit;
  bool children_allowed = true;
  bool sold_out = false;
  bool cancelled = false;
};

struct ModelVenue {
  AreaId area;
  std::optional<contract::UseLimit> limit;
};

struct ModelEvent {
  VenueId venue;
  Instant ends_at;
  Versions<EventFacts> versions;
};

struct ModelOffice {
  AreaId area;
  std::string municipality;
};

struct ModelUse {
  RedemptionId id;
  domain::Actor actor;
  contract::RedemptionRequest request;
  std::string code;  // of the card, however it was shown
  int lineage = -1;
  contract::UseKind kind = contract::UseKind::admission;
  Instant occurred;
  Instant recorded;
  contract::Answer answer = contract::Answer::ok;
  std::optional<std::string> verdict;
  bool undone = false;
  bool waits() const { return verdict && domain::waits(*verdict); }
};

// What was shown at a door or typed at an office.
struct Shown {
  std::string text;
  std::string code;  // canonical print form, when it can be read
  bool readable = true;
  bool typed = true;
};

// What a redemption has to answer.
struct Expected {
  bool given = true;  // false: the decision is the answer, and nothing is recorded
  bool repeated = false;
  std::size_t use = 0;  // of a repeat
  contract::Decision decision;
  contract::UseKind kind = contract::UseKind::admission;
  Instant occurred;
  std::optional<std::string> verdict;
};

class Model {
 public:
  std::map<AreaId, Versions<domain::Policy>> areas;
  std::map<std::string, AreaId> municipalities;
  std::map<OfficeId, ModelOffice> offices;
  std::map<VenueId, ModelVenue> venues;
  std::map<EventId, ModelEvent> events;
  std::vector<ModelCard> cards;
  std::vector<ModelLineage> lineages;
  std::vector<ModelUse> uses;

  std::optional<std::size_t> find(std::string const& code) const;

  // What an office's acts have to answer; they change nothing. Days and state as they will be.
  Result<CardState> registers(use_cases::RegisterCard const& request, Shown const* card,
                              domain::Caller const& caller, Day today) const;
  Result<std::size_t> own_card(Shown const& card, domain::Caller const& caller) const;
  Result<CardState> renews(Shown const& card, domain::Caller const& caller, Day today) const;
  Result<CardState> replaces(Shown const& old_card, Shown const* stock,
                             domain::Caller const& caller, Day today) const;
  Result<CardState> blocks(Shown const& card, domain::BlockReason reason,
                           domain::Caller const& caller) const;
  Result<CardState> unblocks(Shown const& card, domain::Caller const& caller) const;
  Result<std::size_t> changes_children(Shown const& card, domain::Caller const& caller) const;
  Result<CardState> undoes_registration(std::size_t card, domain::Caller const& caller,
                                        Instant now) const;
  // How the new card is afterwards.
  Result<CardState> undoes_replacement(std::size_t new_card, domain::Caller const& caller,
                                       Instant now) const;

  // What the door has to answer.
  Result<contract::Decision> checks(contract::RedemptionRequest const& request, Shown const& card,
                                    domain::Caller const& caller, Instant now) const;
  Result<Expected> redeems(contract::RedemptionRequest const& request, Shown const& card,
                           domain::Caller const& caller, Instant now) const;
  std::string verdict_of(contract::RedemptionRequest const& request, Shown const& shown,
                         Expected const& expected, Instant occurred) const;
  Result<std::size_t> undoes(RedemptionId id, domain::Caller const& caller, Instant now) const;

  // Counters, by walking over all uses.
  std::int64_t places_used(EventId event) const;
  std::pair<std::int64_t, std::int64_t> tickets_and_children(VenueId venue, Day day) const;

  void set_state(std::size_t card, Instant from, CardState state);
  // Nobody's any more: of a batch it is stock again, else void.
  void take_back(std::size_t card, Instant from, CardState state);

 private:
  std::optional<Error> stock_fault(Shown const& card, domain::Caller const& caller) const;
  domain::Policy policy_of(AreaId const& area, std::optional<Instant> at) const;
  contract::CardFacts facts_of(ModelCard const& card, std::optional<Instant> at) const;
  contract::EarlierUses earlier(ModelCard const* card, contract::RedemptionRequest const& request,
                                std::optional<contract::UseLimit> const& limit, Day day,
                                Day valid_from) const;
  Result<Expected> judges(contract::RedemptionRequest const& request, Shown const& card,
                          domain::Caller const& caller, Instant occurred,
                          std::optional<Instant> at) const;
};

}  // namespace kaiku::property
