// Names in the order in which a Finnish reader looks for them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku::pages {

// What a name sorts by: capitals as small letters, å ä ö after z in this order, the Sámi letters
// after their base letters (č after c, đ after d), other accents as none.
std::string order_key(std::string_view name);

// By `name_of` a row, names that sort alike as they came.
template <class Row, class NameOf>
void sort_by_name(std::vector<Row>& rows, NameOf name_of) {
  std::stable_sort(rows.begin(), rows.end(), [&](Row const& a, Row const& b) {
    return order_key(name_of(a)) < order_key(name_of(b));
  });
}

}  // namespace kaiku::pages
