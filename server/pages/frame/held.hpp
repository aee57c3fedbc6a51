// A form whose session ended while it was filled: what was typed waits, sealed, in the address of
// the form, until the same person has signed in again. Nothing lies on the server meanwhile.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/http/form.hpp"

namespace kaiku::pages {

// The account that a form is filled by, with a MAC under HMAC(csrf key, "form owner 1"); empty when
// nobody is signed in. Every form with a csrf token carries it as `owner`.
std::string form_owner(access::Call const& call);

// The address of the form that was posted, with what was typed under `held`: without tokens,
// passwords and one-time codes, for its owner alone, for ten minutes. `form_path`: the GET address;
// the Referer's query goes along when it names the same path. nullopt when the form carries no good
// owner. Of a ticket the door's scan page, without any field but what tickets are given
// for and how. What is too long for an address is
// left out, and the form comes back empty; a file is never held.
std::optional<std::string> held_form(access::Call const& call, std::string_view form_path);

// What a page's address holds: nullopt when there is nothing.
struct Held {
  http::FormPairs typed;
  bool is_ours = false;  // else another account filled the form, or it is too old
  bool is_old = false;
};
std::optional<Held> held_of(access::Call const& call);
// A page of ours with what the address of this call holds, for whom the form's own page is closed:
// there it is told that somebody else has filled the form. The page alone when nothing is held.
std::string with_held(access::Call const& call, std::string const& page);

}  // namespace kaiku::pages
