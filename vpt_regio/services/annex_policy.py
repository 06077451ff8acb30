"""The chapter on the main lines of the policy: the activities of the regions under each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from vpt_regio.documents.annex_content import Block, Bullets, Chapter, Run, Runs, Section
from vpt_regio.documents.annex_sentences import (
    Part,
    count,
    counted,
    euros,
    listed,
    of_which,
    paragraph,
    sentence,
    written,
)
from vpt_regio.domain.enums import ActivityStatus
from vpt_regio.queries.annex_facts import policy_line_ids
from vpt_regio.queries.programmes import list_policy_lines
from vpt_regio.queries.workbook_half_year import stream_activities
from vpt_regio.queries.workbook_money import AnyRow
from vpt_regio.services.annex_kept import Kept, KeptActivity, written_in
from vpt_regio.workbooks.half_year_source import HalfYearSource

Told: TypeAlias = AnyRow | KeptActivity

OTHER = "Overige activiteiten"
OTHER_TAG = "hoofdlijn-overig"
RESULTS = "De regio's melden deze resultaten:"
NO_ACTIVITIES = "In dit halfjaar vallen onder deze hoofdlijn geen activiteiten van regio's."
# how a status reads of one activity and of more, in the order of telling
STATUS_WORDS: tuple[tuple[ActivityStatus, str, str, str], ...] = (
    (ActivityStatus.DONE, "is", "zijn", " afgerond"),
    (ActivityStatus.RUNNING, "loopt", "lopen", ""),
    (ActivityStatus.DELAYED, "is", "zijn", " vertraagd"),
    (ActivityStatus.NOT_STARTED, "is", "zijn", " niet gestart"),
    (ActivityStatus.CANCELLED, "is", "zijn", " vervallen"),
)


def policy_chapter(
    source: HalfYearSource, bodies: Mapping[str, str], kept: Kept | None = None
) -> Chapter:
    """Return the chapter: counts, money, the written text and the results under each line.

    With `kept` it is counted over the rows of a next version, and what the ministry wrote stays
    unless that was opened again.
    """
    lines, tags = _lines(source, bodies, kept)
    rows: Sequence[Told] = (
        kept.activities
        if kept
        else [one.facts for one in stream_activities(source.extent, source.holding_version_ids)]
    )
    for name in sorted({row.policy_line for row in rows if row.policy_line}):
        lines.setdefault(tags[name], (name, ()))
    sections = [
        _section(tag, name, [row for row in rows if tags.get(row.policy_line or "") == tag], blocks)
        for tag, (name, blocks) in lines.items()
    ]
    others = [row for row in rows if not row.policy_line]
    if others:
        sections.append(_section(OTHER_TAG, OTHER, others, ()))
    return Chapter(
        "hoofdlijnen", "Hoofdlijnen van het beleid", sections=tuple(sections), is_regional=True
    )


def _lines(
    source: HalfYearSource, bodies: Mapping[str, str], kept: Kept | None
) -> tuple[dict[str, tuple[str, tuple[Block, ...]]], dict[str, str]]:
    """Return the name and the written text of each main line by tag, and the tag of each name."""
    programme = source.period.programme
    tags = {name: f"hoofdlijn-{line_id}" for name, line_id in policy_line_ids(programme).items()}
    shown = list_policy_lines(programme, on=source.period.ends_on)
    tags |= {line.name: f"hoofdlijn-{line.id}" for line in shown}
    lines = {
        tags[line.name]: (line.name, written(bodies.get(f"policy_line-{line.id}", "")))
        for line in shown
    }
    before = [one for one in kept.sections("hoofdlijnen") if one.key != OTHER_TAG] if kept else []
    tags |= {one.title: one.key for one in before}  # a row that was kept bears the old name
    if kept and not kept.with_national:
        lines = {one.key: (one.title, written_in(one, RESULTS)) for one in before}
    return lines, tags


def _section(tag: str, name: str, rows: Sequence[Told], body: tuple[Block, ...]) -> Section:
    blocks: list[Block] = []
    if rows:
        blocks += [paragraph(_size(tag, rows), _statuses(tag, rows)), paragraph(*_money(tag, rows))]
    elif not body:
        blocks.append(paragraph((Run(NO_ACTIVITIES),)))
    blocks += body
    results = tuple(_result(row) for row in rows if row.result)
    if results:
        blocks += [paragraph((Run(RESULTS),)), Bullets(results)]
    return Section(tag, name, tuple(blocks))


def _size(tag: str, rows: Sequence[Told]) -> Runs:
    regions = len({row.region for row in rows})
    verb = "valt" if len(rows) == 1 else "vallen"
    return sentence(
        f"onder deze hoofdlijn {verb} ",
        *counted(f"{tag}-activiteiten", len(rows), "activiteit", "activiteiten"),
        " in ",
        *counted(f"{tag}-regios", regions, "regio", "regio's"),
    )


def _statuses(tag: str, rows: Sequence[Told]) -> Runs:
    """Tell how many are done, run and so on; of one activity just how it stands."""
    number = Counter(row.status for row in rows)
    if len(rows) == 1:
        found = [f"{one}{rest}" for status, one, _many, rest in STATUS_WORDS if number[status]]
        return sentence(f"die {found[0]}") if found else ()
    told: list[list[Part]] = [
        [
            f"{one if number[status] == 1 else many} er ",
            count(f"{tag}-{status}", number[status]),
            rest,
        ]
        for status, one, many, rest in STATUS_WORDS
        if number[status]
    ]
    unknown = number[None]
    if not told:
        return ()
    parts: list[Part] = ["daarvan ", *listed(told)]
    if unknown:
        parts += ["; van ", count(f"{tag}-onbekend", unknown), " is geen stand gemeld"]
    return sentence(*parts)


def _money(tag: str, rows: Sequence[Told]) -> list[Runs]:
    budget = sum(row.budget_cents for row in rows)
    spent = sum(row.spent_total_cents for row in rows)
    in_period = sum(row.spent_in_period_cents for row in rows)
    return [
        sentence("hiervoor is ", euros(f"{tag}-begroot", budget), " begroot"),
        sentence(
            "tot nu toe is ",
            euros(f"{tag}-besteed", spent),
            " besteed",
            *of_which(f"{tag}-besteed-halfjaar", in_period, spent),
        ),
    ]


def _result(row: Told) -> Runs:
    result = " ".join(row.result.split())
    return (Run(f"{row.region}, {row.title}: {result}"),)
