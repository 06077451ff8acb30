"""A second version of the list of measures: other words for all, and one measure more."""

from datetime import date
from typing import Any

from vpt_regio.models.people import Person
from vpt_regio.queries.lists import ProgrammeList, find_list
from vpt_regio.services.lists import Added, Kept, start_version

NINTH = Added("M9", "Werken aan gastvrijheid", "Gastvrijheid", "nieuw1")


def list_of(name: str = "maatregelen") -> ProgrammeList:
    found = find_list(name)
    assert found is not None
    return found


def second_version(
    actor: Person, *, starts_on: date, name: str = "VNG-2015", added: tuple[Added, ...] = (NINTH,)
) -> list[Any]:
    """Start a version in which every measure of the last one has other words."""
    measures = list_of()
    assert measures.last is not None
    return start_version(
        measures,
        list_version=name,
        starts_on=starts_on,
        kept=[
            Kept(entry, f"{entry.name}, anders gezegd", f"{entry.short_name} VNG")
            for entry in measures.last.entries
        ],
        added=added,
        actor=actor,
    )
