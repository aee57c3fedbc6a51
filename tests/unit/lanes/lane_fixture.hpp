// A writer lane on a database of its own, and jobs for it.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "server/lanes/writer_lane.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::lanes {

inline WriterLane::Job adding_office(std::string const& name) {
  return [name](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, test::an_office(name));
    return true;
  };
}

struct Lane : ::testing::Test {
  std::unique_ptr<WriterLane> open(WriterLane::Settings settings) {
    return std::make_unique<WriterLane>(std::move(settings), database.keys, database.clock,
                                        database.random);
  }
  // Holds the lane inside one job until `gate` is opened, so that what follows is one batch.
  void hold(WriterLane& lane) {
    std::promise<void> holding;
    lane.post(
        [this, &holding](ledger::WriteTx&) {
          holding.set_value();
          gate.get_future().wait();
          return true;
        },
        {});
    holding.get_future().wait();
  }
  std::int64_t offices() { return count("SELECT COUNT(*) FROM office"); }
  std::int64_t entries() { return count("SELECT COUNT(*) FROM ledger"); }
  std::int64_t count(char const* sql) {
    sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
    return test::count_rows(reader, sql);
  }

  test::TestDatabase database;
  std::promise<void> gate;
};

}  // namespace kaiku::lanes
