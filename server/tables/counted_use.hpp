// Which uses count, and which wait for a ruling: the one spelling of it in SQL (domain::waits).
#pragma once

#define KAIKU_WAITING_VERDICT "verdict IN ('unknown_card', 'implausible', 'quarantined')"

// Of a row of `redemption`: `accepted` says, in SQL, whether a coordinator has accepted it.
#define KAIKU_COUNTED_WHEN(accepted) \
  "(verdict IS NULL OR NOT " KAIKU_WAITING_VERDICT " OR " accepted ")"

// As of a ledger sequence, which SQL calls `s`: it does not wait, undone or not; it is undone.
#define KAIKU_GIVEN_AS_OF(s) KAIKU_COUNTED_WHEN("accepted_seq <= " s)
#define KAIKU_UNDONE_AS_OF(s) "COALESCE(undone_seq <= " s ", 0)"

// Now, and not undone: at a venue, against a quota, at other doors.
#define KAIKU_COUNTED_NOW \
  "(undone_seq IS NULL AND " KAIKU_COUNTED_WHEN("accepted_seq IS NOT NULL") ")"
