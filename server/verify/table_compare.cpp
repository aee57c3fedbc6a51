#include "server/verify/table_compare.hpp"

#include <algorithm>
#include <compare>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

#include "server/sql/cursor.hpp"

namespace kaiku::verify {
namespace {

using sql::CellKind;
using sql::Cursor;

// SQLite's own order for what STRICT tables hold: null, integer, text, blob; bytes by memcmp.
std::strong_ordering compare_cell(Cursor const& a, Cursor const& b, int column) {
  auto const kind = a.kind(column);
  if (kind != b.kind(column)) return kind <=> b.kind(column);
  if (kind == CellKind::null) return std::strong_ordering::equal;
  if (kind == CellKind::integer) return a.integer(column) <=> b.integer(column);
  ByteView const left = a.bytes(column);
  ByteView const right = b.bytes(column);
  std::size_t const common = std::min(left.size(), right.size());
  int const order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
  if (order != 0) return order <=> 0;
  return left.size() <=> right.size();
}

std::strong_ordering compare_keys(Cursor const& a, Cursor const& b, int key_columns) {
  for (int column = 0; column < key_columns; ++column) {
    auto const order = compare_cell(a, b, column);
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

// "venue_id 12": keys are numbers of ours, areas and municipality codes.
std::string key_text(Cursor const& cursor, int key_columns) {
  std::string text;
  for (int column = 0; column < key_columns; ++column) {
    if (column > 0) text += ", ";
    text += std::string(cursor.name(column)) + " ";
    switch (cursor.kind(column)) {
      case CellKind::integer: text += std::to_string(cursor.integer(column)); break;
      case CellKind::text: text += text_of(cursor.bytes(column)); break;
      default: text += "(bytes)";
    }
  }
  return text;
}

struct Shape {
  std::string select;
  int key_columns = 0;
};

// All columns, those of the primary key first, in its order.
Shape shape_of(sql::Connection& connection, std::string const& table) {
  std::map<std::int64_t, std::string> key;
  std::vector<std::string> others;
  std::string const list = "SELECT name, pk FROM pragma_table_info('" + table + "') ORDER BY cid";
  for (Cursor info(connection, list); info.has_row(); info.next()) {
    std::string const name(text_of(info.bytes(0)));
    if (info.integer(1) > 0) {
      key[info.integer(1)] = name;
    } else {
      others.push_back(name);
    }
  }
  std::string keys;
  for (auto const& [position, name] : key) keys += (keys.empty() ? "" : ", ") + name;
  std::string columns = keys;
  for (std::string const& name : others) columns += ", " + name;
  return {"SELECT " + columns + " FROM " + table + " ORDER BY " + keys,
          static_cast<int>(key.size())};
}

using Schema = std::map<std::pair<std::string, std::string>, std::string>;

Schema schema_of(sql::Connection& connection) {
  Schema schema;
  for (Cursor row(connection, "SELECT type, name, COALESCE(sql, '') FROM sqlite_schema");
       row.has_row(); row.next()) {
    std::string const name(text_of(row.bytes(1)));
    if (name.starts_with("sqlite_")) continue;
    schema[{std::string(text_of(row.bytes(0))), name}] = text_of(row.bytes(2));
  }
  return schema;
}

}  // namespace

void compare_schemas(sql::Connection& stored, sql::Connection& rebuilt,
                     TellDifference const& tell) {
  Schema const have = schema_of(stored);
  Schema const want = schema_of(rebuilt);
  for (auto const& [what, sql] : want) {
    auto const found = have.find(what);
    std::string const name = what.first + " " + what.second;
    if (found == have.end()) {
      tell(name + " is missing");
    } else if (found->second != sql) {
      tell(name + " is defined otherwise than the migrations say");
    }
  }
  for (auto const& [what, sql] : have) {
    if (!want.contains(what)) tell(what.first + " " + what.second + " comes from no migration");
  }
}

void compare_tables(sql::Connection& stored, sql::Connection& rebuilt, std::string_view table,
                    TellDifference const& tell) {
  std::string const name(table);
  Shape const shape = shape_of(rebuilt, name);
  Cursor have(stored, shape.select);
  Cursor want(rebuilt, shape.select);
  while (have.has_row() || want.has_row()) {
    auto const order = !have.has_row()   ? std::strong_ordering::greater
                       : !want.has_row() ? std::strong_ordering::less
                                         : compare_keys(have, want, shape.key_columns);
    if (order < 0) {
      tell("table " + name + ": the row " + key_text(have, shape.key_columns) +
           " follows from no entry");
      have.next();
    } else if (order > 0) {
      tell("table " + name + ": the row " + key_text(want, shape.key_columns) + " is missing");
      want.next();
    } else {
      for (int column = shape.key_columns; column < want.columns(); ++column) {
        if (compare_cell(have, want, column) == 0) continue;
        tell("table " + name + ": the row " + key_text(want, shape.key_columns) +
             " differs from the ledger in column " + want.name(column));
      }
      have.next();
      want.next();
    }
  }
}

}  // namespace kaiku::verify
