// The compiled part of Boost.Asio and Boost.Beast for every program that links this room.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
