"""The chapter on the main lines of the policy: the activities of the regions under each."""

from collections import Counter
from collections.abc import Mapping, Sequence

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
from vpt_regio.workbooks.half_year_source import HalfYearSource

OTHER = "Overige activiteiten"
NO_ACTIVITIES = "In dit halfjaar vallen onder deze hoofdlijn geen activiteiten van regio's."
# how a status reads of one activity and of more, in the order of telling
STATUS_WORDS: tuple[tuple[ActivityStatus, str, str, str], ...] = (
    (ActivityStatus.DONE, "is", "zijn", " afgerond"),
    (ActivityStatus.RUNNING, "loopt", "lopen", ""),
    (ActivityStatus.DELAYED, "is", "zijn", " vertraagd"),
    (ActivityStatus.NOT_STARTED, "is", "zijn", " niet gestart"),
    (ActivityStatus.CANCELLED, "is", "zijn", " vervallen"),
)


def policy_chapter(source: HalfYearSource, bodies: Mapping[str, str]) -> Chapter:
    """Return the chapter: counts, money, the written text and the results under each line."""
    programme = source.period.programme
    rows = [one.facts for one in stream_activities(source.extent, source.holding_version_ids)]
    lines = list_policy_lines(programme, on=source.period.ends_on)
    ids = policy_line_ids(programme) | {line.name: line.id for line in lines}
    shown = [line.name for line in lines]
    shown += sorted({row.policy_line for row in rows if row.policy_line} - set(shown))
    sections = [
        _section(
            f"hoofdlijn-{ids[name]}",
            name,
            [row for row in rows if row.policy_line == name],
            bodies.get(f"policy_line-{ids[name]}", ""),
        )
        for name in shown
    ]
    others = [row for row in rows if not row.policy_line]
    if others:
        sections.append(_section("hoofdlijn-overig", OTHER, others, ""))
    return Chapter(
        "hoofdlijnen", "Hoofdlijnen van het beleid", sections=tuple(sections), is_regional=True
    )


def _section(tag: str, name: str, rows: Sequence[AnyRow], body: str) -> Section:
    blocks: list[Block] = []
    if rows:
        blocks += [paragraph(_size(tag, rows), _statuses(tag, rows)), paragraph(*_money(tag, rows))]
    elif not body:
        blocks.append(paragraph((Run(NO_ACTIVITIES),)))
    blocks += written(body)
    results = tuple(_result(row) for row in rows if row.result)
    if results:
        blocks += [paragraph((Run("De regio's melden deze resultaten:"),)), Bullets(results)]
    return Section(tag, name, tuple(blocks))


def _size(tag: str, rows: Sequence[AnyRow]) -> Runs:
    regions = len({row.region for row in rows})
    verb = "valt" if len(rows) == 1 else "vallen"
    return sentence(
        f"onder deze hoofdlijn {verb} ",
        *counted(f"{tag}-activiteiten", len(rows), "activiteit", "activiteiten"),
        " in ",
        *counted(f"{tag}-regios", regions, "regio", "regio's"),
    )


def _statuses(tag: str, rows: Sequence[AnyRow]) -> Runs:
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


def _money(tag: str, rows: Sequence[AnyRow]) -> list[Runs]:
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


def _result(row: AnyRow) -> Runs:
    result = " ".join(row.result.split())
    return (Run(f"{row.region}, {row.title}: {result}"),)
