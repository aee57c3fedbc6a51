#include "kiosk/link/address_proof.hpp"

#include "kiosk/link/door_server.hpp"
#include "kiosk/link/enrolment.hpp"
#include "schema/contract/venue_snapshot.hpp"

namespace kaiku::kiosk {

std::optional<AddressFailure> prove_address(ServerAddress const& address,
                                            Enrolment const& enrolment,
                                            crypto::P256PrivateKey const& key, Instant not_before) {
  auto const credentials = std::make_shared<Credentials>(
      context_of(enrolment, enrolment.certificate, key, not_before), address);
  HttpClient client(credentials, HttpClient::Names::resolves);
  DoorServer server(client, enrolment.venue, sync_patience);
  auto const reply = server.venue_snapshot();
  if (auto const* failure = std::get_if<LinkFailure>(&reply)) {
    bool const untrusted = failure->fault == LinkFault::untrusted;
    return AddressFailure{untrusted ? AddressFault::untrusted : AddressFault::unreachable,
                          failure->detail};
  }
  if (auto const* refusal = std::get_if<ServerRefusal>(&reply)) {
    auto const slug = refusal->slug.empty() ? std::string() : " " + refusal->slug;
    return AddressFailure{AddressFault::refused, std::to_string(refusal->status) + slug};
  }
  auto const root = crypto::Ed25519PublicKey::from_raw(enrolment.root_key);
  if (!root) throw StorageFailure("The stored root key is damaged.");
  auto const part = contract::open_venue_part(std::get<SignedPart>(reply).bytes, *root, 0);
  if (!part) return AddressFailure{AddressFault::another, part.error().detail};
  if (part->part.device != enrolment.device) {
    return AddressFailure{AddressFault::another, "it speaks to another device"};
  }
  return std::nullopt;
}

}  // namespace kaiku::kiosk
