#include "tests/unit/evaluate/world.hpp"
