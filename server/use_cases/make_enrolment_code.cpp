#include "server/use_cases/make_enrolment_code.hpp"

#include "server/domain/spoken_code.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {
namespace {

constexpr std::size_t code_characters = 16;

std::string random_code(Random& random) {
  return domain::spoken_code(random.bytes<code_characters>());
}

std::string in_groups(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); i += 4) {
    if (i != 0) out += '-';
    out += code.substr(i, 4);
  }
  return out;
}

}  // namespace

std::string enrolment_command(std::string_view base_url, std::string_view code,
                              std::string_view fingerprint) {
  std::string command("kaiku-kiosk enrol ");
  return command.append(base_url).append(" ").append(code).append(".").append(fingerprint);
}

std::optional<std::string> canonical_enrolment_code(std::string_view typed) {
  auto code = domain::folded_code(typed);
  if (code.size() != code_characters || !domain::has_only_code_characters(code))
    return std::nullopt;
  return code;
}

Result<MadeEnrolmentCode> make_enrolment_code(ledger::WriteTx& tx, VenueId venue, std::int64_t uses,
                                              domain::Caller const& caller, Random& random) {
  auto const found = tables::find_venue(tx, venue);
  if (!found) return field_error("/venue_id", FaultCode::not_found, "is no venue of the network");
  bool const is_of_staff = caller.own_venue() == venue;
  if (!is_of_staff && !caller.covers(found->area)) return Error(Problem::forbidden);
  if (!found->active) return field_error("/venue_id", FaultCode::venue_closed);
  if (uses < 1 || uses > most_enrolment_uses) {
    return field_error("/uses", FaultCode::out_of_range, "has to be from 1 to 50");
  }
  if (is_of_staff && uses > 1) {
    return field_error("/uses", FaultCode::out_of_range, "has to be 1 for a venue's own staff");
  }
  tables::forget_enrolment_codes_ended_before(tx, tx.now());
  auto const code = random_code(random);
  auto const until = tx.now() + enrolment_code_us;
  tables::insert_enrolment_code(tx, code, {venue, caller.actor, until, uses});
  return MadeEnrolmentCode{in_groups(code), until};
}

MadeEnrolmentCode make_lasting_enrolment_code(ledger::WriteTx& tx, VenueId venue,
                                              domain::Actor const& actor, Random& random) {
  auto const code = random_code(random);
  tables::insert_enrolment_code(tx, code, {venue, actor, std::nullopt, std::nullopt});
  return {in_groups(code), std::nullopt};
}

}  // namespace kaiku::use_cases
