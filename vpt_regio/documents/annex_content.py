"""The content of the annex to a letter: chapters, sentences with bound numbers, tables.

Word, PDF and the page on screen are made from the same content. A frozen half-year keeps it as
plain JSON values; `from_plain` gives back what `to_plain` was given.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from vpt_regio.documents.annex_table import UNKNOWN, AnnexRow, AnnexSentence, AnnexTable
from vpt_regio.domain.money import format_euro_letter

INTRODUCTION = "inleiding"


class NumberKind(StrEnum):
    """What the value of a bound number counts."""

    COUNT = "count"
    CENTS = "cents"
    PERCENT = "percent"
    POINTS = "points"
    HOURS = "hours"
    VALUE = "value"


@dataclass(frozen=True)
class Run:
    """Words, or with a `tag` a number that is bound to its record.

    `value` is the exact number as a fraction in text ("31", "15/2"; cents for money), `text` how
    it is printed. A tag stands once in a document and is the same for each making of it.
    """

    text: str
    tag: str = ""
    value: str = ""
    kind: NumberKind | None = None

    @property
    def is_bound(self) -> bool:
        return bool(self.tag)


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `is_written` tells that people wrote it, in their own words."""

    runs: Runs
    is_written: bool = False


@dataclass(frozen=True)
class Bullets:
    """Points, each with its runs."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption above it and, when `source` is told, a note below it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    source: str = ""


Block: TypeAlias = Paragraph | Bullets | Table


@dataclass(frozen=True)
class Section:
    """A part of a chapter under its own heading; `region_id` tells whose it is, if anybody's."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    region_id: int | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter of the letter: blocks of its own, then sections.

    `is_regional` tells that it counts over regions, and so changes when one of them does.
    """

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    is_regional: bool = False


@dataclass(frozen=True)
class AnnexContent:
    """The whole annex; `pilots` is the table at its end."""

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
    pilots: AnnexTable

    def numbers(self) -> list[Run]:
        """Return everything that is bound, in the order of reading, with the table of pilots."""
        bound = [
            run
            for chapter in self.chapters
            for block in _blocks_of(chapter)
            for run in _runs_of(block)
            if run.is_bound
        ]
        return [*bound, *_of_pilots(self.pilots)]

    def chapter(self, key: str) -> Chapter | None:
        return next((one for one in self.chapters if one.key == key), None)


def _blocks_of(chapter: Chapter) -> Iterator[Block]:
    yield from chapter.blocks
    for section in chapter.sections:
        yield from section.blocks


def _runs_of(block: Block) -> Iterator[Run]:
    if isinstance(block, Paragraph):
        yield from block.runs
        return
    groups = block.items if isinstance(block, Bullets) else [c for row in block.rows for c in row]
    for runs in groups:
        yield from runs


def _of_pilots(table: AnnexTable) -> Iterator[Run]:
    """Return the controls of the table as `add_annex` writes them; a sentence has no value."""
    for sentence in table.sentences:
        yield Run(sentence.text, tag=sentence.tag)
    for row in table.rows:
        yield _amount(f"{row.key}-bedrag", row.cents)
    yield _amount(f"{table.key}-totaal", table.total_cents)


def _amount(tag: str, cents: int | None) -> Run:
    if cents is None:
        return Run(UNKNOWN, tag=tag)
    return Run(format_euro_letter(cents), tag=tag, value=str(cents), kind=NumberKind.CENTS)


def renewed(
    old: AnnexContent, new: AnnexContent, *, region_ids: Collection[int], with_national: bool
) -> AnnexContent:
    """Return the annex of a next version: only what was opened again is taken from the new one.

    What is of one region is new when that region was opened again; what belongs to no region when
    `with_national`. What counts over regions is always counted again.
    """
    base = new if with_national else old
    chapters = tuple(
        _renewed_chapter(
            old.chapter(one.key) or one, new.chapter(one.key) or one, region_ids, base=one
        )
        for one in base.chapters
    )
    return replace(base, chapters=chapters)


def _renewed_chapter(
    old: Chapter, new: Chapter, region_ids: Collection[int], *, base: Chapter
) -> Chapter:
    """`base` is the one of both that tells what belongs to no region."""
    if not new.is_regional:
        return base
    blocks = new.blocks
    if new.key == INTRODUCTION:
        blocks = (*new.blocks[:1], *base.blocks[1:])
    return replace(new, blocks=blocks, sections=_renewed_sections(old, new, region_ids))


def _renewed_sections(
    old: Chapter, new: Chapter, region_ids: Collection[int]
) -> tuple[Section, ...]:
    """A region that was not opened again neither comes nor goes, and keeps its section."""
    before = {one.key: one for one in old.sections}
    fresh = {
        one.key: one for one in new.sections if one.region_id is None or one.region_id in region_ids
    }
    kept = {
        key: one
        for key, one in before.items()
        if one.region_id is not None and one.region_id not in region_ids
    }
    found = fresh | kept
    order = dict.fromkeys((*(one.key for one in new.sections), *before))
    if kept:
        order = dict.fromkeys((*before, *order))
    return tuple(found[key] for key in order if key in found)


def to_plain(content: AnnexContent) -> dict[str, Any]:
    """Return the content as JSON values."""
    return {
        "title": content.title,
        "subtitle": content.subtitle,
        "chapters": [_plain_chapter(one) for one in content.chapters],
        "pilots": {
            "key": content.pilots.key,
            "title": content.pilots.title,
            "sentences": [[one.tag, one.text] for one in content.pilots.sentences],
            "rows": [
                [one.key, one.organisation, list(one.points), one.cents]
                for one in content.pilots.rows
            ],
        },
    }


def from_plain(plain: dict[str, Any]) -> AnnexContent:
    """Return the content that `to_plain` made these values of."""
    pilots = plain["pilots"]
    return AnnexContent(
        title=plain["title"],
        subtitle=plain["subtitle"],
        chapters=tuple(map(_chapter, plain["chapters"])),
        pilots=AnnexTable(
            key=pilots["key"],
            title=pilots["title"],
            sentences=tuple(AnnexSentence(*one) for one in pilots["sentences"]),
            rows=tuple(
                AnnexRow(key, organisation, tuple(points), cents)
                for key, organisation, points, cents in pilots["rows"]
            ),
        ),
    )


def _plain_chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "title": chapter.title,
        "blocks": [_plain_block(one) for one in chapter.blocks],
        "sections": [
            {
                "key": one.key,
                "title": one.title,
                "blocks": [_plain_block(block) for block in one.blocks],
                "region_id": one.region_id,
            }
            for one in chapter.sections
        ],
        "is_regional": chapter.is_regional,
    }


def _chapter(plain: dict[str, Any]) -> Chapter:
    return Chapter(
        key=plain["key"],
        title=plain["title"],
        blocks=tuple(map(_block, plain["blocks"])),
        sections=tuple(
            Section(one["key"], one["title"], tuple(map(_block, one["blocks"])), one["region_id"])
            for one in plain["sections"]
        ),
        is_regional=plain["is_regional"],
    )


def _plain_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"runs": _plain_runs(block.runs), "is_written": block.is_written}
    if isinstance(block, Bullets):
        return {"items": [_plain_runs(one) for one in block.items]}
    return {
        "caption": block.caption,
        "columns": [[one.title, one.is_number] for one in block.columns],
        "rows": [[_plain_runs(cell) for cell in row] for row in block.rows],
        "source": block.source,
    }


def _block(plain: dict[str, Any]) -> Block:
    if "runs" in plain:
        return Paragraph(_runs(plain["runs"]), plain["is_written"])
    if "items" in plain:
        return Bullets(tuple(map(_runs, plain["items"])))
    return Table(
        caption=plain["caption"],
        columns=tuple(Column(*one) for one in plain["columns"]),
        rows=tuple(tuple(map(_runs, row)) for row in plain["rows"]),
        source=plain["source"],
    )


def _plain_runs(runs: Runs) -> list[Any]:
    """Words as they are, numbers as a list of four."""
    return [
        [one.tag, one.text, one.value, one.kind.value if one.kind else ""]
        if one.is_bound
        else one.text
        for one in runs
    ]


def _runs(plain: list[Any]) -> Runs:
    return tuple(
        Run(one)
        if isinstance(one, str)
        else Run(one[1], tag=one[0], value=one[2], kind=NumberKind(one[3]) if one[3] else None)
        for one in plain
    )
