"""How the annex to a letter names an organisation and tells what its pilot does."""

from collections.abc import Sequence

BULLET = "•"


def name_with_place(name: str, place: str) -> str:
    """Return ``naam, plaats``; the place is not repeated when the name ends with it already."""
    name, place = name.strip(), place.strip()
    if not place or not name:
        return name or place
    before, found, after = name.casefold().rpartition(place.casefold())
    ends_with_it = bool(found) and not after and not before[-1:].isalnum()
    return name if ends_with_it else f"{name}, {place}"


def bullet_lines(points: Sequence[str]) -> str:
    """Return the points as lines with a bullet each."""
    return "\n".join(f"{BULLET} {point}" for point in points)
