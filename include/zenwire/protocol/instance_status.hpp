// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_STATUS_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_STATUS_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// The words of instance_status.
struct instance_status_words {
    /// The words that the library knows.
    enum class value : unsigned char {
        unknown,
        pending,
        creating,
        create_failed,
        installing,
        install_failed,
        running,
        stopped,
        booting,
        stopping,
        recycle,  ///< in the recycle bin
        recycling,
        deploying,  ///< virtual machines, as the following
        rebuilding,
        reboot,
        releasing,
        imaging,
    };
    /// A word, and how it is written.
    struct row {
        /// the word
        enum value value;
        /// its spelling
        std::string_view text;
    };
    /// All spellings; of several the first is the documented one.
    static constexpr row table[] = {
        {value::running, "RUNNING"},
        {value::stopped, "STOPPED"},
        {value::pending, "PENDING"},
        {value::creating, "CREATING"},
        {value::create_failed, "CREATE_FAILED"},
        {value::installing, "INSTALLING"},
        {value::install_failed, "INSTALL_FAILED"},
        {value::booting, "BOOTING"},
        {value::stopping, "STOPPING"},
        {value::recycle, "RECYCLE"},
        {value::recycling, "RECYCLING"},
        {value::deploying, "DEPLOYING"},
        {value::rebuilding, "REBUILDING"},
        {value::reboot, "REBOOT"},
        {value::releasing, "RELEASING"},
        {value::imaging, "IMAGING"},
    };
};

/// What an instance is doing. Source: the documents' data structures, InstanceStatus, of both services.
using instance_status = open_enum<instance_status_words>;

template <>
inline constexpr auto& detail::enum_names<instance_status_words::value> = instance_status_words::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
