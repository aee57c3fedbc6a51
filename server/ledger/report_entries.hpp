// What the ledger says of published figures. How an entry is written: entries.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "server/domain/value_sheet.hpp"

namespace kaiku::ledger {

// A run of figures is told. Its cells lie beside the ledger (report_cell), bound to it by the hash
// of what they show; who published it is the actor.
struct ReportPublished {
  static constexpr int kind = 46;
  std::string run;  // its name, as people say it
  int year = 0;
  std::optional<int> quarter;  // none: the settlement or an edition
  int edition = 1;
  std::int64_t as_of = 0;                    // last sequence that it counted
  int method = 1;                            // by which it was counted and withheld
  std::vector<std::string> left_out;         // tables of which it tells nobody anything
  std::vector<std::string> left_out_openly;  // and of which it tells everybody nothing
  std::int64_t cells = 0;
  Digest hash{};  // SHA-256 of the published form
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.run);
    f(2, s.year);
    f(3, s.quarter);
    f(4, s.edition);
    f(5, s.as_of);
    f(6, s.method);
    f(7, s.left_out);
    f(8, s.left_out_openly);
    f(9, s.cells);
    f(10, s.hash);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// What somebody takes a year's uses to be worth: the next version of the area's sheet, or of the
// network's. Who saved it is the actor.
struct ValueSetSaved {
  static constexpr int kind = 48;
  std::optional<AreaId> area;  // none: the network
  int year = 0;
  std::string run;  // whose figures it values
  std::vector<domain::ValueRow> rows;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.area);
    f(2, s.year);
    f(3, s.run);
    f(4, s.rows);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
