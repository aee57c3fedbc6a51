// What the ledger says of accounts, API keys, devices and signing keys. How an entry is written:
// entries.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "server/domain/caller.hpp"

namespace kaiku::ledger {

struct AccountSet {
  static constexpr int kind = 5;
  AccountId account;  // 0: created
  domain::Role role = domain::Role::issuer_worker;
  std::optional<AreaId> area;
  std::optional<OfficeId> office;
  std::optional<VenueId> venue;
  contract::Language language = contract::Language::fi;
  bool disabled = false;
  std::string username;  // private: it may name a person
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.account);
    f(2, s.role);
    f(3, s.area);
    f(4, s.office);
    f(5, s.venue);
    f(6, s.language);
    f(7, s.disabled);
  }
  template <class S, class F>
  static void private_fields(S& s, F& f) {
    f(1, s.username);
  }
};

struct ApiKeySet {
  static constexpr int kind = 6;
  ApiKeyId api_key;  // 0: created
  AreaId area;
  std::string name;
  std::vector<VenueId> venues;
  bool revoked = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.api_key);
    f(2, s.area);
    f(3, s.name);
    f(4, s.venues);
    f(5, s.revoked);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct DeviceEnrolled {
  static constexpr int kind = 7;
  VenueId venue;
  std::string name;
  Bytes spki;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.venue);
    f(2, s.name);
    f(3, s.spki);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

struct DeviceRevoked {
  static constexpr int kind = 8;
  DeviceId device;
  bool stolen = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.device);
    f(2, s.stolen);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// Another name for the same device.
struct DeviceRenamed {
  static constexpr int kind = 34;
  DeviceId device;
  std::string name;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.device);
    f(2, s.name);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// Password and second factor were taken away, and a new set-up link was opened: who is the actor.
struct AccountReset {
  static constexpr int kind = 26;
  AccountId account;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.account);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// The owner has set the account up by the link; the actor is the account itself.
struct AccountSetUp {
  static constexpr int kind = 27;
  AccountId account;
  bool second_factor = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.account);
    f(2, s.second_factor);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A public key came into use: "card", "checkpoint", "snapshot", "root", "sealing", "door_ca".
struct KeyAdded {
  static constexpr int kind = 21;
  std::string use;
  Bytes public_key;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.use);
    f(2, s.public_key);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
