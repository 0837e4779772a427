cmake_minimum_required(VERSION 3.25)
# Runs Microsoft's validator over every SARIF log in FOLDER: no error, no warning, and no note but those named here.
#
# SARIF2002  asks for message ids instead of texts; GitHub rejects messages without a text (GH1007).
# SARIF2003  asks for version control provenance; a run outside of a git repository has none.
# SARIF2006  asks the network whether URIs answer; tests run without one.
# SARIF2009  asks for rule ids like CS2001; ids are the author's, and stable identity matters more than their form.
# SARIF2010  asks for snippets; a result that only the baseline knows has no text to show.
# SARIF2011  asks for the lines around a result; diagnostics show theirs in the snippet.
# SARIF2012  asks for a help URI of every rule; controls name one only if their author did. The rest is in help.markdown.
# SARIF2013  asks to embed the policy files; snippets show what matters, and hashes say which file it was.
set(accepted_notes SARIF2002 SARIF2003 SARIF2006 SARIF2009 SARIF2010 SARIF2011 SARIF2012 SARIF2013)

if(DEFINED ENV{POLC_SARIF_MULTITOOL})
  set(multitool $ENV{POLC_SARIF_MULTITOOL})
else()
  file(GLOB found
    ${TOOLS}/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
    ${TOOLS}/node_modules/@microsoft/sarif-multitool-darwin/Sarif.Multitool
    ${TOOLS}/node_modules/@microsoft/sarif-multitool-win32/Sarif.Multitool.exe)
  if(found)
    list(GET found 0 multitool)
  endif()
endif()
if(NOT multitool OR NOT EXISTS ${multitool})
  message("SKIPPED: the SARIF validator is not installed; run scripts/setup test, or set POLC_SARIF_MULTITOOL")
  return()
endif()

file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${SAMPLES} ${FOLDER} COMMAND_ERROR_IS_FATAL ANY)
foreach(host hardened fresh-install partial)
  foreach(format sarif sarif-full)
    execute_process(
      COMMAND ${POLC} check policies/automate.pol --target policies/hosts/${host}.yaml --as-of 2026-03-01T00:00:00Z
        --report ${format}=${FOLDER}/${host}-${format}.sarif
      WORKING_DIRECTORY ${SOURCE} RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE error)
    if(code GREATER 2)
      message(FATAL_ERROR "polc check on ${host} ended with ${code}\n${error}")
    endif()
  endforeach()
endforeach()

# Comparisons: controls that are gone and new, and claims with causes elsewhere and hostile texts.
set(policy "policy \"[x](y)\" \"`{0}` <b>\" { version \"1.0.0\" }\n")
foreach(least 14 12)
  file(WRITE ${FOLDER}/least-${least}.pol "${policy}param least: int in 1..99 = ${least}\n"
    "control \"A\" \"[a](b)\" { severity high require password_policy.min_length >= least manual \"${least}?\" }\n")
endforeach()
set(automate ${SOURCE}/policies/automate.pol)
set(screenconnect ${SOURCE}/policies/screenconnect.pol)
foreach(pair "${automate}|${screenconnect}" "${screenconnect}|${automate}" "${automate}|${automate}"
    "${FOLDER}/least-14.pol|${FOLDER}/least-12.pol" "${FOLDER}/least-12.pol|${FOLDER}/least-14.pol")
  string(REPLACE "|" ";" versions "${pair}")
  string(MD5 name "${pair}")
  execute_process(COMMAND ${POLC} diff ${versions} --report sarif=${FOLDER}/diff-${name}.sarif
    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE error)
  if(code GREATER 2)
    message(FATAL_ERROR "polc diff ${versions} ended with ${code}\n${error}")
  endif()
endforeach()

file(GLOB logs ${FOLDER}/*.sarif)
list(LENGTH logs count)
if(count LESS 10)
  message(FATAL_ERROR "only ${count} logs were written")
endif()
set(ENV{DOTNET_SYSTEM_GLOBALIZATION_INVARIANT} 1)
execute_process(
  COMMAND ${multitool} validate ${logs} --rule-kind "Sarif;Ghas" --level "Error;Warning;Note" --kind Fail
  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT output MATCHES "Analysis completed successfully" OR NOT output MATCHES "${count} files scanned")
  message(FATAL_ERROR "the validator did not run to its end (${code})\n${output}")
endif()

string(REPLACE ";" "," output "${output}")
string(REGEX MATCHALL "[^\n]+: (error|warning|note) [A-Z]+[0-9]+[^\n]*" findings "${output}")
set(refused "")
foreach(finding IN LISTS findings)
  string(REGEX MATCH ": (error|warning|note) ([A-Z]+[0-9]+)" matched "${finding}")
  if(NOT CMAKE_MATCH_1 STREQUAL note OR NOT CMAKE_MATCH_2 IN_LIST accepted_notes)
    string(APPEND refused "${finding}\n")
  endif()
endforeach()
if(refused)
  message(FATAL_ERROR "the validator objects:\n${refused}")
endif()
message("${count} logs, no error, no warning")
