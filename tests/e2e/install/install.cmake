set(first ${WORK}/first)
set(moved "${WORK}/moved here")
file(REMOVE_RECURSE ${first} ${moved})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${first} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${first} ${moved})
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env --unset=POLC_STDLIB "${moved}/bin/polc" check "${moved}/share/polc/policies/automate.pol"
    --target "${moved}/share/polc/policies/hosts/hardened.yaml" --quiet
  WORKING_DIRECTORY / RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE error)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "exit code ${code}\n${output}\n${error}")
endif()
