#include "server/ledger/projections.hpp"

#include <algorithm>
#include <string>

#include "schema/contract/admission.hpp"
#include "server/domain/plausibility.hpp"
#include "server/ledger/card_projection.hpp"
#include "server/ledger/entry_codec.hpp"
#include "server/ledger/history_projection.hpp"
#include "server/ledger/journal_projection.hpp"
#include "server/ledger/network_projection.hpp"
#include "server/ledger/report_projection.hpp"
#include "server/ledger/request_projection.hpp"
#include "server/ledger/reservation_projection.hpp"
#include "server/ledger/rollup_projection.hpp"

namespace kaiku::ledger {
namespace {

using contract::StoredState;

// What an entry creates carries id 0 and is known by the entry's sequence from then on.
template <class I>
std::int64_t id_or_sequence(I id, Applied const& recorded) {
  return id ? id.value : recorded.sequence;
}

// The cards table as `apply` needs it: a card by its reference.
struct CardRow {
  std::int64_t card_id;
  std::optional<std::int64_t> lineage_id;
  std::int64_t kind;
  std::int64_t first_valid;
  std::int64_t last_valid;
  std::int64_t community_ceiling;
  Ref lineage_ref{};  // zero without a lineage
};

std::optional<CardRow> card_by_ref(sql::Connection& db, Ref const& ref) {
  auto query = db.prepare(R"(
    SELECT card_id, lineage_id, kind, first_valid, last_valid, community_ceiling, lineage_ref
    FROM card
    WHERE card_ref = ?1)");
  query.bind(1, ByteView(ref));
  if (!query.step()) return std::nullopt;
  CardRow row{query.integer(0), query.maybe_integer(1), query.integer(2),
              query.integer(3), query.integer(4),       query.integer(5)};
  if (!query.is_null(6)) row.lineage_ref = query.fixed<16>(6);
  return row;
}

void add_version(sql::Connection& db, Applied const& recorded, std::int64_t card_id,
                 Instant effective, StoredState state, std::int64_t first_valid,
                 std::int64_t last_valid) {
  db.prepare(R"(
      INSERT INTO card_version (card_id, seq, effective_from_us, state, first_valid,
        last_valid)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6))")
      .with(card_id, recorded.sequence, effective, state, first_valid, last_valid)
      .run();
}

// A card that did not come from stock: its row starts with the entry that made it.
std::int64_t add_spot_card(sql::Connection& db, Applied const& recorded, Ref const& ref,
                           std::string_view area, std::int64_t kind) {
  auto const card_id = recorded.sequence << 16;
  db.prepare(R"(
      INSERT INTO card (card_id, card_ref, area_id, kind, state, first_valid, last_valid,
        community_ceiling)
      VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0))")
      .with(card_id, ByteView(ref), area, kind, StoredState::stock)
      .run();
  return card_id;
}

void on(sql::Connection& db, Applied const& r, AreaSet const& e) {
  auto const policy = encode_policy(e.policy);
  db.prepare(R"(
      INSERT INTO area (area_id, seq, name_fi, name_sv, name_en, policy)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (area_id)
      DO UPDATE SET seq = ?2, name_fi = ?3, name_sv = ?4, name_en = ?5, policy = ?6)")
      .with(e.area, r.sequence, e.name.fi, e.name.sv, e.name.en, policy)
      .run();
  db.prepare(R"(
      INSERT INTO area_version (area_id, seq, effective_from_us, policy)
      VALUES (?1, ?2, ?3, ?4))")
      .with(e.area, r.sequence, r.recorded_at, policy)
      .run();
  db.prepare("DELETE FROM municipality WHERE area_id = ?1").with(e.area).run();
  for (auto const& m : e.municipalities) {
    db.prepare(R"(
        INSERT INTO municipality (code, area_id, name_fi, name_sv, name_en)
        VALUES (?1, ?2, ?3, ?4, ?5))")
        .with(m.code, e.area, m.name.fi, m.name.sv, m.name.en)
        .run();
  }
  apply_members(db, r, e);
}

void on(sql::Connection& db, Applied const& r, SettingsSet const& e) {
  db.prepare("DELETE FROM service_text").run();
  for (auto const& one : e.texts) {
    db.prepare(R"(
        INSERT INTO service_text (word, seq, text_fi, text_sv, text_en)
        VALUES (?1, ?2, ?3, ?4, ?5))")
        .with(one.word, r.sequence, one.text.fi, one.text.sv, one.text.en)
        .run();
  }
}

void on(sql::Connection& db, Applied const& r, OfficeSet const& e) { apply_office(db, r, e); }
void on(sql::Connection& db, Applied const& r, VenueSet const& e) { apply_venue(db, r, e); }
void on(sql::Connection& db, Applied const& r, EventSet const& e) {
  apply_moved(db, r, e);
  apply_event(db, r, e);
}
void on(sql::Connection& db, Applied const& r, CommitmentAccepted const& e) {
  apply_commitment(db, r, e);
}

void on(sql::Connection& db, Applied const& r, AccountSet const& e) {
  db.prepare(R"(
      INSERT INTO account (account_id, seq, role, area_id, office_id, venue_id, language,
        disabled)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (account_id)
      DO UPDATE SET seq = ?2, role = ?3, area_id = ?4, office_id = ?5, venue_id = ?6, language
        = ?7, disabled = ?8)")
      .with(id_or_sequence(e.account, r), r.sequence, e.role, e.area, e.office, e.venue, e.language,
            e.disabled)
      .run();
}

void on(sql::Connection& db, Applied const& r, AccountReset const& e) {
  db.prepare("UPDATE account SET seq = ?2, reset_at_us = ?3, reset_by = ?4 WHERE account_id = ?1")
      .with(e.account, r.sequence, r.recorded_at, r.actor.packed())
      .run();
}

void on(sql::Connection& db, Applied const& r, ApiKeySet const& e) {
  auto const id = id_or_sequence(e.api_key, r);
  db.prepare(R"(
      INSERT INTO api_key (api_key_id, seq, area_id, name, revoked)
      VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (api_key_id)
      DO UPDATE SET seq = ?2, name = ?4, revoked = ?5)")
      .with(id, r.sequence, e.area, e.name, e.revoked)
      .run();
  db.prepare("DELETE FROM api_key_venue WHERE api_key_id = ?1").with(id).run();
  for (auto const venue : e.venues) {
    db.prepare("INSERT INTO api_key_venue (api_key_id, venue_id) VALUES (?1, ?2)")
        .with(id, venue)
        .run();
  }
}

void on(sql::Connection& db, Applied const& r, DeviceEnrolled const& e) {
  db.prepare(R"(
      INSERT INTO device (device_id, seq, venue_id, name, spki, enrolled_at_us, stolen)
      VALUES (?1, ?1, ?2, ?3, ?4, ?5, 0))")
      .with(r.sequence, e.venue, e.name, e.spki, r.recorded_at)
      .run();
}

void on(sql::Connection& db, Applied const& r, DeviceRevoked const& e) {
  db.prepare("UPDATE device SET seq = ?2, revoked_at_us = ?3, stolen = ?4 WHERE device_id = ?1")
      .with(e.device, r.sequence, r.recorded_at, e.stolen)
      .run();
}

void on(sql::Connection& db, Applied const& r, DeviceRenamed const& e) {
  db.prepare("UPDATE device SET seq = ?2, name = ?3 WHERE device_id = ?1")
      .with(e.device, r.sequence, e.name)
      .run();
}

void on(sql::Connection& db, Applied const& r, BatchMade const& e) {
  db.prepare(R"(
      INSERT INTO card_batch (batch_id, area_id, office_id, count, made_on, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6))")
      .with(e.batch, e.area, e.office, e.count, e.made_on, r.actor.packed())
      .run();
  std::int64_t position = 0;
  for (auto const& ref : e.cards) {
    ++position;
    db.prepare(R"(
        INSERT INTO card (card_id, card_ref, batch_id, position, area_id, office_id, kind,
          state, first_valid, last_valid, community_ceiling)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, 0, 0))")
        .with((r.sequence << 16) | position, ByteView(ref), e.batch, position, e.area, e.office)
        .run();
  }
  if (e.office) add_stock_range(db, r, {e.batch, 1, e.count, *e.office});
}

void on(sql::Connection& db, Applied const& r, StockHanded const& e) { apply_handed(db, r, e); }

void on(sql::Connection& db, Applied const& r, StockVoided const& e) {
  db.prepare(R"(
      INSERT INTO card_version (card_id, seq, effective_from_us, state, first_valid,
        last_valid) SELECT card_id, ?4, ?5, ?6, 0, 0
      FROM card
      WHERE card_id BETWEEN (SELECT MIN(card_id) FROM card WHERE batch_id = ?1) + ?2 - 1 AND
        (SELECT MIN(card_id) FROM card WHERE batch_id = ?1) + ?3 - 1 AND batch_id = ?1 AND
        state = 0)")
      .with(e.batch, e.from, e.to, r.sequence, r.recorded_at, StoredState::void_)
      .run();
  db.prepare(R"(
      UPDATE card SET state = ?4
      WHERE card_id BETWEEN (SELECT MIN(card_id) FROM card WHERE batch_id = ?1) + ?2 - 1 AND
        (SELECT MIN(card_id) FROM card WHERE batch_id = ?1) + ?3 - 1 AND batch_id = ?1 AND
        state = 0)")
      .with(e.batch, e.from, e.to, StoredState::void_)
      .run();
}

void on(sql::Connection& db, Applied const& r, CardRegistered const& e) {
  if (r.private_erased) return;
  if (e.history) return apply_history_card(db, r, e);
  std::int64_t card_id = 0;
  if (e.made_on_the_spot) {
    card_id = add_spot_card(db, r, e.card, e.area.value, static_cast<std::int64_t>(e.card_kind));
  } else if (auto const row = card_by_ref(db, e.card)) {
    card_id = row->card_id;
  }
  db.prepare(R"(
      INSERT INTO lineage (lineage_id, lineage_ref, kind, area_id, municipality, office_id,
        registered_on, home_at_registration)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?5))")
      .with(r.sequence, ByteView(e.lineage), e.card_kind, e.area, e.municipality, e.office,
            e.registered_on)
      .run();
  db.prepare(R"(
      UPDATE card SET state = ?2, kind = ?3, area_id = ?4, office_id = ?5, lineage_id = ?6,
        first_valid = ?7, last_valid = ?8, community_ceiling = ?9, lineage_ref = ?10
      WHERE card_id = ?1)")
      .with(card_id, StoredState::registered, e.card_kind, e.area, e.office, r.sequence,
            e.first_valid, e.last_valid, e.community_ceiling, ByteView(e.lineage))
      .run();
  if (e.card_kind == contract::CardKind::personal) count_registration(db, r.sequence);
  // A back-dated registration holds from its own day on: an old use is judged by it.
  auto const effective = std::min(r.recorded_at, start_of(e.registered_on));
  add_version(db, r, card_id, effective, StoredState::registered, e.first_valid.value,
              e.last_valid.value);
  if (!e.handover) return;
  db.prepare(R"(
      INSERT INTO handover (handover_id, card_id, lineage_id, office_id, made_seq)
      VALUES (?1, ?2, ?3, ?4, ?3))")
      .with(ByteView(*e.handover), card_id, r.sequence, e.office)
      .run();
}

// The lineage goes as if it had never been: no figure counts it, as of whatever moment.
void on(sql::Connection& db, Applied const& r, RegistrationUndone const& e) {
  std::int64_t card_id = 0;
  {
    auto card = db.prepare("SELECT card_id FROM card WHERE lineage_id = ?1");
    if (!card.with(e.registration).step()) return;
    card_id = card.integer(0);
  }
  take_card_back(db, r, card_id);
  db.prepare("UPDATE handover SET undone_seq = ?2 WHERE lineage_id = ?1")
      .with(e.registration, r.sequence)
      .run();
  forget_registration(db, e.registration.value);
  db.prepare("DELETE FROM lineage WHERE lineage_id = ?1").with(e.registration).run();
}

void on(sql::Connection& db, Applied const& r, HolderChanged const& e) {
  if (r.private_erased || !e.municipality) return;
  db.prepare("UPDATE lineage SET municipality = ?2 WHERE lineage_ref = ?1")
      .with(ByteView(e.lineage), *e.municipality)
      .run();
}

void on(sql::Connection& db, Applied const& r, HandoverConfirmed const& e) {
  if (r.private_erased) return;
  db.prepare("UPDATE handover SET confirmed_seq = ?2 WHERE handover_id = ?1")
      .with(ByteView(e.handover), r.sequence)
      .run();
}

void set_state(sql::Connection& db, Applied const& r, Ref const& ref, StoredState state,
               std::optional<Day> until = std::nullopt) {
  auto const row = card_by_ref(db, ref);
  if (!row) return;
  db.prepare("UPDATE card SET state = ?2, blocked_until = ?3 WHERE card_id = ?1")
      .with(row->card_id, state, until)
      .run();
  add_version(db, r, row->card_id, r.recorded_at, state, row->first_valid, row->last_valid);
}

void on(sql::Connection& db, Applied const& r, CardRenewed const& e) {
  if (r.private_erased) return;
  auto const row = card_by_ref(db, e.card);
  if (!row) return;
  db.prepare("UPDATE card SET first_valid = ?2, last_valid = ?3 WHERE card_id = ?1")
      .with(row->card_id, e.first_valid, e.last_valid)
      .run();
  add_version(db, r, row->card_id, r.recorded_at, StoredState::registered, e.first_valid.value,
              e.last_valid.value);
}

void on(sql::Connection& db, Applied const& r, CardReplaced const& e) {
  if (r.private_erased) return;
  auto const old_row = card_by_ref(db, e.old_card);
  if (!old_row) return;
  set_state(db, r, e.old_card, StoredState::replaced);
  std::int64_t new_id = 0;
  auto area = db.prepare("SELECT area_id FROM lineage WHERE lineage_id = ?1");
  area.bind(1, old_row->lineage_id);
  std::string const area_id = area.step() ? std::string(area.text(0)) : std::string();
  if (e.made_on_the_spot) {
    new_id = add_spot_card(db, r, e.new_card, area_id, old_row->kind);
  } else if (auto const row = card_by_ref(db, e.new_card)) {
    new_id = row->card_id;
  }
  db.prepare(R"(
      UPDATE card SET state = ?2, kind = ?3, area_id = ?4, office_id = ?5, lineage_id = ?6,
        first_valid = ?7, last_valid = ?8, community_ceiling = ?9, lineage_ref = ?10
      WHERE card_id = ?1)")
      .with(new_id, StoredState::registered, old_row->kind, area_id, e.office, old_row->lineage_id,
            old_row->first_valid, old_row->last_valid, old_row->community_ceiling,
            ByteView(old_row->lineage_ref))
      .run();
  add_version(db, r, new_id, r.recorded_at, StoredState::registered, old_row->first_valid,
              old_row->last_valid);
  if (e.handover)
    apply_handover(db, r, {*e.handover, e.new_card, e.office, domain::HandoverCause::replaced});
}

void on(sql::Connection& db, Applied const& r, CardBlocked const& e) {
  if (!r.private_erased) set_state(db, r, e.card, StoredState::blocked, e.until);
}

void on(sql::Connection& db, Applied const& r, CardUnblocked const& e) {
  if (!r.private_erased) set_state(db, r, e.card, StoredState::registered);
}

void count_places(sql::Connection& db, std::optional<EventId> event, std::int64_t places) {
  if (!event || places == 0) return;
  db.prepare("UPDATE event_use SET counted = counted + ?2 WHERE event_id = ?1")
      .with(*event, places)
      .run();
}

void on(sql::Connection& db, Applied const& r, UseRedeemed const& e) {
  std::optional<std::int64_t> card_id;
  std::optional<std::int64_t> lineage_id;
  std::int64_t card_kind = 0;
  if (r.known != nullptr) {
    if (r.known->card) card_id = r.known->card.value;
    if (r.known->lineage) lineage_id = r.known->lineage->value;
    card_kind = static_cast<std::int64_t>(r.known->kind);
  } else if (!r.private_erased) {
    if (e.recorded_on)
      lineage_id = lineage_of_history(db, e.lineage);
    else if (auto const row = card_by_ref(db, e.card)) {
      card_id = row->card_id;
      lineage_id = row->lineage_id;
      card_kind = row->kind;
    }
  }
  std::optional<ByteView> attempt_hash;
  if (e.attempt_hash) attempt_hash = *e.attempt_hash;
  db.prepare(R"(
      INSERT INTO redemption (redemption_id, lineage_id, card_id, venue_id, event_id, kind,
        day, occurred_at_us, adult, child, assistant, interpreter, companion, answer, verdict,
        actor, idempotency_key, body_mac, attempt_hash, on_paper,
        recorded_on)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
        ?19, ?20, ?21))")
      .with(r.sequence, lineage_id, card_id, e.venue, e.event, e.use_kind,
            helsinki_day(e.occurred_at), e.occurred_at, e.tickets.adult, e.tickets.child,
            e.tickets.assistant, e.tickets.interpreter, e.tickets.companion, e.answer, e.verdict,
            r.actor.packed(), e.idempotency_key, ByteView(e.body_mac), attempt_hash,
            e.is_on_paper(), e.recorded_on)
      .run();
  bool const is_waiting = e.verdict && domain::waits(*e.verdict);
  if (is_waiting) return;
  count_places(db, e.event, e.tickets.counted_in_quota());
  count_use(db, {r.sequence, lineage_id, lineage_id && card_kind != 0, e.venue,
                 helsinki_day(e.occurred_at), e.tickets});
}

void on(sql::Connection& db, Applied const& r, HistoryImported const& e) {
  apply_history(db, r, e);
}

void on(sql::Connection& db, Applied const& r, UseUndone const& e) {
  std::optional<EventId> event;
  std::int64_t places = 0;
  {
    auto undo = db.prepare(R"(
      UPDATE redemption SET undone_seq = ?2
      WHERE redemption_id = ?1 AND undone_seq IS NULL RETURNING event_id, adult + child +
        companion, verdict, accepted_seq)");
    undo.with(e.redemption, r.sequence);
    if (!undo.step()) return;
    if (!undo.is_null(0)) event = EventId{undo.integer(0)};
    bool const is_waiting = !undo.is_null(2) && domain::waits(undo.text(2)) && undo.is_null(3);
    places = is_waiting ? 0 : undo.integer(1);
    while (undo.step()) {
    }
  }
  count_places(db, event, -places);
  take_use_back(db, e.redemption);
  apply_held_again(db, r, e.redemption);
  settle_undo_request(db, r, e.redemption);
}

void on(sql::Connection& db, Applied const& r, UseRuled const& e) {
  std::optional<EventId> event;
  std::int64_t places = 0;
  {
    auto ruled = db.prepare(R"(
      UPDATE redemption SET accepted_seq = IIF(?3, ?2, NULL), rejected_seq = IIF(?3, NULL, ?2)
      WHERE redemption_id = ?1 AND accepted_seq IS NULL AND rejected_seq IS NULL
      RETURNING event_id, IIF(undone_seq IS NULL, adult + child + companion, 0))");
    ruled.with(e.redemption, r.sequence, e.accepted);
    if (!ruled.step()) return;
    if (!ruled.is_null(0)) event = EventId{ruled.integer(0)};
    places = ruled.integer(1);
    while (ruled.step()) {
    }
  }
  if (!e.accepted) return;
  count_places(db, event, places);
  count_accepted_use(db, e.redemption);
}

void on(sql::Connection& db, Applied const& r, JournalTaken const& e) { apply_taken(db, r, e); }

void on(sql::Connection& db, Applied const& r, JournalQuarantined const& e) {
  apply_quarantined(db, r, e);
}

void on(sql::Connection& db, Applied const& r, LetterMade const& e) {
  if (r.private_erased) return;
  apply_handover(db, r, {e.handover, e.card, e.office, domain::HandoverCause::letter});
}
void on(sql::Connection& db, Applied const& r, ReservationMade const& e) { apply_held(db, r, e); }
void on(sql::Connection& db, Applied const& r, ReservationEnded const& e) { apply_freed(db, r, e); }
void on(sql::Connection& db, Applied const& r, RenewalUndone const& e) {
  apply_undone_renewal(db, r, e);
}
void on(sql::Connection& db, Applied const& r, ReplacementUndone const& e) {
  apply_undone_replacement(db, r, e);
}

// Entries that change nothing but the ledger itself.
void on(sql::Connection&, Applied const&, CardRead const&) {}
void on(sql::Connection&, Applied const&, CardsListed const&) {}
void on(sql::Connection&, Applied const&, SheetPrinted const&) {}
void on(sql::Connection&, Applied const&, ClockStep const&) {}
void on(sql::Connection&, Applied const&, KeyAdded const&) {}
void on(sql::Connection&, Applied const&, PostcodesImported const&) {}
void on(sql::Connection&, Applied const&, AccountSetUp const&) {}

}  // namespace

void apply(sql::Connection& connection, Applied const& what, Entry const& entry) {
  std::visit([&](auto const& one) { on(connection, what, one); }, entry);
}

void apply(sql::Connection& connection, Recorded const& recorded) {
  Applied const what{recorded.sequence, recorded.recorded_at, recorded.actor,
                     recorded.private_erased};
  apply(connection, what, recorded.entry);
}

}  // namespace kaiku::ledger
