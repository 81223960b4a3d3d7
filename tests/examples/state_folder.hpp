// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_STATE_FOLDER_HPP
#define ZENWIRE_TESTS_EXAMPLES_STATE_FOLDER_HPP

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// Why no job can be begun, gone on with or forgotten; the text is for people and says what to do. Nothing was ordered.
struct state_problem : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file descriptor that is closed with this object.
class open_file {
public:
    explicit open_file(int number = -1) : number_(number) {}
    open_file(open_file&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    open_file& operator=(open_file&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;
    ~open_file() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

/// Where jobs are kept, whatever folder the program is started in: `given` (--state), else $XDG_STATE_HOME/zenwire, else
/// ~/.local/state/zenwire. A variable that is set to something useless is not passed over: with another environment the
/// same job would not be found.
/// @param xdg_state_home,home null when not set
/// @throw std::invalid_argument says what to do
inline std::string state_folder_path(std::string_view given, char const* xdg_state_home, char const* home) {
    const auto absolute = [](std::string_view name, std::string_view path, std::string_view below) {
        if (!path.starts_with('/')) {
            throw std::invalid_argument(std::string(name) + (path.empty() ? " is empty" : " is not an absolute path") +
                                        ": jobs would not be found again. Give --state with an absolute path");
        }
        return std::string(path).append(below);
    };
    if (given.data() != nullptr) {
        return absolute("--state", given, "");
    }
    if (xdg_state_home != nullptr) {
        return absolute("XDG_STATE_HOME", xdg_state_home, "/zenwire");
    }
    if (home != nullptr) {
        return absolute("HOME", home, "/.local/state/zenwire");
    }
    throw std::invalid_argument("neither XDG_STATE_HOME nor HOME is set: give --state with the absolute path of the "
                                "folder where jobs are kept");
}

/// A folder of our own for state: nobody else can put, exchange or remove a file in it.
class state_folder {
public:
    /// Opens it; makes it, and what is missing above, for our eyes only.
    /// @param path absolute
    explicit state_folder(std::string path) : path_(std::move(path)) {
        while (path_.size() > 1 && path_.back() == '/') {
            path_.pop_back();
        }
        make(path_);
        folder_ = open_file(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        struct stat found {};
        if (!folder_.is_open() || ::fstat(folder_.number(), &found) != 0) {
            const bool is_link = errno == ELOOP || errno == ENOTDIR;
            throw state_problem(path_ + " cannot be used as the folder for jobs: " +
                                (is_link ? "it is a link, or no folder" : std::strerror(errno)) +
                                ". Choose another with --state");
        }
        if (found.st_uid != ::geteuid() || (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
            throw state_problem("others can write to " + path_ +
                                ", so a job in it could vanish or be exchanged. Make it yours alone (chmod 700), or "
                                "choose another folder with --state");
        }
    }

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] std::string path_of(std::string const& name) const { return path_ + "/" + name; }

    /// Opens a file in it, never through a link, and without waiting at a FIFO.
    /// @return not open: errno says why
    [[nodiscard]] open_file open(std::string const& name, int flags) const {
        return open_file(
            ::openat(folder_.number(), name.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
    }
    /// Gives a file a second name, unless that is taken.
    [[nodiscard]] bool link(std::string const& from, std::string const& to) const {
        return ::linkat(folder_.number(), from.c_str(), folder_.number(), to.c_str(), 0) == 0;
    }
    /// Puts a file in the place of another, in one step.
    [[nodiscard]] bool rename(std::string const& from, std::string const& to) const {
        return ::renameat(folder_.number(), from.c_str(), folder_.number(), to.c_str()) == 0;
    }
    /// Whether there is no such name now.
    [[nodiscard]] bool remove(std::string const& name) const {
        return ::unlinkat(folder_.number(), name.c_str(), 0) == 0 || errno == ENOENT;
    }
    /// Whether names that were made or removed survive the power.
    [[nodiscard]] bool flush() const { return ::fsync(folder_.number()) == 0; }

    /// All names in it.
    /// @throw state_problem
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> result;
        const int again = ::openat(folder_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        DIR* const list = again < 0 ? nullptr : ::fdopendir(again);
        if (list == nullptr) {
            throw state_problem(path_ + " cannot be read: " + std::strerror(errno));
        }
        for (dirent const* each = ::readdir(list); each != nullptr; each = ::readdir(list)) {
            result.emplace_back(&each->d_name[0]);
        }
        ::closedir(list);
        return result;
    }

private:
    /// Makes the folder; what is there already stays as it is, whatever it is.
    static void make(std::string const& path) {
        struct stat found {};
        if (path == "/" || ::lstat(path.c_str(), &found) == 0) {
            return;
        }
        const std::string parent = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
        make(parent);
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
            throw state_problem(path + " cannot be made: " + std::strerror(errno) + ". Choose another with --state");
        }
        const open_file above(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!above.is_open() || ::fsync(above.number()) != 0) {
            throw state_problem(parent + " cannot be written to the disk: " + std::strerror(errno));
        }
    }

    std::string path_;
    open_file folder_{};
};

#endif
