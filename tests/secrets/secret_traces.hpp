// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_SECRETS_SECRET_TRACES_HPP
#define ZENWIRE_TESTS_SECRETS_SECRET_TRACES_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_set>

#include <zenwire/crypto/detail/sha256_portable.hpp>
#include <zenwire/crypto/sha256.hpp>

/// All strings of eight bytes that tell something of a password: of itself, of the padded keys of HMAC and of the states
/// of the hash behind them, in each order of bytes and words that code would keep them in.
class secret_traces {
public:
    static constexpr std::size_t window = 8;

    /// What a password leaves that is used for HMAC.
    static secret_traces of_password(std::string_view password) {
        secret_traces traces;
        traces.add(password);
        std::string key(password);
        if (key.size() > zenwire::sha256::block_size) {
            const zenwire::sha256_digest digest = zenwire::sha256_of(password);
            key.assign(reinterpret_cast<char const*>(digest.data()), digest.size());
            traces.add(key);
            traces.add(words_swapped(key));
        }
        for (const unsigned mask : {0x36U, 0x5CU, 0x36U ^ 0x5CU}) {
            std::string pad(zenwire::sha256::block_size, static_cast<char>(mask));
            for (std::size_t i = 0; i < key.size(); ++i) {
                pad[i] = static_cast<char>(static_cast<unsigned char>(key[i]) ^ mask);
            }
            traces.add_pad(pad, key.size());
            traces.add_pad(words_swapped(pad), key.size());
            traces.add_state(pad);
        }
        return traces;
    }

    /// What a text leaves that is only copied.
    static secret_traces of_text(std::string_view text) {
        secret_traces traces;
        traces.add(text);
        return traces;
    }

    /// All windows of a text.
    void add(std::string_view text) {
        for (std::size_t i = 0; i + window <= text.size(); ++i) {
            windows_.emplace(text.substr(i, window));
        }
    }

    /// Where the first trace lies in some memory; its size when there is none.
    [[nodiscard]] std::size_t find_in(std::string_view memory) const {
        for (std::size_t i = 0; i + window <= memory.size(); ++i) {
            if (windows_.contains(std::string(memory.substr(i, window)))) {
                return i;
            }
        }
        return memory.size();
    }

    [[nodiscard]] std::size_t size() const { return windows_.size(); }

private:
    /// As code holds it that reads big-endian words into little-endian ones.
    static std::string words_swapped(std::string_view text) {
        std::string swapped(text);
        for (std::size_t i = 0; i + 4 <= swapped.size(); i += 4) {
            for (std::size_t k = 0; k < 4; ++k) {
                swapped[i + k] = text[i + 3 - k];
            }
        }
        return swapped;
    }

    /// The windows that have at least four bytes of the key in them: fewer may occur by chance.
    void add_pad(std::string_view pad, std::size_t key_size) {
        for (std::size_t i = 0; i + 4 <= key_size && i + window <= pad.size(); ++i) {
            windows_.emplace(pad.substr(i, window));
        }
    }

    void add_state(std::string_view pad) {
        std::uint32_t state[8] = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                  0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
        zenwire::detail::sha256_portable::compress(state, pad.data(), 1);
        std::string text(sizeof(state), '\0');
        std::memcpy(text.data(), state, sizeof(state));
        add(text);
        add(words_swapped(text));
        // f e b a, h g d c: the order of the registers of x86's instructions
        const std::uint32_t registers[8] = {state[5], state[4], state[1], state[0],
                                            state[7], state[6], state[3], state[2]};
        std::memcpy(text.data(), registers, sizeof(registers));
        add(text);
    }

    std::unordered_set<std::string> windows_;
};

#endif
