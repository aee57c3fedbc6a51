# The real kaiku-kiosk against a small door server over TLS; needs no kaiku-server.
file(GLOB kiosk_e2e_sources CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_SOURCE_DIR}/e2e/kiosk_*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/support/kiosk_*.cpp)
list(FILTER kiosk_e2e_sources EXCLUDE REGEX "/kiosk_screen_")
include(${CMAKE_CURRENT_LIST_DIR}/kiosk_screen.cmake)
add_executable(kaiku_kiosk_e2e_tests ${kiosk_e2e_sources})
target_link_libraries(kaiku_kiosk_e2e_tests PRIVATE kiosk_link GTest::gtest_main)
target_compile_definitions(kaiku_kiosk_e2e_tests PRIVATE
  KAIKU_KIOSK_BINARY="$<TARGET_FILE:kaiku-kiosk>")
add_dependencies(kaiku_kiosk_e2e_tests kaiku-kiosk)
gtest_discover_tests(kaiku_kiosk_e2e_tests DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
