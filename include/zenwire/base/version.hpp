// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_VERSION_HPP
#define ZENWIRE_BASE_VERSION_HPP

#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// The version of the library, after semantic versioning. The build files read these three lines.
inline constexpr int version_major = 0;
/// @copydoc version_major
inline constexpr int version_minor = 2;
/// @copydoc version_major
inline constexpr int version_patch = 0;

/// The same as text: what is sent as `x-zc-sdk-version`.
inline constexpr std::string_view version_text = "0.2.0";

static_assert(version_major == 0 && version_minor == 2 && version_patch == 0 && version_text == "0.2.0",
              "version_text repeats the three numbers");

}  // namespace ZENWIRE_NAMESPACE

#endif
