// SPDX-License-Identifier: BSL-1.0
#include "parts.hpp"

int main() { return builds_and_signs() && sends_and_reads() ? 0 : 1; }
