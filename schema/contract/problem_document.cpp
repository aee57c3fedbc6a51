#include "schema/contract/problem_document.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace kaiku::contract {
namespace {

// The domain answer that belongs to a problem, if any.
std::optional<Answer> answer_of(Error const& error) {
  if (error.problem == Problem::unreadable) return Answer::unreadable;
  if (error.problem == Problem::device_revoked) return Answer::device_revoked;
  return std::nullopt;
}

}  // namespace

Json problem_document(Error const& error, Language language) {
  auto const& row = row_of(error.problem);
  Json document{
      {"type", "/problems/" + std::string(row.slug)}, {"title", row.title}, {"status", row.status}};
  if (!error.detail.empty()) document["detail"] = error.detail;
  for (auto const& fault : error.fields) {
    document["errors"].push_back(
        {{"pointer", fault.pointer}, {"code", word_of(fault.code)}, {"detail", fault.detail}});
  }
  if (auto const answer = answer_of(error)) {
    auto const texts = words_of(*answer, {}, language);
    document["answer"] = word_of(*answer);
    document["may_override"] = false;
    document["texts"] = {{"staff", texts.staff}, {"aloud", texts.aloud}};
    if (!texts.closing.empty()) document["texts"]["closing"] = texts.closing;
  }
  return document;
}

Json refusal_document(CheckReply const& reply) {
  auto document = problem_document(Problem::not_admitted);
  document.update(to_json(reply));
  return document;
}

}  // namespace kaiku::contract
