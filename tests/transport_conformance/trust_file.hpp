// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_TRUST_FILE_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_TRUST_FILE_HPP

#include <cstdlib>
#include <string>

#include <unistd.h>

namespace transport_conformance {

/// A file with the trusted certificates, as long as it is needed.
class trust_file {
public:
    explicit trust_file(std::string const& text) {
        char const* const folder = std::getenv("TMPDIR");
        path_ = std::string(folder != nullptr ? folder : "/tmp").append("/zenwire-ca-XXXXXX");
        const int file = ::mkstemp(path_.data());
        if (file >= 0) {
            is_written_ = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
            ::close(file);
        }
    }
    trust_file(trust_file const&) = delete;
    trust_file& operator=(trust_file const&) = delete;
    ~trust_file() { ::unlink(path_.c_str()); }

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] bool is_written() const { return is_written_; }

private:
    std::string path_{};
    bool is_written_ = false;
};

}  // namespace transport_conformance

#endif
