# Compiles a policy with the whole tool, then evaluates the program with the runtime alone.
execute_process(COMMAND ${POLC} compile ${ROOT}/policies/automate.pol -o ${WORK}/automate.polc RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "polc compile: exit code ${code}")
endif()
execute_process(COMMAND ${RUNTIME_ONLY} ${WORK}/automate.polc ${ROOT}/policies/hosts/hardened.yaml
  RESULT_VARIABLE code OUTPUT_VARIABLE verdicts)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "runtime_only: exit code ${code}\n${verdicts}")
endif()
string(FIND "${verdicts}" "pass CWA-" at)
if(at EQUAL -1)
  message(FATAL_ERROR "no control passed on the hardened host:\n${verdicts}")
endif()
