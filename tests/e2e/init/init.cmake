# polc(CODE ARGUMENTS...): runs polc in the new repository; the exit code must be CODE.
function(polc expected)
  execute_process(COMMAND ${POLC} ${ARGN} WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE code OUTPUT_VARIABLE output
    ERROR_VARIABLE error)
  if(NOT code EQUAL expected)
    message(FATAL_ERROR "polc ${ARGN}: exit code ${code} instead of ${expected}\n${output}\n${error}")
  endif()
  set(error "${error}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER}/.git)  # the root of a repository
polc(0 init)
foreach(file .github/workflows/policies.yml .pre-commit-config.yaml)
  if(NOT EXISTS ${FOLDER}/${file})
    message(FATAL_ERROR "${file} is missing")
  endif()
endforeach()
polc(0 fmt --check policies/baseline.pol policies/tests/baseline_test.pol)
polc(0 test policies/tests --coverage --mutate)
polc(0 check policies/baseline.pol)
polc(0 check policies/baseline.pol --target policies/hosts/example.yaml)

# Nothing is replaced, and where one file is in the way, none is written.
file(WRITE ${FOLDER}/polc.yaml "# mine\n")
file(REMOVE ${FOLDER}/policies/baseline.pol)
polc(64 init)
file(READ ${FOLDER}/polc.yaml settings)
if(NOT settings STREQUAL "# mine\n" OR EXISTS ${FOLDER}/policies/baseline.pol OR NOT error MATCHES "POL5101")
  message(FATAL_ERROR "init replaced a file, or wrote half:\n${error}")
endif()
