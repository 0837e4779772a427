# Loose objects, packs and a shallow clone; files, revisions and programs; what a repository's settings would start.
set(ENV{GIT_CONFIG_GLOBAL} /dev/null)
set(ENV{GIT_CONFIG_NOSYSTEM} 1)

function(git)
  execute_process(COMMAND ${GIT} -c user.name=test -c user.email=test@example.com ${ARGN} WORKING_DIRECTORY ${FOLDER}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET ERROR_QUIET)
endfunction()

# polc(CODE TEXT ARGUMENTS...): runs polc in `here`; the exit code must be CODE and the output match TEXT.
function(polc expected text)
  execute_process(COMMAND ${POLC} ${ARGN} WORKING_DIRECTORY ${here} RESULT_VARIABLE code OUTPUT_VARIABLE output
    ERROR_VARIABLE error)
  if(NOT code EQUAL expected OR NOT "${output}${error}" MATCHES "${text}")
    message(FATAL_ERROR "polc ${ARGN}: exit code ${code} instead of ${expected}, or no ${text} in\n${output}\n${error}")
  endif()
endfunction()

function(policy least)
  file(WRITE ${FOLDER}/policies/parts/passwords.pol
    "control \"A\" \"Passwords are long\" { require password_policy.min_length >= ${least} }\n")
endfunction()

file(REMOVE_RECURSE ${FOLDER} ${FOLDER}-shallow)
file(MAKE_DIRECTORY ${FOLDER})
set(here ${FOLDER})
file(WRITE ${FOLDER}/policies/x.pol
  "policy \"x\" \"X\" { version \"1.0.0\" }\nuse \"./parts/passwords.pol\"\n"
  "control \"B\" \"Secure boot\" { require host.secure_boot }\n")
policy(14)
git(init --quiet --initial-branch main)
git(add .)
git(commit --quiet -m first)
polc(0 "2 unchanged" diff HEAD:policies/x.pol policies/x.pol)

# A module is from the same revision as the policy that uses it.
policy(12)
set(looser "looser        A  Passwords are long\n.*min_length = 12: failed before, passes now")
polc(1 "${looser}" diff HEAD:policies/x.pol policies/x.pol)
polc(0 "stricter      A" diff policies/x.pol main:policies/x.pol)
git(commit --quiet --all -m second)
polc(1 "${looser}" diff HEAD~1:policies/x.pol policies/x.pol)
polc(1 "${looser}" diff HEAD^:policies/x.pol HEAD:policies/x.pol)
polc(0 "" compile policies/x.pol -o x.polc)
polc(0 "2 unchanged" diff HEAD:policies/x.pol x.polc)

# Nothing that the repository names is started.
foreach(key core.fsmonitor diff.external core.pager core.sshCommand filter.x.smudge)
  git(config ${key} "touch ${FOLDER}/started; false")
endforeach()
file(WRITE ${FOLDER}/.gitattributes "*.pol filter=x diff=x\n")
polc(1 "${looser}" diff HEAD~1:policies/x.pol policies/x.pol)
file(REMOVE ${FOLDER}/.gitattributes)
git(config --remove-section filter.x)
git(config --remove-section diff)
git(config --remove-section core)
git(config core.repositoryformatversion 0)
if(EXISTS ${FOLDER}/started)
  message(FATAL_ERROR "a program was started")
endif()

# Packed, with references packed, too; from below; in a shallow clone.
git(tag -a v1 -m one HEAD~1)
git(gc --quiet --aggressive)
polc(1 "${looser}" diff v1:policies/x.pol main:policies/x.pol)
set(here ${FOLDER}/policies)
polc(1 "${looser}" diff v1:./x.pol x.pol)
set(here ${FOLDER}-shallow)
git(clone --quiet --depth 1 file://${FOLDER} ${FOLDER}-shallow)
polc(0 "2 unchanged" diff HEAD:policies/x.pol policies/x.pol)
polc(3 "error.POL51" diff HEAD~1:policies/x.pol policies/x.pol)

# What is wrong is said, and in which version.
set(here ${FOLDER})
polc(3 "error.POL51" diff nowhere:policies/x.pol policies/x.pol)
polc(3 "error.POL51" diff HEAD:policies/y.pol policies/x.pol)
file(APPEND ${FOLDER}/policies/x.pol "control\n")
git(commit --quiet --all -m broken)
git(reset --quiet --hard HEAD~1)
git(branch broken "HEAD@{1}")
polc(3 "POL6430.: nothing was compared: the newer version 'broken:policies/x.pol'" diff HEAD:policies/x.pol broken:policies/x.pol)
