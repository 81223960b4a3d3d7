// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_STATE_FILE_HPP
#define ZENWIRE_TESTS_EXAMPLES_STATE_FILE_HPP

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/// The saved bytes of a job in a file that survives the process and the power: written beside, flushed, and put in place in
/// one step. As long as this object lives no other process has the same job.
class state_file {
public:
    /// @param folder made when it is not there
    /// @param job names the file; any text
    state_file(std::filesystem::path const& folder, std::string_view job) {
        for (const char c : job) {
            constexpr std::string_view digits = "0123456789abcdef";
            const auto byte = static_cast<unsigned char>(c);
            const bool is_plain =
                (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            name_ += is_plain ? std::string(1, c) : std::string{'_', digits[byte / 16], digits[byte % 16]};
        }
        std::error_code failure;
        std::filesystem::create_directories(folder, failure);
        folder_ = folder;
        lock_ = ::open((folder / (name_ + ".lock")).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        is_locked_ = lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0;
    }
    state_file(state_file const&) = delete;
    state_file& operator=(state_file const&) = delete;
    ~state_file() {
        if (lock_ >= 0) {
            ::close(lock_);
        }
    }

    /// False: another process works on the job, or the folder cannot be used.
    [[nodiscard]] bool is_locked() const { return is_locked_; }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / (name_ + ".job"); }

    /// The bytes that were saved last; empty when there are none.
    [[nodiscard]] std::string load() const {
        std::ifstream file(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    /// Whether the bytes are safe now.
    [[nodiscard]] bool save(std::span<char const> bytes) const {
        const std::filesystem::path beside = folder_ / (name_ + ".new");
        const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file < 0) {
            return false;
        }
        const bool is_written = write_all(file, bytes) && ::fsync(file) == 0;
        return ::close(file) == 0 && is_written && ::rename(beside.c_str(), path().c_str()) == 0 && flush_folder();
    }

    /// Forgets the job.
    void remove() const {
        std::error_code failure;
        std::filesystem::remove(path(), failure);
        static_cast<void>(flush_folder());
    }

private:
    static bool write_all(int file, std::span<char const> bytes) {
        while (!bytes.empty()) {
            const ::ssize_t written = ::write(file, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }

    [[nodiscard]] bool flush_folder() const {
        const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool is_done = folder >= 0 && ::fsync(folder) == 0;
        return folder >= 0 && ::close(folder) == 0 && is_done;
    }

    std::filesystem::path folder_{};
    std::string name_{};
    int lock_ = -1;
    bool is_locked_ = false;
};

#endif
