# Cross compilation to x86-64 Windows with Debian's mingw-w64 (`scripts/setup windows`). Test programs run under Wine.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(POLC_TRIPLET x86_64-w64-mingw32)
# The variant with POSIX threads: the other one lacks std::mutex.
set(CMAKE_C_COMPILER ${POLC_TRIPLET}-gcc-posix)
set(CMAKE_CXX_COMPILER ${POLC_TRIPLET}-g++-posix)
set(CMAKE_RC_COMPILER ${POLC_TRIPLET}-windres)
# One file: the compiler's own libraries are inside, too.
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_EXE_LINKER_FLAGS_RELEASE_INIT -s)
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/../scripts/under-wine)

# Nothing of the host is found but programs.
set(CMAKE_FIND_ROOT_PATH /usr/${POLC_TRIPLET})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
foreach(kind LIBRARY INCLUDE PACKAGE)
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
