// SPDX-License-Identifier: BSL-1.0
//
// The world of a process under test, as a library that is preloaded (LD_PRELOAD): what the system is asked for is counted,
// and the process is killed at one of these calls; time passes when somebody sleeps, and only then, at once and for all
// processes of the same world.
//
//     WORLD_CLOCK=FILE     8 bytes: the nanoseconds that the clock is ahead. Sleeping adds to them and does not wait
//     WORLD_LOG=FILE       a line for each call: its number, its name, and what it is about
//     WORLD_KILL=HOW:N     SIGKILL at call N: `before` it, `after` it, or `half`, when half of the bytes are written
//     WORLD_THROW=N        the Nth allocation by `new` after an order was sent throws
//     WORLD_FAIL=WHEN:NAME each call of that name fails with EIO: `early`, before an order was sent, or `late`, after it

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <new>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr std::int64_t second = 1'000'000'000;

char const* variable(char const* name) { return std::getenv(name); }

/// The next function of that name: the system's.
template <class Function>
Function* real(char const* name, Function*) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int open_unseen(char const* name, int flags) {
    return static_cast<int>(syscall(SYS_openat, AT_FDCWD, name, flags | O_CLOEXEC, 0600));
}

std::atomic<std::int64_t>& clock_offset() {
    static std::atomic<std::int64_t> alone{0};
    static std::atomic<std::int64_t>* const place = [] {
        char const* const name = variable("WORLD_CLOCK");
        const int file = name == nullptr ? -1 : open_unseen(name, O_RDWR);
        void* const memory = file < 0 ? MAP_FAILED : mmap(nullptr, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        return memory == MAP_FAILED ? &alone : static_cast<std::atomic<std::int64_t>*>(memory);
    }();
    return *place;
}

std::atomic<bool> is_after_order{false};

/// One call, as it is counted.
class call {
public:
    call(char const* name, std::string_view about, std::string_view bytes = {}) {
        static std::atomic<int> count{0};
        static const int log =
            variable("WORLD_LOG") == nullptr ? -1 : open_unseen(variable("WORLD_LOG"), O_WRONLY | O_CREAT | O_APPEND);
        const bool is_order = bytes.find("ModifyInstanceTrafficPackage") != bytes.npos ||
                              bytes.find("CancelInstanceTrafficPackageDowngrade") != bytes.npos;
        is_after_order = is_after_order || is_order;
        number_ = ++count;
        char line[512];
        const int size = std::snprintf(&line[0], sizeof(line), "%d %s %.*s%s\n", number_, name,
                                       static_cast<int>(about.size()), about.data(), is_order ? " ORDER" : "");
        if (log >= 0) {
            static_cast<void>(syscall(SYS_write, log, &line[0], static_cast<std::size_t>(size)));
        }
        char const* const failing = variable("WORLD_FAIL");
        fails_ =
            failing != nullptr && std::string_view(failing) == std::string(is_after_order ? "late:" : "early:") + name;
        die("before");
    }

    [[nodiscard]] bool fails() const {
        if (fails_) {
            errno = EIO;
        }
        return fails_;
    }

    /// Dies when this is the call, and the moment.
    void die(std::string_view moment) const {
        if (is_at(moment)) {
            kill(getpid(), SIGKILL);
        }
    }
    [[nodiscard]] bool is_at(std::string_view moment) const {
        char const* const text = variable("WORLD_KILL");
        if (text == nullptr) {
            return false;
        }
        const std::string_view order(text);
        const std::size_t colon = order.find(':');
        return order.substr(0, colon) == moment && std::atoi(text + colon + 1) == number_;
    }

    template <class Result>
    Result after(Result result) const {
        const int kept = errno;
        die("after");
        errno = kept;
        return result;
    }

private:
    int number_ = 0;
    bool fails_ = false;
};

void pass(timespec const* time) {
    clock_offset() += std::int64_t{time->tv_sec} * second + time->tv_nsec;
    syscall(SYS_sched_yield);
}

}  // namespace

void* operator new(std::size_t size) {
    static std::atomic<int> count{0};
    static char const* const fatal = variable("WORLD_THROW");
    void* const memory =
        fatal != nullptr && is_after_order && ++count == std::atoi(fatal) ? nullptr : std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

// The names of the C library, which clash with its declarations in attributes only.
extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    if (result == 0 && clock == CLOCK_REALTIME) {
        const std::int64_t all = std::int64_t{time->tv_sec} * second + time->tv_nsec + clock_offset();
        time->tv_sec = static_cast<time_t>(all / second);
        time->tv_nsec = static_cast<long>(all % second);
    }
    return result;
}
time_t time(time_t* place) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (place != nullptr) {
        *place = now.tv_sec;
    }
    return now.tv_sec;
}
int nanosleep(timespec const* wanted, timespec*) {
    pass(wanted);
    return 0;
}
int clock_nanosleep(clockid_t, int, timespec const* wanted, timespec*) {
    pass(wanted);
    return 0;
}

int openat(int folder, char const* name, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    const call counted("openat", name);
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_openat, folder, name, flags, mode)));
}
int mkdir(char const* name, mode_t mode) noexcept {
    const call counted("mkdir", name);
    return counted.fails() ? -1 : counted.after(real("mkdir", &mkdir)(name, mode));
}
int flock(int file, int operation) noexcept {
    const call counted("flock", "");
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_flock, file, operation)));
}
ssize_t write(int file, void const* bytes, size_t size) {
    struct stat found {};
    const bool is_ours = fstat(file, &found) == 0 && S_ISREG(found.st_mode);
    if (!is_ours) {
        return syscall(SYS_write, file, bytes, size);
    }
    const call counted("write", "");
    if (counted.is_at("half")) {
        static_cast<void>(syscall(SYS_write, file, bytes, size / 2));
        counted.die("half");
    }
    return counted.fails() ? -1 : counted.after(syscall(SYS_write, file, bytes, size));
}
int fsync(int file) {
    struct stat found {};
    const bool is_folder = fstat(file, &found) == 0 && S_ISDIR(found.st_mode);
    const call counted("fsync", is_folder ? "folder" : "file");
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_fsync, file)));
}
ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
    const call counted("pread", "");
    return counted.fails() ? -1 : counted.after(static_cast<ssize_t>(syscall(SYS_pread64, file, bytes, size, offset)));
}
int linkat(int from, char const* name, int to, char const* other, int flags) noexcept {
    const call counted("linkat", other);
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_linkat, from, name, to, other, flags)));
}
int renameat(int from, char const* name, int to, char const* other) noexcept {
    const call counted("renameat", other);
    return counted.fails() ? -1 : counted.after(real("renameat", &renameat)(from, name, to, other));
}
int unlinkat(int folder, char const* name, int flags) noexcept {
    const call counted("unlinkat", name);
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_unlinkat, folder, name, flags)));
}
int connect(int socket, sockaddr const* address, socklen_t size) {
    const call counted("connect", "");
    return counted.fails() ? -1 : counted.after(static_cast<int>(syscall(SYS_connect, socket, address, size)));
}
ssize_t send(int socket, void const* bytes, size_t size, int flags) {
    const call counted("send", "", {static_cast<char const*>(bytes), size});
    if (counted.is_at("half")) {
        static_cast<void>(syscall(SYS_sendto, socket, bytes, size / 2, flags, nullptr, 0));
        counted.die("half");
    }
    return counted.fails() ? -1 : counted.after(real("send", &send)(socket, bytes, size, flags));
}
ssize_t recv(int socket, void* bytes, size_t size, int flags) {
    const call counted("recv", "");
    return counted.fails() ? -1 : counted.after(real("recv", &recv)(socket, bytes, size, flags));
}
}
