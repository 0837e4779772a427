# Unpacks the real hives of ../shared for tests that run under Wine, which has no xz. Without them, or without xz, there is
# nothing to do: the tests say that they skip.
# unpack_hives.cmake -DFROM= -DTO=
cmake_minimum_required(VERSION 3.25)
find_program(xz xz)
file(GLOB_RECURSE packed RELATIVE "${FROM}" "${FROM}/*.xz")
foreach(file ${packed})
  if(NOT xz)
    break()
  endif()
  string(REGEX REPLACE "\\.xz$" "" plain "${file}")
  get_filename_component(group "${file}" DIRECTORY)
  get_filename_component(group "${group}" NAME)
  get_filename_component(name "${plain}" NAME)
  file(MAKE_DIRECTORY "${TO}/${group}")
  execute_process(COMMAND ${xz} -dc "${FROM}/${file}" OUTPUT_FILE "${TO}/${group}/${name}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
