// What counts at a venue, against a quota and at other doors now: a use that waits for a ruling
// does not, and one that was rejected never will. As of a sequence, reports.cpp says it.
#pragma once

// Of a row of `redemption` that nobody has undone.
#define KAIKU_COUNTED_NOW                                                                      \
  "(undone_seq IS NULL AND (verdict IS NULL OR verdict NOT IN ('unknown_card', 'implausible')" \
  " OR accepted_seq IS NOT NULL))"
