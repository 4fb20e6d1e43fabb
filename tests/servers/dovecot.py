"""Dovecot: the mailboxes that mail tests read, with one fresh account for each test."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.process import HOST, as_user, free_port, served

DOMAIN = "va.test"
ACCOUNTS = 3000  # all made at the start: Dovecot looks at most once a second whether its list of users has changed
PORTS = ("imap", "imaps", "submission", "lmtp", "relay")
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost"
    " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem"
)


@dataclass(frozen=True)
class Dovecot:
    """A running mail store."""

    folder: Path
    imap: int  # plain, with STARTTLS
    imaps: int
    submission: int  # with STARTTLS and sign-in; hands mail on to the relay's port
    lmtp: int
    relay: int
    unused: Iterator[int] = field(init=False, default_factory=lambda: iter(range(ACCOUNTS)))

    @property
    def cafile(self) -> Path:
        """Return the certificate that clients must trust."""
        return self.folder / "cert.pem"

    def account(self) -> Mailbox:
        """Give an account that nobody has used."""
        number = next(self.unused)
        return Mailbox(self, address(number), password(number))


@dataclass(frozen=True)
class Mailbox:
    """One account, with the folders INBOX, Drafts, Sent, Archive and Trash."""

    server: Dovecot
    address: str
    password: str
    host: str = HOST

    @property
    def username(self) -> str:
        """Return the name to sign in with."""
        return self.address

    def deliver(self, raw: bytes, sender: str = "client@example.com") -> None:
        """Hand a mail to the account by LMTP, as a mail server does; its bytes arrive as they are."""
        with smtplib.LMTP(HOST, self.server.lmtp) as lmtp:
            lmtp.sendmail(sender, [self.address], raw)

    def append(self, raw: bytes, folder: str = "INBOX", flags: str = "") -> None:
        """Put a mail into a folder by IMAP, as a mail program does."""
        with self.imap() as imap:
            status, told = imap.append(folder, flags, "", raw)
            assert status == "OK", told

    @contextmanager
    def imap(self) -> Iterator[imaplib.IMAP4_SSL]:
        """Sign in to look at the account with a library that is not the connector's."""
        with imaplib.IMAP4_SSL(HOST, self.server.imaps, ssl_context=self.trust()) as imap:
            imap.login(self.username, self.password)
            yield imap

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """Return the bytes of every mail in a folder, oldest first, and leave them unread."""
        with self.imap() as imap:
            imap.select(folder, readonly=True)
            found = imap.uid("SEARCH", "ALL")[1][0].split()
            fetched = [imap.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0] for uid in found]
        return [part[1] for part in fetched if isinstance(part, tuple)]

    def trust(self) -> ssl.SSLContext:
        """Return a TLS context that trusts the server."""
        return ssl.create_default_context(cafile=str(self.server.cafile))


def address(number: int) -> str:
    """Return the address of an account."""
    return f"vera{number}@{DOMAIN}"


def password(number: int) -> str:
    """Return the password of an account."""
    return f"secret-{number}"


@contextmanager
def dovecot_server(program: str, folder: Path) -> Iterator[Dovecot]:
    """Run Dovecot as an ordinary user, in a folder of its own."""
    as_root = os.geteuid() == 0
    user = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.geteuid())
    ports = {name: free_port() for name in PORTS}
    names = {"FOLDER": str(folder), "USER": user.pw_name, "GROUP": grp.getgrgid(user.pw_gid).gr_name}
    configure(folder, names | {name.upper(): str(port) for name, port in ports.items()})
    if as_root:
        hand_over(folder, names["USER"], names["GROUP"])
    command = [*as_user(names["USER"], names["GROUP"]), program, "-F", "-c", "dovecot.conf"]
    with served(command, ports["lmtp"], folder):
        yield Dovecot(folder, **ports)


def configure(folder: Path, names: dict[str, str]) -> None:
    """Write the configuration, the list of accounts and a certificate."""
    for part in ("run", "home"):
        (folder / part).mkdir(parents=True)
    text = (Path(__file__).parent / "dovecot.conf").read_text()
    for name, value in names.items():
        text = text.replace(f"@{name}@", value)
    (folder / "dovecot.conf").write_text(text)
    users = (f"{address(n)}:{{PLAIN}}{password(n)}::::::\n" for n in range(ACCOUNTS))  # fewer colons, and LMTP refuses
    (folder / "users").write_text("".join(users))
    subprocess.run(CERTIFICATE.split(), cwd=folder, check=True, capture_output=True)


def hand_over(folder: Path, user: str, group: str) -> None:
    """Give a folder with all that is in it to an ordinary user."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, user, group)
