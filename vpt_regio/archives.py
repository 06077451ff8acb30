"""What the list of contents of a packed file (zip) tells, before anything in it is unpacked."""

import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from vpt_regio.domain.text import N_

MEGABYTE: Final = 1024 * 1024

TOO_MANY_PARTS: Final = N_("Het bestand bestaat uit te veel onderdelen.")
UNPACKED_TOO_LARGE: Final = N_("Het bestand is uitgepakt te groot.")
DAMAGED: Final = N_("Het bestand is niet goed opgebouwd. Bewaar het opnieuw.")

# what the reading of a damaged or locked container raises
UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
# the two ways in which office programs pack a part
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED: Final = 0x1


@dataclass(frozen=True)
class Limits:
    """How many parts a file may have, how large it may be unpacked (bytes), and how dense.

    `ratio` is looked at in parts above a megabyte; None stands for any.
    """

    entries: int
    unpacked: int
    ratio: int | None = None


def container_problems(entries: list[zipfile.ZipInfo], limits: Limits) -> list[str]:
    """Return every reason why a container may not be unpacked; empty when it may."""
    problems = []
    if len(entries) > limits.entries:
        problems.append(TOO_MANY_PARTS)
    too_large = sum(entry.file_size for entry in entries) > limits.unpacked
    if too_large or any(_is_bomb(entry, limits.ratio) for entry in entries):
        problems.append(UNPACKED_TOO_LARGE)
    names = {entry.filename.casefold() for entry in entries}
    if len(names) < len(entries) or any(map(_is_odd, entries)):
        problems.append(DAMAGED)
    return problems


def _is_bomb(entry: zipfile.ZipInfo, ratio: int | None) -> bool:
    if ratio is None or entry.file_size <= MEGABYTE:
        return False
    return entry.file_size > ratio * entry.compress_size


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    is_outside = name.startswith("/") or "\\" in name or ".." in name.split("/")
    is_locked = bool(entry.flag_bits & _LOCKED)
    return is_outside or is_locked or entry.compress_type not in _PACKED
