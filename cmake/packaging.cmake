# `cmake --install` gives a relocatable tree (the standard library is inside the binary); CPack makes .deb and .tar.gz.
include(GNUInstallDirs)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # a package needs polc, not the tests
install(TARGETS polc RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES README.md LICENSE SECURITY.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY policies DESTINATION ${CMAKE_INSTALL_DATADIR}/polc)
# A static binary holds copies of its libraries: their notices go with it.
foreach(package libyaml-cpp-dev libsimdjson-dev libpugixml-dev libfmt-dev libcli11-dev nlohmann-json3-dev libexpected-dev
    tao-pegtl-dev libmbedtls-dev libutf8proc-dev libc6-dev)
  install(FILES /usr/share/doc/${package}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}/libraries RENAME ${package}
    OPTIONAL)
endforeach()

set(CPACK_PACKAGE_NAME polc)
set(CPACK_PACKAGE_VENDOR "polc")
set(CPACK_PACKAGE_CONTACT "polc maintainers <security@polc.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Policy as code for Windows hardening: compiler, evaluator, SARIF")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
if(NOT POLC_ONE_FILE)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_STRIP_FILES ON)
include(CPack)
