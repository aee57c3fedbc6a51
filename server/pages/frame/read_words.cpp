#include "server/pages/frame/read_words.hpp"

namespace kaiku::pages {

std::string_view read_kind_text(contract::Language language, domain::ReadKind kind) {
  switch (kind) {
    case domain::ReadKind::look: return in(language, Text::read_look);
    case domain::ReadKind::search: return in(language, Text::read_search);
    case domain::ReadKind::found: return in(language, Text::read_found);
    case domain::ReadKind::list: return in(language, Text::read_list);
    case domain::ReadKind::letter: return in(language, Text::read_letter);
    case domain::ReadKind::sheet: return in(language, Text::read_sheet);
    case domain::ReadKind::exported: return in(language, Text::read_export);
  }
  return {};
}

}  // namespace kaiku::pages
