// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONFIG_HPP
#define ZENWIRE_BASE_CONFIG_HPP

/// @file
/// The macros that a build may set, the namespace that depends on them, and the version.
///
/// | macro | set by | meaning |
/// |---|---|---|
/// | `ZENWIRE_LIMITS_HEADER` | the user | a header in quotes or angle brackets that replaces the capacities of base/limits.hpp |
/// | `ZENWIRE_LIMITS_TAG` | that header | an identifier that names the capacities in the namespace |
/// | `ZENWIRE_NO_INTRINSICS` | the user | only portable code, no special instructions of a processor |
///
/// Types whose layout depends on an option live in another inline namespace, so that two builds with different
/// options can be linked into one program.

#if __cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L)
#error "zenwire needs C++20: compile with -std=c++20, or let your build ask for it"
#endif

#include <string_view>

#ifdef ZENWIRE_LIMITS_HEADER
#include ZENWIRE_LIMITS_HEADER
#ifndef ZENWIRE_LIMITS_TAG
#error "ZENWIRE_LIMITS_HEADER: the header must define ZENWIRE_LIMITS_TAG, an identifier that names its capacities"
#endif
#endif

#if defined(ZENWIRE_LIMITS_HEADER) && defined(ZENWIRE_NO_INTRINSICS)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline ZENWIRE_LIMITS_TAG::inline no_intrinsics
#elif defined(ZENWIRE_LIMITS_HEADER)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline ZENWIRE_LIMITS_TAG
#elif defined(ZENWIRE_NO_INTRINSICS)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline no_intrinsics
#else
/// The namespace that all headers open; for users it is just `zenwire`.
#define ZENWIRE_NAMESPACE zenwire::inline v0
#endif

#if defined(__clang__)
#define ZENWIRE_LIFETIMEBOUND [[_Clang::__lifetimebound__]]
#else
/// Marks a parameter that the result refers to: Clang warns when a temporary is given for it.
#define ZENWIRE_LIFETIMEBOUND
#endif

#if defined(__GNUC__)
/// Attributes that only GCC and Clang have, in their reserved spelling: `ZENWIRE_GNU(__cold__)`.
#define ZENWIRE_GNU(...) __attribute__((__VA_ARGS__))
#else
/// Nothing, for other compilers.
#define ZENWIRE_GNU(...)
#endif

#if defined(__noinline__)
#define ZENWIRE_NOINLINE
#else
/// Not inlined, to keep callers small. Headers of CUDA and HIP define a macro with the attribute's reserved spelling: after these
/// the compiler decides.
#define ZENWIRE_NOINLINE ZENWIRE_GNU(__noinline__)
#endif

#if defined(__OPTIMIZE_SIZE__)
#define ZENWIRE_INLINE_FOR_SPEED
#else
/// Always inlined, unless the compiler optimises for size (`-Os`).
#define ZENWIRE_INLINE_FOR_SPEED ZENWIRE_GNU(__always_inline__)
#endif

/// The library. Everything a user names is directly in here; the inline namespaces below it keep builds apart.
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
