#include "schema/values/problems.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "schema/contract/messages.hpp"
#include "schema/contract/problem_document.hpp"

namespace kaiku {
namespace {

using contract::Answer;
using contract::Json;
using contract::problem_document;

TEST(ProblemTable, stands_in_the_order_of_the_enum_to_its_end) {
  for (std::size_t index = 0; index < problem_table.size(); ++index) {
    EXPECT_EQ(static_cast<std::size_t>(problem_table[index].problem), index);
  }
  EXPECT_EQ(problem_table.back().problem, Problem::storage_unavailable);
}

TEST(ProblemTable, has_each_slug_once_in_lower_case_with_hyphens) {
  std::set<std::string_view> slugs;
  for (auto const& row : problem_table) {
    EXPECT_TRUE(slugs.insert(row.slug).second) << row.slug;
    EXPECT_TRUE(std::all_of(row.slug.begin(), row.slug.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || c == '-';
    })) << row.slug;
  }
}

TEST(ProblemTable, has_only_statuses_of_errors_and_titles_without_a_full_stop) {
  for (auto const& row : problem_table) {
    EXPECT_GE(row.status, 400) << row.slug;
    EXPECT_LT(row.status, 600) << row.slug;
    EXPECT_FALSE(row.title.empty()) << row.slug;
    EXPECT_FALSE(row.title.ends_with('.')) << row.slug;
  }
}

TEST(ProblemTable, keeps_the_slugs_and_statuses_of_the_outside_contract) {
  EXPECT_EQ(status_of(Problem::unreadable), 422);
  EXPECT_EQ(slug_of(Problem::unreadable), "unreadable");
  EXPECT_EQ(status_of(Problem::idempotency_key_reused), 422);
  EXPECT_EQ(slug_of(Problem::idempotency_key_reused), "idempotency-key-reused");
  EXPECT_EQ(status_of(Problem::code_already_used), 401);
  EXPECT_EQ(slug_of(Problem::code_already_used), "code-already-used");
  EXPECT_EQ(status_of(Problem::device_revoked), 403);
  EXPECT_EQ(status_of(Problem::not_admitted), 409);
}

TEST(ProblemDocument, of_every_problem_has_type_title_and_status) {
  for (auto const& row : problem_table) {
    auto const document = problem_document(row.problem);
    EXPECT_EQ(document["type"], "/problems/" + std::string(row.slug));
    EXPECT_EQ(document["title"], row.title);
    EXPECT_EQ(document["status"], row.status);
    EXPECT_FALSE(document.contains("detail"));
    EXPECT_FALSE(document.contains("errors"));
  }
}

TEST(ProblemDocument, lists_every_fault_with_its_pointer) {
  Error const error{Problem::validation_failed,
                    std::vector<FieldFault>{{"/card", FaultCode::required},
                                            {"/a~1b", FaultCode::unknown_field, "is no field"}}};
  EXPECT_EQ(problem_document(error), Json::parse(R"({
    "type": "/problems/validation-failed", "title": "Some fields need correction", "status": 422,
    "errors": [{"pointer": "/card", "code": "required", "detail": "is needed"},
               {"pointer": "/a~1b", "code": "unknown_field", "detail": "is no field"}]})"));
}

TEST(ProblemDocument, carries_the_detail) {
  auto const document = problem_document({Problem::conflict, "There is a venue by that name."});
  EXPECT_EQ(document["detail"], "There is a venue by that name.");
}

TEST(ProblemDocument, of_a_domain_answer_says_what_may_be_said) {
  auto const document = problem_document(Problem::unreadable, contract::Language::sv);
  EXPECT_EQ(document["answer"], "unreadable");
  EXPECT_EQ(document["texts"]["aloud"],
            contract::texts_of(Answer::unreadable, contract::Language::sv).aloud);
}

TEST(ProblemDocument, of_an_unreadable_card_and_a_revoked_device_has_their_answer) {
  EXPECT_EQ(problem_document(Problem::unreadable)["answer"], "unreadable");
  EXPECT_EQ(problem_document(Problem::device_revoked)["answer"], "device_revoked");
  EXPECT_EQ(problem_document(Problem::unreadable)["may_override"], false);
  EXPECT_FALSE(problem_document(Problem::not_found).contains("answer"));
}

TEST(RefusalDocument, is_a_problem_with_the_whole_reply_beside_it) {
  contract::Decision decision;
  decision.answer = Answer::quota_full;
  decision.quota_left = 1;
  decision.allowed = {.adult = 1};
  auto const reply = contract::reply_for(decision, contract::Language::en);
  auto const document = contract::refusal_document(reply);
  EXPECT_EQ(document["type"], "/problems/not-admitted");
  EXPECT_EQ(document["status"], 409);
  EXPECT_EQ(document["quota_left"], 1);
  auto const read = contract::read_check_reply(document);
  ASSERT_TRUE(read);
  EXPECT_EQ(contract::to_json(*read), contract::to_json(reply));
}

}  // namespace
}  // namespace kaiku
