// SPDX-License-Identifier: BSL-1.0
// What a C library's headers ask for that are told that `long` has 32 bits, beside stdint.h. There is nothing to say.
