# polc.exe checks the machine it runs on: registry values that this script writes, through the whole tool.
cmake_minimum_required(VERSION 3.25)
# live.cmake -DEMULATOR= -DPOLC= -DPOLICY= -DWORK=
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY "${WORK}/.git")  # the root of a repository
file(COPY ${POLICY} DESTINATION ${WORK})
set(key "HKLM\\SOFTWARE\\polc-live-test")

function(remove_key)
  execute_process(COMMAND ${EMULATOR} reg delete ${key} /f /reg:64 OUTPUT_QUIET ERROR_QUIET)
endfunction()

function(give_up message)
  remove_key()
  message(FATAL_ERROR "${message}")
endfunction()

# run(EXIT_CODE ARGUMENTS...): leaves what was printed in `out`.
function(run code)
  execute_process(COMMAND ${EMULATOR} ${POLC} ${ARGN} WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE actual
    OUTPUT_VARIABLE printed ERROR_VARIABLE errors)
  if(NOT actual EQUAL code)
    give_up("polc ${ARGN}: exit code ${actual}, not ${code}\n${printed}\n${errors}")
  endif()
  set(out "${printed}${errors}" PARENT_SCOPE)
endfunction()

function(expect_text text)
  string(FIND "${out}" "${text}" at)
  if(at EQUAL -1)
    give_up("the output lacks '${text}':\n${out}")
  endif()
endfunction()

remove_key()
execute_process(COMMAND ${EMULATOR} reg add ${key} /v One /t REG_DWORD /d 1 /f /reg:64 COMMAND_ERROR_IS_FATAL ANY
  OUTPUT_QUIET)

# Without a target, this machine is meant.
run(1 check live.pol)
expect_text("target  live (live, collected")
expect_text("2 fail")
expect_text("2 unknown")
expect_text("2 pass")
run(1 check live.pol --target live --quiet)
expect_text("2 fail (2 high), 2 unknown, 2 pass")

run(0 explain LIVE-PASS live.pol)
expect_text("HKLM\\Software\\polc-live-test, value \"One\"")
run(0 explain LIVE-ABSENT live.pol)
expect_text("not among the subkeys of HKLM\\Software\\polc-live-test")
run(0 explain LIVE-UNKNOWN live.pol)
expect_text("is not loaded")
run(0 explain LIVE-USERS live.pol)
expect_text("default profile is not loaded; its NTUSER.DAT can be a target")

run(0 plan live.pol --target live)
expect_text("6 of 6 controls can be decided from these targets")
run(0 backends)
expect_text("live")
# The evidence is of now: it cannot be judged by a clock of the past, and no path can be forced upon it.
run(4 check live.pol --as-of 2020-01-01)
run(4 check live.pol --target live:C:)
remove_key()
