// Why an exchange with the server did not happen: a value, since a door works on without it.
#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>

namespace kaiku::kiosk {

enum class LinkFault {
  no_address,  // the name is not known
  no_route,    // refused or unreachable
  timed_out,   // a deadline passed
  untrusted,   // the server's certificate is not what we trust, or it refused ours
  broken,      // cut in the middle
  garbled,     // an answer came that we do not understand
};

struct LinkFailure {
  LinkFault fault = LinkFault::broken;
  std::string detail;  // English, for status and error texts; never a card code
  // The request may have reached the server: only then can it have had an effect.
  bool maybe_sent = false;
};

template <class T>
using Linked = boost::system::result<T, LinkFailure>;

// Taking the value of a failed exchange is a bug of ours.
[[noreturn]] inline void throw_exception_from_error(LinkFailure const& failure,
                                                    boost::source_location const&) {
  throw std::logic_error("an exchange that failed has no value: " + failure.detail);
}

}  // namespace kaiku::kiosk
