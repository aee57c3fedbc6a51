#include "server/access/call/fresh_code.hpp"

#include "schema/values/spaces.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/access/identity/totp.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/tables/logins.hpp"
#include "server/tables/sessions.hpp"

namespace kaiku::access {
namespace {

std::optional<tables::Login> login_of(Call const& call, ledger::ReadTx& tx) {
  auto const& actor = call.caller().actor;
  if (actor.kind != domain::ActorKind::account) return std::nullopt;
  return tables::find_login(tx, AccountId{actor.id});
}

std::optional<std::int64_t> step_of(tables::Login const& login, std::string_view typed,
                                    Instant now) {
  if (!login.totp_secret) return std::nullopt;
  return matching_totp_step(*login.totp_secret, without_spaces(typed), now);
}

Error code_fault(FaultCode code, std::string_view detail) {
  return field_error("/one_time_code", code, std::string(detail));
}

}  // namespace

bool has_fresh_code(Call const& call, ledger::ReadTx& tx) {
  if (!call.session()) return false;
  auto const given_at = tables::code_given_at(tx, call.session()->lookup);
  return given_at && call.now() - *given_at < fresh_code_us;
}

bool would_take_code(Call const& call, ledger::ReadTx& tx, std::string_view typed) {
  if (has_fresh_code(call, tx)) return true;
  auto const login = login_of(call, tx);
  auto const step = login ? step_of(*login, typed, call.now()) : std::nullopt;
  return step && *step > login->totp_last_step;
}

Result<void> take_fresh_code(Call const& call, ledger::WriteTx& tx, std::string_view typed) {
  if (has_fresh_code(call, tx)) return {};
  auto const login = login_of(call, tx);
  if (!login || !login->totp_secret || !call.session()) return Error(Problem::forbidden);
  if (typed.empty()) return code_fault(FaultCode::required, "is needed");
  Counted const counted{Brake::one_time_code, brake_key({call.caller().actor.text()})};
  auto& brakes = call.services().brakes;
  if (auto const allowed = brakes.may(counted); !allowed) return allowed.error();
  auto const step = step_of(*login, typed, call.now());
  if (!step) {
    brakes.missed(counted);
    return code_fault(FaultCode::wrong_code, "is not the code shown now");
  }
  if (!tables::take_totp_step(tx, login->account, *step)) {
    Error error(Problem::code_already_used);
    error.retry_after_s = domain::seconds_to_code_after(login->totp_last_step, call.now());
    return error;
  }
  tables::note_code_given(tx, call.session()->lookup, call.now());
  return {};
}

}  // namespace kaiku::access
