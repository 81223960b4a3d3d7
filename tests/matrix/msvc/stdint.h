// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MATRIX_MSVC_STDINT_H
#define ZENWIRE_TESTS_MATRIX_MSVC_STDINT_H

/// @file
/// For the row msvc-abi, whose C headers are those of a Linux: told that `long` has 32 bits, they take pointers for that small.

#define __intptr_t_defined
#define uintptr_t zenwire_ilp32_uintptr_t
#include_next <stdint.h>
#undef uintptr_t

typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;

#undef INTPTR_MIN
#undef INTPTR_MAX
#undef UINTPTR_MAX
#undef PTRDIFF_MIN
#undef PTRDIFF_MAX
#undef SIZE_MAX
#define INTPTR_MIN (-__INTPTR_MAX__ - 1)
#define INTPTR_MAX __INTPTR_MAX__
#define UINTPTR_MAX __UINTPTR_MAX__
#define PTRDIFF_MIN (-__PTRDIFF_MAX__ - 1)
#define PTRDIFF_MAX __PTRDIFF_MAX__
#define SIZE_MAX __SIZE_MAX__

#endif
