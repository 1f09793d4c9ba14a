"""The process behind imap_server.py: twisted's IMAP server over mails in memory."""

from __future__ import annotations

import io
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from twisted.cred import checkers, portal
from twisted.internet import reactor, stdio
from twisted.internet.protocol import Factory
from twisted.mail import imap4
from twisted.protocols.basic import LineReceiver
from zope.interface import implementer

from tests.mail.imap_server import PASSWORD, USER


def main() -> None:
    state: dict[str, Any] = {"drop": False, "fetched": 0}
    moods: dict[int, str] = {}

    def mood(uid: int) -> str:
        return moods.get(uid) or moods.get(0, "")

    def hang_up() -> None:
        for connection in list(connections):
            connection.transport.abortConnection()

    class Refusal(Exception):
        """Answered by NO."""

    @implementer(imap4.IMessage)
    class Mail:
        def __init__(self, uid: int, raw: bytes) -> None:
            self.uid, self.raw, self.flags = uid, raw, set[str]()
            self.is_gone = False

        def getUID(self) -> int:
            return self.uid

        def getFlags(self) -> list[str]:
            return sorted(self.flags)

        def getInternalDate(self) -> str:
            return "Wed, 18 Nov 2026 10:00:00 -0600"

        def getSize(self) -> int:
            self.is_gone = mood(self.uid) == "gone"
            return len(self.raw)

        def getHeaders(self, negate: bool, *names: str) -> dict[str, str]:
            parsed = BytesHeaderParser().parsebytes(self.raw)
            found = {name.lower(): str(value) for name, value in parsed.items()}
            wanted = {name.lower() for name in names}
            return {name: value for name, value in found.items() if (name in wanted) != negate}

        def getBodyFile(self) -> io.BytesIO:
            # For a whole mail, twisted sends the headers and body of getBodyFile(): the raw bytes.
            state["fetched"] += len(self.raw)
            return io.BytesIO(self.raw.partition(b"\n\n")[2])

        def open(self) -> io.BytesIO:
            state["fetched"] += len(self.raw)
            return io.BytesIO(self.raw)

        def isMultipart(self) -> bool:
            return False

        def getSubPart(self, part: int) -> None:
            raise IndexError

    @implementer(imap4.IMailbox, imap4.ICloseableMailbox)
    class Box:
        def __init__(self) -> None:
            self.mails: list[Mail] = []

        def getUIDValidity(self) -> int:
            return 1

        def getUIDNext(self) -> int:
            return len(self.mails) + 1

        def getUID(self, message: int) -> int:
            return self.mails[message - 1].uid

        def getMessageCount(self) -> int:
            return len(self.mails)

        def getRecentCount(self) -> int:
            return 0

        def getUnseenCount(self) -> int:
            return sum(r"\Seen" not in mail.flags for mail in self.mails)

        def isWriteable(self) -> bool:
            return True

        def destroy(self) -> None: ...

        def requestStatus(self, names: list[str]) -> dict[str, int]:
            return imap4.statusRequestHelper(self, names)

        def addListener(self, listener: object) -> None: ...

        def removeListener(self, listener: object) -> None: ...

        def addMessage(self, message: Any, flags: Any = (), date: Any = None) -> None: ...

        def expunge(self) -> list[int]:
            return []

        def close(self) -> None: ...

        def getFlags(self) -> list[str]:
            return [r"\Seen", r"\Deleted"]

        def getHierarchicalDelimiter(self) -> str:
            return "/"

        def fetch(self, messages: Any, uid: bool) -> list[tuple[int, Mail]]:
            messages.last = len(self.mails)
            wanted = set(messages)
            found = [
                (place, mail)
                for place, mail in enumerate(self.mails, start=1)
                if (mail.uid if uid else place) in wanted and not mail.is_gone
            ]
            if len(found) == 1 < len(self.mails):
                now = mood(found[0][1].uid)
                if now == "hangs_up":
                    hang_up()
                elif now == "refuses":
                    raise Refusal
            return found

        def store(self, messages: Any, flags: Any, mode: int, uid: bool) -> dict[int, list[str]]:
            if state["drop"]:
                state["drop"] = False
                hang_up()
                return {}
            found = self.fetch(messages, uid)
            for _, mail in found:
                if mood(mail.uid) == "refuses_mark":
                    raise Refusal
                given = {each if isinstance(each, str) else each.decode() for each in flags}
                mail.flags = mail.flags | given if mode == 1 else given
            return {place: mail.getFlags() for place, mail in found}

    box = Box()

    class Account(imap4.MemoryAccount):
        def _emptyMailbox(self, name: str, id: int) -> Box:
            return box

    account = Account(USER)
    account.addMailbox("INBOX", box)

    @implementer(portal.IRealm)
    class Realm:
        def requestAvatar(self, who: object, mind: object, *interfaces: object) -> tuple[Any, ...]:
            return imap4.IAccount, account, lambda: None

    checker = checkers.InMemoryUsernamePasswordDatabaseDontUse()
    checker.addUser(USER.encode(), PASSWORD.encode())
    checker.addUser(b"enie", "contraseña".encode())
    door = portal.Portal(Realm(), [checker])
    connections: list[Any] = []

    class Server(imap4.IMAP4Server):
        def sendBadResponse(self, tag: Any = None, message: bytes = b"") -> None:
            if message.startswith((b"FETCH failed", b"Server error")):
                self.sendNegativeResponse(tag, message)
            else:
                super().sendBadResponse(tag, message)

    class Connections(Factory):
        def buildProtocol(self, address: object) -> Any:
            server = Server(chal={b"PLAIN": imap4.PLAINCredentials})
            server.portal = door
            connections.append(server)
            return server

    class Commands(LineReceiver):
        delimiter = b"\n"

        def lineReceived(self, line: bytes) -> None:
            verb, _, rest = line.partition(b" ")
            answer = "ok"
            if verb == b"put":
                box.mails.append(Mail(len(box.mails) + 1, Path(rest.decode()).read_bytes()))
            elif verb == b"drop":
                state["drop"] = True
            elif verb in {b"hangs_up", b"refuses", b"refuses_mark", b"gone", b"well"}:
                moods[int(rest)] = "" if verb == b"well" else verb.decode()
            elif verb == b"seen":
                answer = str(sum(r"\Seen" in mail.flags for mail in box.mails))
            elif verb == b"fetched":
                answer = str(state["fetched"])
            self.sendLine(answer.encode())

    port = reactor.listenTCP(0, Connections(), interface="127.0.0.1")
    print(port.getHost().port, flush=True)
    stdio.StandardIO(Commands())
    reactor.run()


if __name__ == "__main__":
    main()
