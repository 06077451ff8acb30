"""A part of a list that is in memory, for the component with pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PER_PAGE = 50
BESIDE = 2


@dataclass(frozen=True)
class Slice(Generic[T]):
    """The rows of one page, with what the component for pages asks."""

    items: Sequence[T]
    page: int
    pages: int

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def prev_num(self) -> int:
        return self.page - 1

    @property
    def next_num(self) -> int:
        return self.page + 1

    def iter_pages(self) -> list[int | None]:
        """Return the first and last page and those beside this one; None for what is left out."""
        near = range(self.page - BESIDE, self.page + BESIDE + 1)
        found: list[int | None] = []
        for number in range(1, self.pages + 1):
            if number in (1, self.pages) or number in near:
                found.append(number)
            elif found[-1] is not None:
                found.append(None)
        return found


def slice_of(rows: Sequence[T], number: int) -> Slice[T]:
    """Return a page of rows; beyond the last page it is the last one."""
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(number, 1), pages)
    return Slice(rows[(page - 1) * PER_PAGE : page * PER_PAGE], page, pages)
