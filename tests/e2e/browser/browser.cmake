# cmake -DNODE= -DCHROMIUM= -DTOOLS= -DPOLC= -DSOURCE= -DFOLDER= -P browser.cmake
if(NOT NODE OR NOT CHROMIUM OR NOT EXISTS ${TOOLS}/node_modules/playwright-core)
  message("SKIPPED: Chromium, Node.js or playwright-core is missing; scripts/setup test installs them")
  return()
endif()
execute_process(COMMAND ${NODE} ${TOOLS}/browser.mjs ${POLC} ${SOURCE} ${FOLDER} RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "exit code ${code}")
endif()
