# Runs polc.exe as a person would: paths with backslashes and letters beyond ASCII, reports into files and into a pipe.
cmake_minimum_required(VERSION 3.25)
# process.cmake -DEMULATOR= -DPOLC= -DROOT= -DWORK=
file(REMOVE_RECURSE ${WORK})
set(folder "${WORK}/Größe 日本")
file(MAKE_DIRECTORY "${folder}")
file(COPY ${ROOT}/policies DESTINATION "${folder}")
file(COPY ${ROOT}/polc.yaml DESTINATION "${folder}")
file(MAKE_DIRECTORY "${folder}/.git")  # the root of a repository

# run(EXIT_CODE ARGUMENTS...): leaves the bytes of both streams in the files ${WORK}/out and ${WORK}/err.
function(run code)
  execute_process(COMMAND ${EMULATOR} ${POLC} ${ARGN} WORKING_DIRECTORY "${folder}" RESULT_VARIABLE actual
    OUTPUT_FILE ${WORK}/out ERROR_FILE ${WORK}/err)
  if(NOT actual EQUAL code)
    file(READ ${WORK}/out out)
    file(READ ${WORK}/err err)
    message(FATAL_ERROR "polc ${ARGN}: exit code ${actual}, not ${code}\n${out}\n${err}")
  endif()
endfunction()

function(expect_text file text)
  file(READ "${file}" content)
  string(FIND "${content}" "${text}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${file} lacks '${text}':\n${content}")
  endif()
  string(FIND "${content}" "\r" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${file} has line ends of Windows")
  endif()
endfunction()

set(hardened check "policies\\automate.pol" --target "policies\\hosts\\hardened.yaml" --as-of 2026-11-22)
run(0 ${hardened})
expect_text(${WORK}/out "49 pass, 5 not applicable")
expect_text(${WORK}/out "target  policies/hosts/hardened.yaml (snapshot")

run(1 check policies/automate.pol --target "policies\\hosts\\fresh-install.yaml")
expect_text(${WORK}/out "CWA-PORT-31  MySQL is reachable")

run(0 ${hardened} --report "json=Bericht ü.json")
expect_text("${folder}/Bericht ü.json" "connectwise.automate")

# The whole path, as Wine spells it, and a program file made on the way.
run(0 compile "Z:${folder}/policies/automate.pol" -o "programm ß.polc")
run(0 check --program "programm ß.polc" --target "policies\\hosts\\hardened.yaml" --quiet)

run(3 check größer.pol --target policies/hosts/hardened.yaml)
expect_text(${WORK}/err "größer.pol")
run(70 ${hardened} --report json=NUL)
expect_text(${WORK}/err "it names a device")
run(3 check nul.pol --target policies/hosts/hardened.yaml)
