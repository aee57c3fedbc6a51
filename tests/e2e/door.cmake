# The real kaiku-kiosk at the real kaiku-server, with a line between them that can be pulled.
file(GLOB door_e2e_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/e2e/door/*.cpp)
add_executable(kaiku_door_e2e_tests ${door_e2e_sources} e2e/kiosk_program.cpp
  e2e/server/server_program.cpp support/cuttable_proxy.cpp)
target_link_libraries(kaiku_door_e2e_tests PRIVATE kaiku_contract SQLite::SQLite3
  Threads::Threads GTest::gtest_main)
target_compile_definitions(kaiku_door_e2e_tests PRIVATE
  KAIKU_KIOSK_BINARY="$<TARGET_FILE:kaiku-kiosk>"
  KAIKU_SERVER_BINARY="$<TARGET_FILE:kaiku-server>")
add_dependencies(kaiku_door_e2e_tests kaiku-kiosk kaiku-server)
gtest_discover_tests(kaiku_door_e2e_tests DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
