#include "server/http/registry.hpp"

#include "server/http/connection.hpp"

namespace kaiku::http {

void Registry::add(Connection* connection) {
  std::lock_guard const lock(mutex_);
  connections_.insert(connection);
}

void Registry::remove(Connection* connection) {
  std::lock_guard const lock(mutex_);
  connections_.erase(connection);
  if (connections_.empty()) emptied_.notify_all();
}

std::size_t Registry::size() const {
  std::lock_guard const lock(mutex_);
  return connections_.size();
}

// A connection under destruction is still in the set until remove() gets the lock; its weak pointer
// is then already dead, and it is passed over.
std::vector<std::shared_ptr<Connection>> Registry::overdue(std::int64_t now_us) const {
  std::vector<std::shared_ptr<Connection>> late;
  std::lock_guard const lock(mutex_);
  for (auto* const connection : connections_) {
    if (connection->deadline_us() > now_us) continue;
    if (auto alive = connection->weak_from_this().lock()) late.push_back(std::move(alive));
  }
  return late;
}

std::vector<std::shared_ptr<Connection>> Registry::all() const {
  std::vector<std::shared_ptr<Connection>> alive;
  std::lock_guard const lock(mutex_);
  alive.reserve(connections_.size());
  for (auto* const connection : connections_) {
    if (auto one = connection->weak_from_this().lock()) alive.push_back(std::move(one));
  }
  return alive;
}

bool Registry::wait_until_empty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, patience, [this] { return connections_.empty(); });
}

}  // namespace kaiku::http
