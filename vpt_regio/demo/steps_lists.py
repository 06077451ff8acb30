"""How the lists of later years were added beside those that hold on the demonstration's day."""

from collections.abc import Iterator
from functools import partial

from vpt_regio.demo import lists, people, programme, world
from vpt_regio.demo.agenda import Step
from vpt_regio.queries.lists import find_list
from vpt_regio.services.lists import Added, Kept, start_version


def steps() -> Iterator[Step]:
    """Yield the steps; their day is that on which the demonstration begins."""
    for version in lists.LATER_VERSIONS:
        yield Step(programme.GO_LIVE, partial(_start, version))


def _start(version: lists.LaterVersion) -> None:
    programme_list = find_list(version.list_name)
    if programme_list is None or programme_list.last is None:
        raise LookupError(f"no list {version.list_name}")
    merged = dict(version.merged)
    renamed = {entry.code: entry for entry in version.renamed}
    kept = [
        Kept(entry, entry.name, is_dropped=True, goes_on_as=merged[entry.code])
        if entry.code in merged
        else Kept(entry, renamed[entry.code].name, renamed[entry.code].short_name)
        for entry in programme_list.last.entries
    ]
    start_version(
        programme_list,
        list_version=version.list_version,
        starts_on=version.starts_on,
        kept=kept,
        added=[Added(entry.code, entry.name, entry.short_name) for entry in version.added],
        source=version.source,
        actor=world.person(people.ADMINISTRATOR),
    )
