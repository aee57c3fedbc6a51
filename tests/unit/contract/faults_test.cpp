#include "schema/values/faults.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "schema/contract/problem_document.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku {
namespace {

TEST(FaultTable, stands_in_the_order_of_the_enum_to_its_end) {
  for (std::size_t index = 0; index < fault_table.size(); ++index) {
    EXPECT_EQ(static_cast<std::size_t>(fault_table[index].code), index);
  }
  EXPECT_EQ(fault_table.back().code, FaultCode::wrong_code);
}

TEST(FaultTable, has_each_word_once_in_lower_case_with_underscores) {
  std::set<std::string_view> words;
  for (auto const& row : fault_table) {
    EXPECT_TRUE(words.insert(row.word).second) << row.word;
    EXPECT_TRUE(std::ranges::all_of(row.word, [](char c) {
      return ascii::is_lower(c) || ascii::is_digit(c) || c == '_';
    })) << row.word;
  }
}

TEST(FaultTable, means_something_else_by_each_word) {
  std::set<std::string_view> meanings;
  for (auto const& row : fault_table) {
    EXPECT_TRUE(meanings.insert(row.meaning).second) << row.word;
    EXPECT_TRUE(ascii::is_lower(row.meaning.front())) << row.word << ": the field begins it";
    EXPECT_FALSE(row.meaning.ends_with('.')) << row.word;
  }
}

TEST(Faults, tell_the_meaning_of_a_code_where_nothing_closer_is_said) {
  EXPECT_EQ(field_error("/a", FaultCode::required).fields.front().detail, "is needed");
  EXPECT_EQ(field_error("/a", FaultCode::required, "is needed here").fields.front().detail,
            "is needed here");
}

TEST(Faults, keep_the_first_fault_of_a_field_alone) {
  Faults faults;
  faults.add("/a", FaultCode::too_short);
  faults.add("/a", FaultCode::control_character);
  faults.add("/a/b", FaultCode::required);
  faults.add(field_error("/a/b", FaultCode::wrong_type).fields);
  auto const fields = faults.error().fields;
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].code, FaultCode::too_short);
  EXPECT_EQ(fields[1].code, FaultCode::required);
}

TEST(Faults, are_a_success_until_there_is_one) {
  Faults faults;
  EXPECT_TRUE(faults.result());
  faults.add("/a", FaultCode::required);
  ASSERT_FALSE(faults.result());
  EXPECT_EQ(faults.result().error().problem, Problem::validation_failed);
}

TEST(Faults, stand_in_the_problem_by_the_words_of_the_table) {
  for (auto const& row : fault_table) {
    auto const document = contract::problem_document(field_error("/field", row.code));
    EXPECT_EQ(document["errors"][0]["code"], row.word);
    EXPECT_EQ(document["errors"][0]["detail"], row.meaning);
  }
}

}  // namespace
}  // namespace kaiku
