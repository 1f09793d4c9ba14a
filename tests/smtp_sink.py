"""An SMTP server that accepts every mail and keeps none: as little work as possible, for measuring.

Run as a program it prints its port and, once its input ends, how many mails came.
"""

from __future__ import annotations

import asyncio
import sys

_ANSWERS = {b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"DATA": b"354 go on\r\n"}


class Sink(asyncio.Protocol):
    mails = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.rest, self.in_text = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while True:
            end = b"\r\n.\r\n" if self.in_text else b"\r\n"
            found = self.rest.find(end)
            if found < 0:
                return
            line, self.rest = self.rest[:found], self.rest[found + len(end) :]
            if self.in_text:
                Sink.mails += 1
                self.in_text = False
                self.transport.write(b"250 taken\r\n")
                continue
            command = line[:4].upper()
            self.in_text = command == b"DATA"
            self.transport.write(_ANSWERS.get(command, b"250 ok\r\n"))
            if command == b"QUIT":
                self.transport.close()
                return


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(Sink.mails, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
