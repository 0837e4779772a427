// Connects the process to the command line.
#include <climits>

#include "cli/process.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// A process of a few milliseconds gives no memory back: what one step frees, the next one takes, already mapped.
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 1 << 20);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  return polc::cli::run_process(argc, argv);
}
