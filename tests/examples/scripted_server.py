# SPDX-License-Identifier: BSL-1.0
"""A server on the loopback that says what it is told, byte by byte, for tests of transports."""

import hashlib
import hmac
import socket
import threading

SUCCESS = b'{"requestId":"T1","response":{"requestId":"T1","orderNumber":"1234567890123"}}'


def http_response(status, body=SUCCESS, *fields):
    head = [f"HTTP/1.1 {status} Reason", f"content-length: {len(body)}", *fields, "", ""]
    return "\r\n".join(head).encode() + body


class Server:
    """Answers each connection with the next of `responses` and closes it; keeps what was sent to it.

    A response is bytes, or a list of bytes: one for each request on the connection, which stays open for the next. None
    says nothing, and waits for the other side to close, or for end_silence(). With `tls`, an ssl.SSLContext, it shakes hands first. With
    `together`, a number, it says nothing before so many requests are there, each on a connection of its own.
    """

    def __init__(self, *responses, tls=None, together=1):
        self.requests = []
        self.connections = 0
        self.responses = list(responses)
        self.tls = tls
        self.all_there = threading.Barrier(together)
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.host = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.speakers = []
        self.silent = []

    def end_silence(self):
        """Closes what says nothing."""
        for connection in self.silent:
            connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()
        for speaker in self.speakers:
            speaker.join()

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            self.connections += 1
            connection.settimeout(20)
            script = self.responses.pop(0) if self.responses else b""
            speaker = threading.Thread(target=self.speak, args=(connection, script), daemon=True)
            self.speakers.append(speaker)
            speaker.start()

    def speak(self, connection, script):
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                for each in script if isinstance(script, list) else [script]:
                    self.requests.append(self.receive(connection))
                    self.all_there.wait(timeout=20)
                    connection.sendall(each or b"")
                if each is None or isinstance(script, list):
                    self.silent.append(connection)
                    connection.recv(1)
        except (OSError, threading.BrokenBarrierError):
            connection.close()

    @staticmethod
    def receive(connection):
        text = b""
        size = None
        # a TLS handshake, which is no request, waits in vain for a response
        while not text.startswith(b"\x16") and (size is None or len(text) < size):
            piece = connection.recv(65536)
            if not piece:
                break
            text += piece
            end = text.find(b"\r\n\r\n")
            if size is None and end >= 0:
                length = [line for line in text[:end].lower().split(b"\r\n") if line.startswith(b"content-length:")]
                size = end + 4 + (int(length[0].split(b":")[1]) if length else 0)
        return text


def refusing_host():
    """A host and port on the loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return f"127.0.0.1:{unused.getsockname()[1]}"


def fields_of(request):
    """The fields of a request, in order: pairs of name, in small letters, and value."""
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    pairs = [line.split(": ", 1) for line in lines]
    return [(name.lower(), value) for name, value in pairs]


def signature(fields, body, secret):
    """The signature that a request with these fields, a dict, must have."""
    signed = "".join(f"{name}:{fields[name]}\n" for name in ("content-type", "host"))
    canonical = f"POST\n/\n\n{signed}\ncontent-type;host\n{hashlib.sha256(body).hexdigest()}"
    text = f"ZC2-HMAC-SHA256\n{fields['x-zc-timestamp']}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
