// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_STATE_FILE_HPP
#define ZENWIRE_TESTS_EXAMPLES_STATE_FILE_HPP

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state_folder.hpp"

/// Another process has the job.
struct job_is_held : state_problem {
    using state_problem::state_problem;
};

/// Text as part of a file's name: letters, digits and '-' stay, any other byte becomes '_' and two digits.
inline std::string as_file_name(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        result += is_plain ? std::string(1, c) : std::string{'_', digits[byte / 16], digits[byte % 16]};
    }
    return result;
}

/// The saved bytes of a job, in a file that survives the process and the power. It has the name of the service and of the
/// instance only, so it is found however the host is spelled and whoever asks. Four names in the folder:
///
///     bmc.ID.lock       locked by the process that works on the instance; never removed, or two could have it
///     bmc.ID.job        the job; it is there as long as an order of it may be under way
///     bmc.ID.new        the next bytes of the job, not in place yet
///     bmc.ID.forgotten  the last job that the user told us to forget
class state_file {
public:
    /// @param service name of the service, without version
    state_file(state_folder const& folder, std::string_view service, std::string_view instance)
        : folder_(folder), name_(std::string(service) + "." + as_file_name(instance)),
          old_ending_("-" + std::string(service) + "-" + as_file_name(instance) + ".job") {}

    /// Where the job is.
    [[nodiscard]] std::string path() const { return folder_.path_of(name_ + ".job"); }

    /// Makes this process the only one with the job, until this object's end.
    /// @param who what the others are told
    /// @throw job_is_held says who has it
    /// @throw state_problem
    void lock(std::string_view who) {
        lock_ = folder_.open(name_ + ".lock", O_RDWR | O_CREAT);
        if (!lock_.is_open() || !is_regular(lock_)) {
            throw state_problem(folder_.path_of(name_ + ".lock") + " cannot be used: " + reason() +
                                ". It must be a file of yours; if it is something else, remove it");
        }
        if (::flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) {
                throw job_is_held("another process works on this instance: " + holder());
            }
            throw state_problem(folder_.path_of(name_ + ".lock") + " cannot be locked: " + std::strerror(errno));
        }
        // Whoever removes the lock of a running job could have two of them; this sees it in time.
        struct stat held {};
        struct stat named {};
        const open_file again = folder_.open(name_ + ".lock", O_RDONLY);
        if (!again.is_open() || ::fstat(lock_.number(), &held) != 0 || ::fstat(again.number(), &named) != 0 ||
            held.st_ino != named.st_ino || held.st_dev != named.st_dev) {
            throw job_is_held(folder_.path_of(name_ + ".lock") + " was exchanged just now by another process");
        }
        static_cast<void>(::ftruncate(lock_.number(), 0) == 0 && write_all(lock_, who));
    }

    /// The bytes that were saved last; nothing only when there is no such file.
    /// @throw state_problem for a file that is there and cannot be trusted
    [[nodiscard]] std::optional<std::string> load() {
        const open_file file = folder_.open(name_ + ".job", O_RDONLY);
        if (!file.is_open() && errno == ENOENT) {
            exists_ = false;
            return std::nullopt;
        }
        exists_ = true;
        struct stat found {};
        if (!file.is_open() || !is_regular(file)) {
            refuse(reason());
        }
        if (::fstat(file.number(), &found) != 0 || found.st_uid != ::geteuid()) {
            refuse("it belongs to another user");
        }
        if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
            refuse("others can write to it");
        }
        std::optional<std::string> bytes = read_some(file);
        if (!bytes || bytes->empty()) {
            refuse(bytes ? "it is empty" : std::strerror(errno));
        }
        return bytes;
    }

    /// A job of version 0.1 of this program, which named its file after the host, too; empty when there is none.
    /// @throw state_problem
    [[nodiscard]] std::string old_job() const {
        for (std::string const& each : folder_.names()) {
            if (each.ends_with(old_ending_) && each.find('.') == each.size() - std::string_view(".job").size()) {
                return each;
            }
        }
        return {};
    }
    /// The bytes of a file that old_job() named, as far as it can be read.
    [[nodiscard]] std::string read_old(std::string const& name) const {
        const open_file file = folder_.open(name, O_RDONLY);
        return file.is_open() && is_regular(file) ? read_some(file).value_or("") : "";
    }

    /// Whether the bytes are safe now.
    /// @param is_first the first bytes of a job: refused where a job exists
    [[nodiscard]] bool save(std::span<char const> bytes, bool is_first) {
        const std::string beside = name_ + ".new";
        if (!folder_.remove(beside)) {
            return false;
        }
        {
            const open_file file = folder_.open(beside, O_WRONLY | O_CREAT | O_EXCL);
            if (!file.is_open() || !write_all(file, {bytes.data(), bytes.size()}) || ::fsync(file.number()) != 0) {
                return false;
            }
        }
        const bool is_placed = is_first ? folder_.link(beside, name_ + ".job") : folder_.rename(beside, name_ + ".job");
        exists_ = exists_ || is_placed;
        return is_placed && folder_.remove(beside) && folder_.flush();
    }

    /// Ends the job that was loaded or saved: there is none now. False: it is still there, or may be there again after a
    /// power cut.
    [[nodiscard]] bool remove() {
        if (!exists_) {
            return true;
        }
        exists_ = !folder_.remove(name_ + ".job");
        return !exists_ && folder_.flush();
    }

    /// Ends a job by the user's word, whatever its file is: it is kept under a name that nothing reads.
    /// @param name what old_job() named, or empty for the job itself
    [[nodiscard]] bool set_aside(std::string const& name) const {
        return folder_.rename(name.empty() ? name_ + ".job" : name, name_ + ".forgotten") && folder_.flush();
    }

private:
    /// Who has the lock: it says so a moment after it has it.
    [[nodiscard]] std::string holder() const {
        std::string who;
        for (int i = 0; i < 50 && who.empty(); ++i) {
            who = read_some(lock_).value_or("");
            ::usleep(who.empty() ? 10'000 : 0);
        }
        return who;
    }

    [[noreturn]] void refuse(std::string const& why) const {
        throw state_problem(path() + " is the file of an earlier job and cannot be used: " + why +
                            ". An order of that job may be under way. Look at the instance and at the orders in the "
                            "console; when you know, give the command forget, or remove the file by hand");
    }

    /// errno becomes 0 for what can be opened and is no file.
    static bool is_regular(open_file const& file) {
        struct stat found {};
        errno = 0;
        return ::fstat(file.number(), &found) == 0 && S_ISREG(found.st_mode);
    }
    static std::string reason() {
        return errno == 0 ? "it is no ordinary file" : errno == ELOOP ? "it is a link" : std::strerror(errno);
    }

    /// At most a few kilobytes; no job is longer.
    static std::optional<std::string> read_some(open_file const& file) {
        std::string result(16384, '\0');
        std::size_t size = 0;
        while (size < result.size()) {
            const ::ssize_t read =
                ::pread(file.number(), &result[size], result.size() - size, static_cast<::off_t>(size));
            if (read < 0 && errno != EINTR) {
                return std::nullopt;
            }
            if (read == 0) {
                break;
            }
            size += read < 0 ? 0 : static_cast<std::size_t>(read);
        }
        result.resize(size);
        return result;
    }

    static bool write_all(open_file const& file, std::string_view bytes) {
        while (!bytes.empty()) {
            const ::ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }

    state_folder const& folder_;
    std::string name_;
    std::string old_ending_;
    open_file lock_{};
    bool exists_ = false;
};

#endif
