#include "server/app/routes.hpp"

#include <array>
#include <utility>

#include "server/api/accounts.hpp"
#include "server/api/api_keys.hpp"
#include "server/api/approvals.hpp"
#include "server/api/areas.hpp"
#include "server/api/cards.hpp"
#include "server/api/devices.hpp"
#include "server/api/door_journal.hpp"
#include "server/api/door_snapshot.hpp"
#include "server/api/events.hpp"
#include "server/api/offices.hpp"
#include "server/api/operations.hpp"
#include "server/api/redemptions.hpp"
#include "server/api/reservations.hpp"
#include "server/api/sessions.hpp"
#include "server/api/venues.hpp"
#include "server/app/report_routes.hpp"
#include "server/app/route_kinds.hpp"
#include "server/pages/coordinator/account.hpp"
#include "server/pages/coordinator/accounts.hpp"
#include "server/pages/coordinator/agents.hpp"
#include "server/pages/coordinator/approvals.hpp"
#include "server/pages/coordinator/area_municipalities.hpp"
#include "server/pages/coordinator/area_policy.hpp"
#include "server/pages/coordinator/area_postcodes.hpp"
#include "server/pages/coordinator/areas.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/devices.hpp"
#include "server/pages/coordinator/events.hpp"
#include "server/pages/coordinator/judged.hpp"
#include "server/pages/coordinator/messages.hpp"
#include "server/pages/coordinator/new_account.hpp"
#include "server/pages/coordinator/offices.hpp"
#include "server/pages/coordinator/reads.hpp"
#include "server/pages/coordinator/settings.hpp"
#include "server/pages/coordinator/start.hpp"
#include "server/pages/coordinator/undo_requests.hpp"
#include "server/pages/coordinator/venues.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/frame.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/frame/session_frame.hpp"
#include "server/pages/public/api_docs.hpp"
#include "server/pages/public/feedback.hpp"
#include "server/pages/public/help.hpp"
#include "server/pages/public/home.hpp"
#include "server/pages/public/login.hpp"
#include "server/pages/public/offers.hpp"
#include "server/pages/public/own_card.hpp"
#include "server/pages/public/places.hpp"
#include "server/pages/public/set_up.hpp"
#include "server/pages/venue/door.hpp"
#include "server/pages/venue/late_undo.hpp"
#include "server/pages/venue/paper_uses.hpp"
#include "server/pages/venue/reservations.hpp"
#include "server/pages/venue/venue.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/card_act.hpp"
#include "server/pages/worker/card_lists.hpp"
#include "server/pages/worker/card_reads.hpp"
#include "server/pages/worker/community.hpp"
#include "server/pages/worker/correct.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/issue.hpp"
#include "server/pages/worker/letter.hpp"
#include "server/pages/worker/lost.hpp"
#include "server/pages/worker/printing.hpp"
#include "server/pages/worker/stock.hpp"

namespace kaiku {
namespace {

using namespace api;          // NOLINT: the table names handlers of one room after the other
using namespace route_kinds;  // NOLINT: its words are the table's

constexpr std::array other_routes{
    // operations
    constant("/healthz", get_health),
    constant("/metrics", get_metrics),
    constant("/openapi.json", get_openapi),
    constant("/.well-known/security.txt", get_security_txt),
    constant("/readyz", get_readiness),
    reads("/ledger/checkpoint", anybody, Scope::none, get_checkpoint),

    // who
    guessing(prepared(writes(post, "/api/v1/sessions", anybody, Scope::none, small, post_session),
                      Lane::password, prepare_session),
             sign_in),
    reads("/api/v1/sessions/current", people, Scope::self, get_current_session),
    writes(del, "/api/v1/sessions", people, Scope::self, none, delete_session),
    guessing(prepared(writes(post, "/api/v1/account-setups", anybody, Scope::none, small,
                             post_account_setup),
                      Lane::password, prepare_account_setup),
             set_up_link),
    guessing(looked_at(writes(post, "/api/v1/account-setups/confirmations", anybody, Scope::none,
                              small, post_account_setup_confirmation),
                       look_at_account_setup_confirmation),
             set_up_link),
    reads("/api/v1/accounts", managers, Scope::area, get_accounts),
    creates("/api/v1/accounts", managers, Scope::area, small, post_account),
    reads("/api/v1/accounts/{id}", managers, Scope::area, get_account),
    writes(patch, "/api/v1/accounts/{id}", managers, Scope::area, small, patch_account),
    creates("/api/v1/accounts/{id}/resets", managers, Scope::area, small, post_account_reset),
    reads("/api/v1/api-keys", managers, Scope::area, get_api_keys),
    creates("/api/v1/api-keys", managers, Scope::area, medium, post_api_key),
    reads("/api/v1/api-keys/{id}", managers, Scope::area, get_api_key),
    writes(del, "/api/v1/api-keys/{id}", managers, Scope::area, none, delete_api_key),
    reads("/api/v1/devices", managers_and_venue, Scope::venue, get_devices),
    creates("/api/v1/devices/enrolment-codes", managers_and_venue, Scope::venue, small,
            post_enrolment_code),
    guessing(prepared(writes(post, "/api/v1/devices/enrolments", anybody, Scope::none, 8 * 1024,
                             post_enrolment),
                      Lane::work, prepare_enrolment),
             enrolment_code),
    reads("/api/v1/devices/{id}", managers_and_venue, Scope::venue, get_device),
    writes(patch, "/api/v1/devices/{id}", managers, Scope::area, small, patch_device),
    reads("/api/v1/devices/{id}/quarantine", managers_and_venue, Scope::venue,
          get_device_quarantine),
    writes(post, "/api/v1/devices/{id}/revocations", managers, Scope::area, small,
           post_device_revocation),

    // the network
    reads("/api/v1/areas", managers, Scope::area, get_areas),
    creates("/api/v1/areas", network_makers, Scope::none, large, post_area),
    reads("/api/v1/areas/{id}", managers, Scope::area, get_area),
    writes(patch, "/api/v1/areas/{id}", managers, Scope::area, large, patch_area),
    reads("/api/v1/policies", managers, Scope::area, get_policies),
    writes(patch, "/api/v1/policies/{id}", managers, Scope::area, small, patch_policy),
    reads("/api/v1/offices", managers, Scope::area, get_offices),
    creates("/api/v1/offices", managers, Scope::area, small, post_office),
    reads("/api/v1/offices/{id}", managers | office, Scope::office, get_office),
    writes(patch, "/api/v1/offices/{id}", managers, Scope::area, small, patch_office),
    reads("/api/v1/venues", managers | doors, Scope::venue, get_venues),
    creates("/api/v1/venues", managers, Scope::area, small, post_venue),
    reads("/api/v1/venues/{id}", managers | doors, Scope::venue, get_venue),
    writes(patch, "/api/v1/venues/{id}", managers, Scope::area, small, patch_venue),
    reads("/api/v1/events", managers | doors, Scope::venue, get_events),
    creates("/api/v1/events", managers_and_venue, Scope::venue, medium, post_event),
    reads("/api/v1/events/{id}", managers | doors, Scope::venue, get_event),
    writes(patch, "/api/v1/events/{id}", managers_and_venue, Scope::venue, medium, patch_event),

    // cards
    reads("/api/v1/card-batches", managers, Scope::area, get_card_batches),
    prepared(creates("/api/v1/card-batches", managers, Scope::area, small, post_card_batch),
             Lane::work, prepare_card_batch),
    reads("/api/v1/card-batches/{id}", managers, Scope::area, get_card_batch),
    reads("/api/v1/approvals/{id}", managers, Scope::area, get_approval),
    creates("/api/v1/card-batches/{id}/voids", managers, Scope::area, small, post_card_batch_void),
    guessing(creates("/api/v1/cards", office, Scope::office, scan, post_card), card_code),
    guessing(writes(get, "/api/v1/cards/{code}", office, Scope::office, none, get_card), card_code,
             recovery_code),
    guessing(creates("/api/v1/cards/{code}/renewals", office, Scope::office, small, post_renewal),
             card_code, recovery_code),
    guessing(
        creates("/api/v1/cards/{code}/replacements", office, Scope::office, scan, post_replacement),
        card_code, recovery_code),
    guessing(creates("/api/v1/cards/{code}/blocks", office, Scope::office, small, post_block),
             card_code, recovery_code),
    guessing(
        writes(post, "/api/v1/cards/{code}/unblocks", office, Scope::office, small, post_unblock),
        card_code, recovery_code),
    guessing(
        writes(post, "/api/v1/cards/{code}/children", office, Scope::office, small, post_children),
        card_code, recovery_code),

    // doors
    guessing(asks("/api/v1/checks", doors, Scope::venue, scan, post_check), card_code),
    guessing(redeems("/api/v1/redemptions", doors, post_redemption), card_code),
    writes(post, "/api/v1/redemptions/{id}/void", doors | managers, Scope::venue, small,
           post_redemption_void),
    reads("/api/v1/reservations", doors, Scope::venue, get_reservations),
    guessing(creates("/api/v1/reservations", doors, Scope::venue, scan, post_reservation),
             card_code),
    writes(del, "/api/v1/reservations/{id}", doors, Scope::venue, none, delete_reservation),
    for_doors(builds("/door/v1/snapshot/cards", door_device, Scope::none, get_door_cards)),
    for_doors(reads("/door/v1/snapshot/venue", door_device, Scope::self, get_door_venue)),
    guessing(for_doors(asks("/door/v1/checks", door_device, Scope::venue, scan, post_check)),
             card_code),
    guessing(for_doors(redeems("/door/v1/redemptions", door_device, post_redemption)), card_code),
    for_doors(writes(post, "/door/v1/redemptions/{id}/void", door_device, Scope::venue, small,
                     post_redemption_void)),
    for_silenced_doors(
        prepared(writes(post, "/door/v1/journal", door_device, Scope::self, journal, post_journal),
                 Lane::work, prepare_journal)),
    reads("/api/v1/judged-uses", managers, Scope::area, get_judged_uses),
    writes(post, "/api/v1/judged-uses/{id}/rulings", managers, Scope::area, small, post_ruling),
    for_expired_doors(
        asks("/door/v1/certificates", door_device, Scope::self, 8 * 1024, post_door_certificate)),

    // pages
    page(reads("/", anybody, Scope::none, pages::get_home)),
    page(constant("/language", pages::get_language)),
    page(constant("/assets/{name}", pages::get_asset)),
    page(reads("/form-used", anybody, Scope::none, pages::get_form_used)),
    page(watches("/session", pages::get_session)),
    page(writes(post, "/session", anybody, Scope::self, small, pages::post_session)),
    page(reads("/commitment", office | staff, Scope::self, pages::get_commitment)),
    page(writes(post, "/commitment", office | staff, Scope::self, small, pages::post_commitment)),
    page(reads("/places", anybody, Scope::none, pages::get_places)),
    page(reads("/places/{id}", anybody, Scope::none, pages::get_place)),
    page(reads("/places/{id}.ics", anybody, Scope::none, pages::get_place_calendar)),
    page(reads("/offers", anybody, Scope::none, pages::get_offers)),
    page(reads("/offers/{id}", anybody, Scope::none, pages::get_offer)),
    page(reads("/offers.ics", anybody, Scope::none, pages::get_offers_calendar)),
    page(reads("/offers/{id}.ics", anybody, Scope::none, pages::get_offer_calendar)),
    page(reads("/me", anybody, Scope::none, pages::get_me)),
    guessing(page(asks("/me", anybody, Scope::none, medium, pages::post_me)), own_card),
    page(reads("/l/{key}", anybody, Scope::none, pages::get_letter_card)),
    page(reads("/me/card", anybody, Scope::none, pages::get_own_card)),
    page(reads("/me/card.ics", anybody, Scope::none, pages::get_own_calendar)),
    page(reads("/me/qr", anybody, Scope::none, pages::get_own_qr)),
    page(reads("/me/qr/year", anybody, Scope::none, pages::get_year_of_card)),
    guessing(page(asks("/me/qr/year", anybody, Scope::none, small, pages::post_year_of_card)),
             own_card),
    page(reads("/me/qr/kortti.png", anybody, Scope::none, pages::get_own_picture)),
    page(reads("/me/lost", anybody, Scope::none, pages::get_lost)),
    guessing(page(asks("/me/lost", anybody, Scope::none, small, pages::post_lost)),
             own_recovery_code),
    page(reads("/me/lost/confirm", anybody, Scope::none, pages::get_lost_question)),
    page(looked_at(
        writes(post, "/me/lost/confirm", anybody, Scope::none, small, pages::post_lost_question),
        pages::look_at_lost_question)),
    page(reads("/feedback", anybody, Scope::none, pages::get_feedback)),
    page(looked_at(writes(post, "/feedback", anybody, Scope::none, large, pages::post_feedback),
                   pages::look_at_feedback)),
    page(reads("/accessibility", anybody, Scope::none, pages::get_accessibility)),
    page(reads("/privacy", anybody, Scope::none, pages::get_privacy)),
    page(reads("/help", anybody, Scope::none, pages::get_help)),
    page(reads("/help/{role}", anybody, Scope::none, pages::get_help_page)),
    page(reads("/api/docs", anybody, Scope::none, pages::get_api_docs)),
    page(reads("/api/docs/{tag}", anybody, Scope::none, pages::get_api_docs_part)),
    page(reads("/login", anybody, Scope::none, pages::get_login)),
    guessing(page(prepared(writes(post, "/login", anybody, Scope::none, medium, pages::post_login),
                           Lane::password, pages::prepare_login)),
             sign_in),
    page(looked_at(writes(post, "/logout", anybody, Scope::none, medium, pages::post_logout),
                   pages::look_at_logout)),
    page(reads("/set-up/{token}", anybody, Scope::none, pages::get_set_up_link)),
    guessing(page(reads("/set-up", anybody, Scope::none, pages::get_set_up)), set_up_link),
    guessing(
        page(prepared(writes(post, "/set-up", anybody, Scope::none, medium, pages::post_set_up),
                      Lane::password, pages::prepare_set_up)),
        set_up_link),
    page(reads("/cards/new", office, Scope::office, pages::get_new_card)),
    guessing(page(writes(post, "/cards/new", office, Scope::office, medium, pages::post_new_card)),
             card_code),
    page(reads("/cards/forms", office, Scope::office, pages::get_forms)),
    guessing(page(writes(post, "/cards/forms", office, Scope::office, medium, pages::post_forms)),
             card_code),
    page(writes(get, "/cards/community", office, Scope::office, none, pages::get_community)),
    page(reads("/cards/community/new", office, Scope::office, pages::get_new_community)),
    guessing(page(writes(post, "/cards/community/new", office, Scope::office, medium,
                         pages::post_new_community)),
             card_code),
    page(constant("/cards/done", pages::get_card_done)),
    page(writes(get, "/cards/expiring", office, Scope::office, none, pages::get_expiring)),
    page(writes(get, "/cards/unused", office, Scope::office, none, pages::get_unused)),
    guessing(
        page(writes(post, "/cards/expiring", office, Scope::office, small, pages::post_expiring)),
        one_time_code),
    guessing(page(writes(post, "/cards/unused", office, Scope::office, small, pages::post_unused)),
             one_time_code),
    page(writes(get, "/cards/lost", office, Scope::office, none, pages::get_lost)),
    page(writes(post, "/cards/lost", office, Scope::office, small, pages::post_lost)),
    page(writes(get, "/cards/handovers", office, Scope::office, none, pages::get_handovers)),
    page(writes(get, "/cards/handovers/{id}", office, Scope::office, none, pages::get_handover)),
    page(writes(post, "/cards/handovers/{id}", office, Scope::office, small, pages::post_handover)),
    page(writes(get, "/cards/handovers/{id}/qr", office, Scope::office, none,
                pages::get_handover_qr)),
    page(writes(get, "/cards/handovers/{id}/letter", office, Scope::office, none,
                pages::get_handover_letter)),
    page(writes(get, "/cards/handovers/{id}/card", office, Scope::office, none,
                pages::get_handover_card)),
    page(writes(get, "/card/sheet", office, Scope::office, none, pages::get_community_sheet)),
    page(writes(get, "/card/letter", office, Scope::office, none, pages::get_letter)),
    page(writes(post, "/card/letter", office, Scope::office, small, pages::post_letter)),
    page(reads("/stock", office, Scope::office, pages::get_stock)),
    page(reads("/card", office, Scope::office, pages::get_card)),
    page(writes(get, "/card/view", office, Scope::office, none, pages::get_card_view)),
    page(writes(get, "/card/renew", office, Scope::office, none, pages::get_renewal)),
    page(writes(post, "/card/renew", office, Scope::office, small, pages::post_renewal)),
    page(writes(get, "/card/replace", office, Scope::office, none, pages::get_replacement)),
    guessing(
        page(writes(post, "/card/replace", office, Scope::office, medium, pages::post_replacement)),
        card_code),
    page(writes(get, "/card/block", office, Scope::office, none, pages::get_block)),
    page(writes(post, "/card/block", office, Scope::office, small, pages::post_block)),
    page(writes(get, "/card/unblock", office, Scope::office, none, pages::get_unblock)),
    page(writes(post, "/card/unblock", office, Scope::office, small, pages::post_unblock)),
    page(writes(get, "/card/children", office, Scope::office, none, pages::get_children)),
    page(writes(post, "/card/children", office, Scope::office, small, pages::post_children)),
    page(writes(get, "/card/correct", office, Scope::office, none, pages::get_correction)),
    page(writes(post, "/card/correct", office, Scope::office, small, pages::post_correction)),
    guessing(page(writes(post, "/card", office, Scope::office, medium, pages::post_card)),
             card_code, recovery_code),
    page(prepared(writes(get, "/card/reads", office, Scope::office, none, pages::get_card_reads),
                  Lane::work, pages::prepare_card_reads)),
    page(reads("/venue", staff, Scope::venue, pages::get_venue)),
    page(reads("/reservations", staff, Scope::venue, pages::get_reservations)),
    page(writes(post, "/reservations", staff, Scope::venue, small, pages::post_reservations)),
    page(reads("/reservations/new", staff, Scope::venue, pages::get_new_reservation)),
    guessing(page(writes(post, "/reservations/new", staff, Scope::venue, medium,
                         pages::post_new_reservation)),
             card_code),
    page(reads("/paper-uses", staff, Scope::venue, pages::get_paper_uses)),
    guessing(page(writes(post, "/paper-uses", staff, Scope::venue, medium, pages::post_paper_uses)),
             card_code),
    page(reads("/undo-requests/new", staff, Scope::venue, pages::get_new_undo_request)),
    page(writes(post, "/undo-requests/new", staff, Scope::venue, small,
                pages::post_new_undo_request)),
    page(constant("/venue/check", pages::get_old_door)),
    page(constant("/venue/redeem", pages::get_old_door)),
    page(constant("/venue/undo", pages::get_old_door)),
    page(constant("/door", pages::get_old_door)),
    page(reads("/door/basic", staff, Scope::venue, pages::get_door)),
    guessing(
        page(looked_at(writes(post, "/door/basic", staff, Scope::venue, medium, pages::post_door),
                       pages::look_at_door)),
        card_code),
    page(reads("/door/basic/card", staff, Scope::venue, pages::get_door_card)),
    guessing(page(looked_at(writes(post, "/door/basic/card", staff, Scope::venue, medium,
                                   pages::post_door_card),
                            pages::look_at_door_card)),
             card_code),
    page(reads("/door/basic/given", staff, Scope::venue, pages::get_door_given)),
    guessing(page(looked_at(writes(post, "/door/basic/given", staff, Scope::venue, medium,
                                   pages::post_door_given),
                            pages::look_at_door_given)),
             card_code),
    page(reads("/accounts", managers, Scope::area, pages::get_accounts)),
    page(reads("/accounts/new", managers, Scope::area, pages::get_new_account)),
    page(writes(post, "/accounts/new", managers, Scope::area, medium, pages::post_new_account)),
    page(reads("/accounts/{id}", managers, Scope::area, pages::get_account)),
    page(reads("/accounts/{id}/reset", managers, Scope::area, pages::get_account_reset)),
    page(writes(post, "/accounts/{id}/reset", managers, Scope::area, medium,
                pages::post_account_reset)),
    page(reads("/accounts/{id}/disable", managers, Scope::area, pages::get_account_disable)),
    page(writes(post, "/accounts/{id}/disable", managers, Scope::area, medium,
                pages::post_account_disable)),
    page(reads("/agents", managers, Scope::area, pages::get_agents)),
    page(reads("/agents/new", managers, Scope::area, pages::get_new_agent)),
    guessing(
        page(writes(post, "/agents/new", managers, Scope::area, medium, pages::post_new_agent)),
        one_time_code),
    page(reads("/agents/{id}", managers, Scope::area, pages::get_agent)),
    page(reads("/agents/{id}/revoke", managers, Scope::area, pages::get_agent_revocation)),
    page(writes(post, "/agents/{id}/revoke", managers, Scope::area, small,
                pages::post_agent_revocation)),
    page(reads("/batches", managers, Scope::area, pages::get_batches)),
    page(reads("/batches/new", managers, Scope::area, pages::get_new_batch)),
    guessing(page(prepared(
                 writes(post, "/batches/new", managers, Scope::area, small, pages::post_new_batch),
                 Lane::work, pages::prepare_new_batch)),
             one_time_code),
    page(reads("/batches/{id}", managers, Scope::area, pages::get_batch)),
    guessing(page(prepared(writes(post, "/batches/{id}", managers, Scope::area, small,
                                  pages::post_batch_print),
                           Lane::work, pages::prepare_batch_print)),
             one_time_code),
    page(reads("/batches/{id}/hand", managers, Scope::area, pages::get_batch_hand)),
    page(writes(post, "/batches/{id}/hand", managers, Scope::area, small, pages::post_batch_hand)),
    page(reads("/batches/{id}/void", managers, Scope::area, pages::get_batch_void)),
    page(writes(post, "/batches/{id}/void", managers, Scope::area, small, pages::post_batch_void)),
    page(reads("/print-test", managers, Scope::area, pages::get_print_test)),
    page(constant("/doors", pages::get_doors)),
    page(reads("/devices", managers_and_venue, Scope::venue, pages::get_devices)),
    page(reads("/devices/new", managers_and_venue, Scope::venue, pages::get_new_device)),
    page(writes(post, "/devices/new", managers_and_venue, Scope::venue, small,
                pages::post_new_device)),
    page(reads("/devices/codes", managers_and_venue, Scope::venue, pages::get_device_code)),
    page(reads("/devices/{id}", managers_and_venue, Scope::venue, pages::get_device)),
    page(writes(post, "/devices/{id}", managers, Scope::area, small, pages::post_device)),
    page(reads("/devices/{id}/revoke", managers, Scope::area, pages::get_device_revocation)),
    page(writes(post, "/devices/{id}/revoke", managers, Scope::area, small,
                pages::post_device_revocation)),
    page(reads("/devices/{id}/quarantine", managers_and_venue, Scope::venue,
               pages::get_device_quarantine)),
    page(writes(post, "/devices/{id}/quarantine", managers, Scope::area, small,
                pages::post_device_quarantine)),
    page(reads("/events", managers_and_venue, Scope::venue, pages::get_events)),
    page(reads("/events/new", managers_and_venue, Scope::venue, pages::get_new_event)),
    page(writes(post, "/events/new", managers_and_venue, Scope::venue, medium,
                pages::post_new_event)),
    page(reads("/events/{id}", managers_and_venue, Scope::venue, pages::get_one_event)),
    page(writes(post, "/events/{id}", managers_and_venue, Scope::venue, medium,
                pages::post_one_event)),
    page(reads("/events/{id}/cancel", managers_and_venue, Scope::venue,
               pages::get_event_cancellation)),
    page(writes(post, "/events/{id}/cancel", managers_and_venue, Scope::venue, small,
                pages::post_event_cancellation)),
    page(reads("/judged", managers, Scope::area, pages::get_judged)),
    page(writes(post, "/judged", managers, Scope::area, medium, pages::post_judged)),
    page(reads("/undo-requests", managers, Scope::area, pages::get_undo_requests)),
    page(writes(post, "/undo-requests", managers, Scope::area, small, pages::post_undo_request)),
    page(reads("/approvals", managers, Scope::area, pages::get_approvals)),
    page(reads("/approvals/{id}", managers, Scope::area, pages::get_one_approval)),
    guessing(page(prepared(writes(post, "/approvals/{id}", managers, Scope::area, small,
                                  pages::post_approval),
                           Lane::work, pages::prepare_approval)),
             one_time_code),
    page(reports("/reads", managers, Scope::area, pages::get_reads)),
    page(reads("/area", managers, Scope::area, pages::get_start)),
    page(writes(post, "/area", managers, Scope::area, small, pages::post_start)),
    page(constant("/start", pages::get_start_list)),
    page(reads("/areas", managers, Scope::area, pages::get_areas)),
    page(reads("/areas/new", network_makers, Scope::none, pages::get_new_area)),
    page(writes(post, "/areas/new", network_makers, Scope::none, large, pages::post_new_area)),
    page(reads("/areas/{id}", managers, Scope::area, pages::get_one_area)),
    page(writes(post, "/areas/{id}", managers, Scope::area, medium, pages::post_one_area)),
    page(
        reads("/areas/{id}/municipalities", managers, Scope::area, pages::get_area_municipalities)),
    page(writes(post, "/areas/{id}/municipalities", managers, Scope::area, large,
                pages::post_area_municipalities)),
    page(reads("/areas/{id}/policy", managers, Scope::area, pages::get_area_policy)),
    page(
        writes(post, "/areas/{id}/policy", managers, Scope::area, medium, pages::post_area_policy)),
    page(reads("/areas/{id}/postcodes", managers, Scope::area, pages::get_area_postcodes)),
    page(with_file(writes(post, "/areas/{id}/postcodes", managers, Scope::area, file,
                          pages::post_area_postcodes))),
    page(reads("/offices", managers, Scope::area, pages::get_offices)),
    page(reads("/offices/new", managers, Scope::area, pages::get_new_office)),
    page(writes(post, "/offices/new", managers, Scope::area, medium, pages::post_new_office)),
    page(reads("/offices/{id}", managers, Scope::area, pages::get_one_office)),
    page(writes(post, "/offices/{id}", managers, Scope::area, medium, pages::post_one_office)),
    page(reads("/messages", managers, Scope::none, pages::get_messages)),
    page(reads("/messages/{id}", managers, Scope::none, pages::get_message)),
    page(writes(post, "/messages/{id}", managers, Scope::none, small, pages::post_message)),
    page(reads("/settings", owner, Scope::none, pages::get_settings)),
    page(reads("/settings/{part}", owner, Scope::none, pages::get_settings_part)),
    page(writes(post, "/settings/{part}", owner, Scope::none, large, pages::post_settings_part)),
    page(reads("/venues", managers, Scope::area, pages::get_venues)),
    page(reads("/venues/new", managers, Scope::area, pages::get_new_venue)),
    page(writes(post, "/venues/new", managers, Scope::area, medium, pages::post_new_venue)),
    page(reads("/venues/{id}", managers, Scope::area, pages::get_one_venue)),
    page(writes(post, "/venues/{id}", managers, Scope::area, medium, pages::post_one_venue)),
};

template <std::size_t One, std::size_t Other>
constexpr std::array<access::Route, One + Other> joined(
    std::array<access::Route, One> const& one, std::array<access::Route, Other> const& other) {
  return [&]<std::size_t... A, std::size_t... B>(std::index_sequence<A...>,
                                                 std::index_sequence<B...>) {
    return std::array<access::Route, One + Other>{one[A]..., other[B]...};
  }
  (std::make_index_sequence<One>{}, std::make_index_sequence<Other>{});
}
constexpr auto table = joined(other_routes, report_routes);

}  // namespace

std::span<access::Route const> routes() { return table; }

}  // namespace kaiku
