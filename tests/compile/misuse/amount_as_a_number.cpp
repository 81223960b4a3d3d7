// SPDX-License-Identifier: BSL-1.0
// says: parse() reads "12.5"
#include <zenwire/base/decimal.hpp>

const zenwire::decimal limit(12.5);
