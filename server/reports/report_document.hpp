// A report as a document: heads, tables and notes in the reader's language, whatever it is written
// as. Pages, CSV, XLSX and PDF are made of the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/time.hpp"
#include "server/reports/figure.hpp"

namespace kaiku::reports {

struct Share {  // 0–1, four decimals
  double value = 0;
};
struct PerThousand {  // one decimal
  double value = 0;
};
struct Euros {
  std::int64_t cents = 0;
};
// std::monostate: nothing to say (an empty cell).
using DocumentCell =
    std::variant<std::monostate, std::string, Figure, Share, Day, PerThousand, Euros>;

struct DocumentColumn {
  std::string id;     // as JSON names it: the head in RFC 4180 files
  std::string label;  // in the reader's language
  bool is_number = false;
};
struct DocumentRow {
  std::vector<DocumentCell> cells;  // as many as columns
  bool is_total = false;
};
struct DocumentTable {
  std::string id;  // "annual", "by_sector"
  std::string title;
  std::vector<DocumentColumn> columns;
  std::vector<DocumentRow> rows;
};
struct Definition {
  std::string name;
  std::string text;
};
struct ReportDocument {
  contract::Language language = contract::Language::fi;
  std::string file_stem;   // without its ending: "kaiku-vuositilasto-2026-ajo-2026"
  std::string title;       // "Vuositilasto 2026"
  std::string scope;       // "Koko verkosto", the area's or the venue's name
  std::string period;      // "1.1.2026–31.12.2026"
  std::string run;         // "2026"; empty: as of now
  std::string as_of_line;  // "Ajo 2026, tilanne 2.3.2027 klo 0.10, kirjaus 48 211"
  std::string as_of_iso;   // RFC 3339, UTC
  std::int64_t sequence = 0;
  std::string hash;  // hex, may be empty
  std::vector<DocumentTable> tables;
  std::vector<Definition> definitions;
  std::vector<std::string> notes;  // the legend of signs, what is left out
};

}  // namespace kaiku::reports
