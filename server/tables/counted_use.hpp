// Which uses count, and which wait for a ruling: the one spelling of it in SQL (domain::waits).
#pragma once

#define KAIKU_WAITING_VERDICT "verdict IN ('unknown_card', 'implausible', 'quarantined')"

// Of a row of `redemption`: `accepted` says, in SQL, whether a coordinator has accepted it.
#define KAIKU_COUNTED_WHEN(accepted) \
  "(verdict IS NULL OR NOT " KAIKU_WAITING_VERDICT " OR " accepted ")"

// As of a ledger sequence, which SQL calls `s`: it does not wait, undone or not; it is undone.
#define KAIKU_GIVEN_AS_OF(s) KAIKU_COUNTED_WHEN("accepted_seq <= " s)
#define KAIKU_UNDONE_AS_OF(s) "COALESCE(undone_seq <= " s ", 0)"

// Recorded more than a day after it happened. Only a judged use was told more than minutes after
// it, so that the ledger's own page is read of those few alone. Of a use of earlier years only days
// are known: then it was surely so from the second day on.
#define KAIKU_RECORDED_LATE                                                           \
  "IIF(recorded_on IS NOT NULL, recorded_on > day + 1, verdict IS NOT NULL AND "      \
  "(SELECT recorded_at_us FROM ledger WHERE seq = redemption_id) - occurred_at_us > " \
  "86400000000)"

// Now, and not undone: at a venue, against a quota, at other doors.
#define KAIKU_COUNTED_NOW \
  "(undone_seq IS NULL AND " KAIKU_COUNTED_WHEN("accepted_seq IS NOT NULL") ")"
