"""Settings from the environment. A wrong one stops the start and says what to set."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PAGE = "See docs/configuration.md."


def text(name: str, default: str | None = None, *, example: str = "") -> str:
    """The variable's value. ImproperlyConfigured, with an example, if it's unset and has no
    default.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} isn’t set. Example: {name}={example!s}  {PAGE}")
    return default


def renamed(before: str, now: str) -> None:
    """Refuse an old name, so that no one keeps setting a variable that is no longer read."""
    if before in os.environ:
        raise ImproperlyConfigured(f"{before} is now called {now}. Rename it.")


def flag(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false. Example: {name}=true")


def number(name: str, default: int, *, least: int = 1) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name}={value!r} isn’t a whole number of {least} or more. Example: {name}={default}"
        )
    return int(value)


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def http_url(name: str, *, example: str) -> str:
    """An http or https URL; empty if unset."""
    value = text(name, "")
    if value and not _is_url(value, {"http", "https"}):
        raise ImproperlyConfigured(f"{name} isn’t an http address. Example: {name}={example}")
    return value


def https_url(name: str, *, example: str) -> str:
    """A URL that people's words are sent to. Plain http only to this machine or to a bare host
    name.
    """
    value = text(name, "")
    host = urlsplit(value).hostname or "" if _is_url(value, {"http"}) else ""
    near = host in LOOPBACK or re.fullmatch(r"[a-z][a-z0-9-]*", host)
    if value and not near and not _is_url(value, {"https"}):
        raise ImproperlyConfigured(
            f"{name} isn’t an https address (http only for this machine or a name without dots)."
            f" Example: {name}={example}  {PAGE}"
        )
    return value


def _is_url(value: str, schemes: Collection[str]) -> bool:
    parts = urlsplit(value)
    try:
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port isn't a number
        return False


def secrets(name: str) -> list[str]:
    """Secrets that stand in an address, separated by commas: from the variable, or from the file
    that `NAME_FILE` names. Empty if unset.
    """
    value, file = text(name, ""), text(f"{name}_FILE", "")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Unset one. {PAGE}")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE can’t be read. {PAGE}") from error
    found = [part.strip() for part in value.split(",") if part.strip()]
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{20,200}", each) for each in found):
        # Don't repeat the value.
        raise ImproperlyConfigured(
            f"{name} has a secret that isn’t 20 to 200 letters, digits, - or _. Example: {name}="
            f"$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')  {PAGE}"
        )
    return found


def mail_provider(name: str, required: Mapping[str, Sequence[str]], *, unset: str) -> str:
    """The provider's name, or empty. `required`: for each provider, the variables it also needs,
    without `ANYMAIL_`.
    """
    provider = text(name, "").lower()
    if provider and provider not in required:
        known = ", ".join(sorted(required))
        raise ImproperlyConfigured(f"{name}={provider!r} is unknown. Known: {known}. {unset}")
    anymail_options(required.get(provider, ()), why=f"{name}={provider}")
    return provider


def anymail_options(names: Sequence[str], *, why: str) -> None:
    """Check them at the start, not when the provider first posts."""
    for name in names:
        if not text(f"ANYMAIL_{name}", ""):
            raise ImproperlyConfigured(
                f"ANYMAIL_{name} isn’t set, which {why} needs: what the provider gave you. "
                "See docs/operations.md, Email through a provider."
            )


def webhook_secret(name: str, *, needed_by: str = "") -> bool:
    """Whether it's set. A provider proves its identity with `name:password`."""
    value = text(name, "")
    if needed_by and not value:
        raise ImproperlyConfigured(
            f"{name} isn’t set, which {needed_by} needs. Example: {name}=name:password"
        )
    if value and not re.fullmatch(r"[^:\s]+:\S+", value):
        raise ImproperlyConfigured(f"{name} isn’t name:password. Example: {name}=puente:s3cret")
    return bool(value)


def prefixed(prefix: str) -> dict[str, str]:
    """All variables with this prefix, keyed by the rest of their name."""
    return {
        name.removeprefix(prefix): value.strip()
        for name, value in os.environ.items()
        if name.startswith(prefix) and value.strip()
    }


def numbers(name: str, default: str) -> list[int]:
    """Comma-separated whole numbers from 1, largest first."""
    parts = words(name, default)
    if not parts or not all(part.isdecimal() and int(part) >= 1 for part in parts):
        raise ImproperlyConfigured(
            f"{name}={','.join(parts)!r} isn’t a list of whole numbers of 1 or more. "
            f"Example: {name}={default}"
        )
    return sorted({int(part) for part in parts}, reverse=True)


def time_of_day(name: str, default: str) -> time:
    value = text(name, default)
    try:
        return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        raise ImproperlyConfigured(
            f"{name}={value!r} isn’t a time of day. Example: {name}={default}"
        ) from None


def words(name: str, default: str | None = None, *, example: str = "") -> list[str]:
    """A comma-separated list, without empty parts."""
    return [
        part.strip() for part in text(name, default, example=example).split(",") if part.strip()
    ]


def smtp(name: str, default: str | None = None) -> dict[str, str | int | bool]:
    """An `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://` URL as Django's EMAIL_* settings."""
    example = "smtp+tls://user:password@smtp.example.com:587"
    parts = urlsplit(text(name, default, example=example))
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} isn’t an SMTP address. Example: {name}={example}")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def mail_address(name: str, default: str = "") -> str:
    """One plain address; empty if unset."""
    value = text(name, default)
    local, _, domain = value.rpartition("@")
    if value and not (
        re.fullmatch(r"[A-Za-z0-9._-]{1,24}", local)
        and re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", domain)
    ):
        raise ImproperlyConfigured(
            f"{name} isn’t an address that can take a tag: up to 24 letters, digits, dots, and"
            f" dashes before the @, without +. Example: {name}=replies@puente.example.com  {PAGE}"
        )
    return value


def authserv_ids(name: str, *, needed_by: str = "") -> frozenset[str]:
    """Names in lower case. `none` states explicitly that there is no such server."""
    example = f"Example: {name}=mx.example.com  {PAGE}"
    found = {each.lower() for each in words(name, "")}
    if needed_by and not found:
        raise ImproperlyConfigured(
            f"{name} isn’t set, which {needed_by} needs: the name your mail server writes first in"
            f" the Authentication-Results of incoming mail, or none if it doesn’t write that"
            f" header. {example}"
        )
    if wrong := [each for each in found if not re.fullmatch(r"[a-z0-9][a-z0-9._:-]*", each)]:
        raise ImproperlyConfigured(
            f"{name} has {wrong[0]!r}, which isn’t a server’s name. {example}"
        )
    return frozenset(found - {"none"})


class Mailbox(NamedTuple):
    host: str
    port: int
    ssl: bool
    user: str
    password: str
    folder: str


def mailbox(name: str) -> Mailbox | None:
    """The `imaps://` URL of a folder; `imap://` only to this machine. None if unset."""
    value = text(name, "")
    if not value:
        return None
    example = "imaps://replies%40puente.example.com:password@imap.example.com/INBOX"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # the port isn't a number
        parts, port = urlsplit(""), None
    local = parts.hostname in LOOPBACK
    if parts.scheme not in ({"imaps", "imap"} if local else {"imaps"}) or not (
        parts.hostname and parts.username and parts.password
    ):
        # Don't repeat the value: it holds a password.
        raise ImproperlyConfigured(
            f"{name} isn’t the address of a mailbox (special characters as %40).\n"
            f"Example: {name}={example}  {PAGE}"
        )
    return Mailbox(
        host=parts.hostname,
        port=port or {"imaps": 993, "imap": 143}[parts.scheme],
        ssl=parts.scheme == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
