# The real kaiku-server as a process: kill -9 under load, and a ledger that somebody has changed.
file(GLOB server_e2e_sources CONFIGURE_DEPENDS e2e/server/*.cpp)
add_executable(kaiku_server_e2e_tests ${server_e2e_sources})
target_link_libraries(kaiku_server_e2e_tests PRIVATE kaiku_commands GTest::gtest_main)
target_compile_definitions(kaiku_server_e2e_tests PRIVATE
  KAIKU_SERVER_BINARY="$<TARGET_FILE:kaiku-server>")
add_dependencies(kaiku_server_e2e_tests kaiku-server)
# A first start of the demo hashes the passwords of all its accounts: slow on a busy machine.
gtest_discover_tests(kaiku_server_e2e_tests DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
