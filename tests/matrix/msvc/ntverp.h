// SPDX-License-Identifier: BSL-1.0
// Which Windows this SDK is for, asked by Boost. There is nothing to say.
