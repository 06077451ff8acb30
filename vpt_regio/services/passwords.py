"""Passwords: how they are stored and compared, and which ones are too easy.

Hashing takes long and much memory on purpose, so at most two run at the same time, and the web
never hashes while it holds the write lock.
"""

import re
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

MIN_LENGTH = 12
MAX_LENGTH = 200

_HASHER = PasswordHasher()
_TURNS = BoundedSemaphore(2)

# A list of our own: nearly every password of the published lists is shorter than MIN_LENGTH, and
# the longer ones are one of these words or runs with digits and signs around it, or repeated.
COMMON_WORDS = (
    "administrator",
    "amsterdam",
    "beheer",
    "computer",
    "feyenoord",
    "geheim",
    "iloveyou",
    "letmein",
    "minister",
    "ministerie",
    "password",
    "publieke",
    "publieketaak",
    "qwerty",
    "rotterdam",
    "taak",
    "veilig",
    "veilige",
    "veiligepublieketaak",
    "vpt",
    "regio",
    "wachtwoord",
    "welkom",
    "welcome",
    "zomer",
    "winter",
    "lente",
    "herfst",
)
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
LOOKALIKES = str.maketrans("013457@$!", "oleastasi")
SHORTEST_RUN = 4


def hash_password(password: str) -> str:
    """Return the argon2id hash to store; waits for its turn."""
    with _TURNS:
        return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Return whether a password belongs to a stored hash; takes as long when there is none."""
    with _TURNS:
        try:
            return _HASHER.verify(stored or _nobodys_hash(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def problems(password: str, *, name: str, email: str) -> list[DomainError]:
    """Return why a password may not be used; composition is free, as ASVS 5.0 §6.2 asks."""
    if len(password) < MIN_LENGTH:
        return [_refuse(N_("Kies een wachtwoord van minstens 12 tekens, bijvoorbeeld een zin."))]
    if len(password) > MAX_LENGTH:
        return [_refuse(N_("Kies een wachtwoord van hoogstens 200 tekens."))]
    if _says_who(password, name=name, email=email):
        return [_refuse(N_("Gebruik niet uw naam of e-mailadres als wachtwoord."))]
    if is_common(password):
        return [_refuse(N_("Dit wachtwoord is makkelijk te raden. Kies een ander wachtwoord."))]
    return []


def is_common(password: str) -> bool:
    """Return whether hardly anything is left after common words, runs and repetition."""
    rest = password.casefold()
    for run in RUNS:
        rest = _without_runs(rest, run)
    rest = rest.translate(LOOKALIKES)
    for word in sorted(COMMON_WORDS, key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = re.sub(r"[\W\d_]+", "", rest)
    return len(set(rest)) < 5


def _without_runs(text: str, run: str) -> str:
    """Return the text without the stretches of four or more characters that follow a run."""
    for line in (run, run[::-1]):
        start = 0
        while start <= len(text) - SHORTEST_RUN:
            length = _run_length(text[start:], line)
            if length >= SHORTEST_RUN:
                text = text[:start] + text[start + length :]
            else:
                start += 1
    return text


def _run_length(text: str, line: str) -> int:
    length = 0
    while length < len(text) and text[: length + 1] in line:
        length += 1
    return length


def _says_who(password: str, *, name: str, email: str) -> bool:
    plain = re.sub(r"[\W_]+", "", password.casefold())
    account = email.partition("@")[0]
    known = {re.sub(r"[\W_]+", "", text.casefold()) for text in (name, email, account)}
    return re.sub(r"\d+$", "", plain) in known or plain in known


def _refuse(message: str) -> DomainError:
    return Invalid(message, field="new_password")


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")
