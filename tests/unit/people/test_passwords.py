"""Which passwords are too easy, and how they are compared."""

import threading
import time

import pytest

from vpt_regio.services import passwords
from vpt_regio.services.passwords import problems

WHO = {"name": "Projectleider Limburg", "email": "projectleider.limburg@vpt.example"}


@pytest.mark.parametrize(
    "password",
    [
        "vier paarden in de wei",
        "correct-paard-batterij",
        "Tr0ub4dor&3-fietsbel",
        "ÿþýü ñandú grüße",
        "twaalf teken",
        "lange zin " * 20,
    ],
)
def test_a_sentence_of_any_kind_is_fine(password: str) -> None:
    assert problems(password, **WHO) == []


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "minstens 12"),
        ("elf tekens!", "minstens 12"),
        ("z" * 201, "hoogstens 200"),
        ("Projectleider Limburg", "naam of e-mailadres"),
        ("projectleiderlimburg2012", "naam of e-mailadres"),
        ("projectleider.limburg@vpt.example", "naam of e-mailadres"),
        ("wachtwoord1234", "makkelijk te raden"),
        ("W@chtw00rd2012!", "makkelijk te raden"),
        ("Welkom01Welkom01", "makkelijk te raden"),
        ("qwertyuiop[]", "makkelijk te raden"),
        ("poiuytrewqasdf", "makkelijk te raden"),
        ("123456789012", "makkelijk te raden"),
        ("aaaaaaaaaaaaaa", "makkelijk te raden"),
        ("abababababab", "makkelijk te raden"),
        ("1q2w3e4r5t6y", "makkelijk te raden"),
        ("veiligepublieketaak", "makkelijk te raden"),
        ("            ", "makkelijk te raden"),
    ],
)
def test_what_is_easy_to_guess_says_why(password: str, message: str) -> None:
    (error,) = problems(password, **WHO)
    assert message in str(error)
    assert error.field == "new_password"


def test_a_hash_fits_its_password_only() -> None:
    stored = passwords.hash_password("vier paarden in de wei")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "vier paarden in de wei")
    assert not passwords.matches(stored, "Vier paarden in de wei")
    assert not passwords.matches(None, "vier paarden in de wei")
    assert not passwords.matches(None, "nobody has this password")
    assert not passwords.matches("not a hash", "vier paarden in de wei")


def test_at_most_two_are_compared_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    lock = threading.Lock()

    class SlowHasher:
        def verify(self, _stored: str, _password: str) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return True

    monkeypatch.setattr(passwords, "_HASHER", SlowHasher())
    threads = [
        threading.Thread(target=passwords.matches, args=("stored", "typed")) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
