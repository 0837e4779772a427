# Installs and packages polc, moves what comes out to other folders and runs it there with an empty environment.
set(first ${WORK}/first)
set(moved "${WORK}/moved here")
set(packages ${WORK}/packages)
set(unpacked "${WORK}/unpacked here")

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
  set(output "${output}" PARENT_SCOPE)
endfunction()

# The hardened example host passes, with the policies that lie beside the binary.
function(check_works prefix)
  set(policies "${prefix}/share/polc/policies")
  execute_process(
    COMMAND env -i "${prefix}/bin/polc" check "${policies}/automate.pol" --target "${policies}/hosts/hardened.yaml"
      --quiet
    WORKING_DIRECTORY / RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE error)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${prefix}: exit code ${code}\n${output}\n${error}")
  endif()
endfunction()

set(shell_files share/bash-completion/completions/polc share/zsh/vendor-completions/_polc
  share/fish/vendor_completions.d/polc.fish share/polc/polc.ps1 share/man/man1/polc.1)

# Completions and the manual page came along, and are not empty.
function(check_shell_files prefix)
  foreach(file ${shell_files})
    file(SIZE "${prefix}/${file}" size)
    if(size LESS 1000)
      message(FATAL_ERROR "${prefix}/${file} has ${size} bytes")
    endif()
  endforeach()
endfunction()

function(package_of pattern)
  file(GLOB found ${packages}/${pattern})
  list(LENGTH found count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "${count} files match ${pattern}")
  endif()
  set(package ${found} PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${first} ${moved} ${packages} ${unpacked})
file(MAKE_DIRECTORY ${packages} ${unpacked})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${first})
file(RENAME ${first} ${moved})
check_works("${moved}")

run(${CPACK} --config ${BUILD}/CPackConfig.cmake -B ${packages})

package_of(*.tar.gz)
file(ARCHIVE_EXTRACT INPUT ${package} DESTINATION ${unpacked})
file(GLOB tree "${unpacked}/polc-*")
check_works("${tree}")

package_of(*.deb)
run(dpkg-deb --extract ${package} ${unpacked}/deb)
check_works("${unpacked}/deb/usr")
check_shell_files("${unpacked}/deb/usr")
run(dpkg-deb --field ${package} Package Version Depends)
if(NOT output MATCHES "Package: polc\nVersion: [0-9.]+\n")
  message(FATAL_ERROR "fields of the package:\n${output}")
endif()
# A static binary runs on machines that have none of its libraries.
if(STATIC AND output MATCHES "Depends")
  message(FATAL_ERROR "the static package depends on others:\n${output}")
endif()
