"""A draft letter read, and its figures checked, in a process of its own.

What a file or its text does to the program that reads it, ends there.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vpt_regio import contained
from vpt_regio.documents.letter_gate import LARGEST, letter_problems
from vpt_regio.documents.letter_text import read_letter
from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import LetterDocument, LetterTable, PlainFinding
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, SeveralErrors, raise_all

# a letter of 150 pages full of figures takes some ten seconds
CPU_TO_CHECK: Final = 60
WALL_TO_CHECK: Final = 120

TOO_MUCH = N_(
    "De brief is te groot of te ingewikkeld om te lezen. Bewaar alleen de tekst, of deel hem op."
)
TOO_MANY = N_("De brief bevat te veel cijfers om in één keer te controleren. Deel hem op.")


def take_letter(content: bytes, name: str) -> LetterDocument:
    """Return a letter as paragraphs and tables; raises every reason why a file is refused."""
    if len(content) > LARGEST:
        raise_all(letter_problems(content, name))
    letter, problems = _contained(_read, content, name, too_much=TOO_MUCH)
    raise_all([Invalid(message, field="file", params=params) for message, params in problems])
    taken: LetterDocument = letter
    return taken


def check_taken(
    letter: LetterDocument, tables: Sequence[LetterTable], bound: Mapping[str, str] | None
) -> list[PlainFinding]:
    """Return what a letter claims beside what follows, as plain values."""
    limits = {"cpu_seconds": CPU_TO_CHECK, "wall_seconds": WALL_TO_CHECK}
    found: list[PlainFinding] = _contained(
        _check, letter, tuple(tables), bound, too_much=TOO_MANY, **limits
    )
    return found


def _contained(task: Any, *args: Any, too_much: str, **limits: Any) -> Any:
    try:
        return contained.run(task, *args, **limits)
    except contained.StoppedError as error:
        raise Invalid(too_much, field="file") from error


def _read(
    content: bytes, name: str
) -> tuple[LetterDocument | None, list[tuple[str, dict[str, Any]]]]:
    """Return the letter, or what the refusals say: an error itself does not travel."""
    try:
        return read_letter(content, name), []
    except DomainError as error:
        errors = error.errors if isinstance(error, SeveralErrors) else [error]
        return None, [(one.message, one.params) for one in errors]


def _check(
    letter: LetterDocument, tables: Sequence[LetterTable], bound: Mapping[str, str] | None
) -> list[PlainFinding]:
    return [one.to_plain() for one in check_letter(letter, tables, bound)]
