"""Whether a server plainly says that an address doesn't exist. Pure.

It uses standard codes if the server sends them, otherwise the wording: each mail server has its
own. A full mailbox, a server that refuses us and a sender it doesn't know say nothing about the
address: those mails failed, but the next may arrive.
"""

from __future__ import annotations

import re

STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
#: RFC 3463: the address is wrong (5.1) or closed (5.2.1). 5.1.7 and 5.1.8 are about our own
#: address.
_OF_THE_ADDRESS = re.compile(r"5\.(?:1\.(?![078]$)\d{1,3}|2\.1)")
#: Full, too large, or about our own address, whatever else they say.
_NEVER = re.compile(r"5\.(?:2\.[23]|3\.4|1\.[78])")
_WRONG = re.compile(r"5\.1\.(?![078]$)\d{1,3}")  # as a server writes it in its text
_OTHER_CODE = re.compile(rf"4\.|{_NEVER.pattern}$")
_FOR_NOW = re.compile(r"(?:smtp;\s*)?4\d\d\b")

_WHO = (
    r"(?:user(?: ?name| ?id)?|recipients?|mail ?box|inbox|address(?:es|ee)?|account|alias|person"
    r"|customer|subscriber|member|receiver|e-?mail|usuario|destinatario|cuenta|buz[oó]n|direcci[oó]n|correo)"
)
_GONE = (
    r"(?:unknown|not[- ]found|un(?:available|routeable|deliverable)|invalid|in(?:active|existent)"
    r"|non-?exist[ea]nt|disabled|deactivated|suspended|closed|deleted|removed|terminated|expired"
    r"|discontinued|(?:is|are|was) gone"
    r"|(?:do|does|did|could|can|has|is|are|was)(?: not|n[o']t|n’t)(?: be| been| a| an)?"
    r" (?:exist|found|valid|known|recogni[sz]ed|listed|registered|active|in use|local|available"
    r"|located|have an?|on (?:this|our)|here|our)"
    r"|not (?:exist|valid|known|recogni[sz]ed|listed|registered|active|local|a valid|our|have an?)"
    r"|no longer (?:exists?|available|valid|active|in use|on|used|accepts?|with)"
    r"|no existe|no (?:se )?(?:encuentra|encontrad[oa]|v[aá]lid[oa]|disponible|activ[oa])"
    r"|desconocid[oa]|inexistente|inv[aá]lid[oa]|desactivad[oa]|cerrad[oa]|ya no existe)"
)
_SAYS = re.compile(
    r"\b(?:no such|unknown|invalid|non-?exist[ea]nt|illegal|bad|not a valid|is no|not a local|no"
    r"|wrong|disabled|deactivated|inactive)"
    r" (?:(?:final )?(?:destination|delivery) |local |mail |e-?mail |rcpt |recipient |virtual )?"
    r"(?:user(?: ?id)?|recipient|mail ?box|address(?! error)|account|person|alias|inbox)\b"
    r"(?! specified)"
    rf"|\b{_WHO}\b[^.!?\n]{{0,80}}?\b{_GONE}\b"
    rf"|\b{_WHO}\b.{{0,30}}[:;(].{{0,60}}?\b{_GONE}\b"
    r"|\b(?:recip(?:ient)?|user|mailbox)_?(?:not_?found|unknown)\b|\bnosuchuser\b"
    r"|\bno such (?:person|domain user|id)\b|\bdoesn?['’]?t have an? \S+ account"
    r"|\b(?:no|not an?) (?:mailbox|account|user) (?:here )?by that name|\bnot listed in\b"
    r"|\bnot (?:our|a) (?:user|customer|subscriber)|\bsorry[^.\n]{0,40}no mailbox"
    r"|#5\.1\.0 address rejected|\brecipient address rejected: access denied"
    r".{0,80}(?:\bas\(2018|protection\.outlook\.com)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:quota|full|over (?:quota|limit)|out of storage|exceed|insufficient|too (?:large|big)"
    r"|too many|at a rate|rate limit|spam|spf|dmarc|dkim|dns|ptr|ip address|blocked|black ?list"
    r"|blocklist|greylist|banned|unsolicited|virus|content|llen[oa]|excedid[oa]|cuota)"
    r"|\b(?:sender|return|from|originator|helo|ehlo|client)\b[ :-]*"
    r"(?:address|domain|verif|host|user)"
    r"|\bunknown (?:sender|domain)|\bdomain(?: name)? (?:not found|unknown|does not)"
    r"|\btry (?:again|later)|\btemporar|\bmay not exist\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z¿¡])(?!AS\()|\n\s*\n")
_LONGEST = 8000


_ANY_ADDRESS = re.compile(r"[\w.+=%~-]+@[\w.-]+")
_REASON = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 8000


def names_the_address(status: str, said: str, words: str) -> bool:
    """`status` and `said` from a report, `words` from the mail around it."""
    if status.startswith("4") or _FOR_NOW.match(said):
        return False
    exact = [each for each in (status, *STATUS.findall(said)) if not each.endswith(".0")]
    if any(map(_NEVER.fullmatch, exact)):
        return False
    if any(map(_OF_THE_ADDRESS.fullmatch, exact)):
        return bool(_plainly(said)) or not _BUT.search(said)
    has_reason = _REASON.search(said.partition(";")[2] or said)
    return bool(_plainly(said if has_reason else words, code=_WRONG))


def says_nobody(words: str, to: str) -> str:
    """The sentence that says so, in a mail that names `to`; empty if none does."""
    return _plainly(words, code=_WRONG) if to and to in words.lower() else ""


def _plainly(text: str, *, code: re.Pattern[str] | None = None) -> str:
    """The first sentence that says so or has such a code. Names inside addresses don't count."""
    for sentence in _SENTENCE.split(text[:_LONGEST]):
        flat = _ANY_ADDRESS.sub("@", " ".join(sentence.split()))
        codes = STATUS.findall(flat)
        says = _SAYS.search(flat) or (code and any(map(code.fullmatch, codes)))
        if says and not _BUT.search(flat) and not any(map(_OTHER_CODE.match, codes)):
            return " ".join(sentence.split())
    return ""
