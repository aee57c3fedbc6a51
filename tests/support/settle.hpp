// Runs a job on a writer for a test that asks nothing of how it ended.
#pragma once

#include <stdexcept>

#include "server/lanes/writer_lane.hpp"

namespace kaiku::test {

// Throws when the machine failed; whether the job kept or took back what it wrote is its own.
inline void settle(lanes::WriterLane& writer, lanes::WriterLane::Job const& job) {
  if (lanes::went_wrong(writer.run(job))) throw std::runtime_error("the writer could not write");
}

}  // namespace kaiku::test
