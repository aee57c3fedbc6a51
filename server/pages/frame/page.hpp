// The frame around every page, and a page's way from template and values to a response.
#pragma once

#include <kainjow/mustache.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/access/call/call.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

using Data = kainjow::mustache::data;
using Language = contract::Language;

// A mustache string; templates test it as a section only when it is not empty.
Data text_or_nothing(std::string_view text);
Data list_of(std::vector<Data> const& items);

// What every page knows of its request.
struct Frame {
  Language language = Language::fi;
  domain::Role role = domain::Role::anonymous;
  std::string csrf;     // empty when nobody is signed in
  std::string owner;    // of the forms: held.hpp
  std::string here;     // the GET address that a change of language comes back to
  std::string place;    // name of the office, venue or area, beside the product's
  bool closed = false;  // that place: said on each page of it
  bool demo = false;
  // What waits for the reader: what the office has not handed over yet, a coordinator's tasks.
  std::int64_t waiting = 0;
  std::string area = {};  // of the shown thing: goes along in a national role's links
  Instant at = {};        // when it was asked for: told on paper
  std::string greeting;   // on the first page after signing in
  std::string notice;     // what the page has to say before all else: it begins anew, say
  std::string cookie;     // Set-Cookie of this response, empty for none
  // Public pages: another language is another address (?lang=), and no cookie is set for it.
  bool language_by_address = false;
  std::string lang = {};  // chosen in the address, so it goes along in the frame's links
};
// The browser's chosen one (cookie kaiku_lang), else the account's, else that of Accept-Language,
// else Finnish.
Language language_of(access::Call const& call);
Frame frame_of(access::Call const& call, std::string here);
// The language that the address asks for (`?lang=sv`), if it names one of ours.
std::optional<Language> language_asked(access::Call const& call);
// Of what anybody reads: the language goes by the address, which comes before all else.
Frame frame_by_address(access::Call const& call, std::string here);
// The address that was asked for, with its query: the `here` of a page that goes by it.
std::string address_of(access::Call const& call);
// The caller with the frame's language, for use cases that hand back names.
domain::Caller caller_in(Frame const& frame, access::Call const& call);

struct Page {
  std::string title;
  std::string_view body;  // one of the embedded templates
  Data values = {};
  bool faulty = false;  // the title then begins with "Virhe: "
  int status = 200;
  // A page without a form that is posted tells no other where the reader came from.
  bool posts = true;
  // What a list was narrowed to, "Kohde: Uimahalli": on paper its fields are not there.
  std::vector<std::string> narrowed_to = {};
};
// The title of a result: what happened, then where. No outcome: the title alone.
std::string with_outcome(std::string_view outcome, std::string title);
std::string render(Frame const& frame, Page const& page);
// The HTML is made when the response is drawn (http::Response::draw).
http::Response respond(Frame const& frame, Page page);
// A page without the frame, which one of our own pages shows within itself.
http::Response respond_in_frame(Frame const& frame, Page page);
// 303, for POST-redirect-GET: what was done is kept.
http::Response see_other(std::string to);
// 303 back to a form that was refused: nothing of the write is kept.
http::Response back_to(std::string to);
// Where a role begins: /cards/new, /door/basic, /area; for everybody else what this is.
std::string_view home_of(domain::Role role);
// Whose help a role gets: /help/worker, …; for everybody else the holder's.
std::string_view help_of(domain::Role role);

// Security headers of every page (RFC 9110 field values); form pages keep the same-origin referrer
// so that their POST carries an Origin.
inline constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; script-src 'none'";
inline constexpr std::string_view framed_content_security_policy =
    "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; script-src 'none'";

}  // namespace kaiku::pages
