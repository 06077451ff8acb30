"""The chapter on performance contracts: how many agreements are met, and which."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from vpt_regio.documents.annex_content import Bullets, Chapter, Column, Run, Runs, Section, Table
from vpt_regio.documents.annex_sentences import (
    Part,
    count,
    counted,
    listed,
    measured,
    number_cell,
    paragraph,
    sentence,
)
from vpt_regio.domain.indicator_codes import Attainment, Qualifier
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.services.annex_kept import Kept, KeptAgreement
from vpt_regio.workbooks.half_year_source import HalfYearSource

Counted: TypeAlias = AgreementStanding | KeptAgreement

NONE_RAN = "In dit halfjaar liepen er geen prestatiecontracten."
NOT_KNOWN = frozenset({Attainment.NOT_MEASURED, Attainment.UNKNOWN})
NOT_TO_SAY = "of ze zijn gehaald, is nog niet te zeggen"
# how an agreement stands that is the only one
ALONE: Mapping[Attainment, str] = {
    Attainment.MET: "die is gehaald",
    Attainment.ON_COURSE: "die ligt op koers",
    Attainment.BEHIND: "die blijft achter",
    Attainment.NOT_MEASURED: "of die is gehaald, is nog niet te zeggen",
    Attainment.UNKNOWN: "of die is gehaald, is nog niet te zeggen",
}
COLUMNS = (
    Column("Regio"),
    Column("Afspraken", is_number=True),
    Column("Gehaald", is_number=True),
    Column("Op koers", is_number=True),
    Column("Achter", is_number=True),
    Column("Niet te zeggen", is_number=True),
)


def contracts_chapter(source: HalfYearSource, kept: Kept | None = None) -> Chapter:
    """Return the counts over all regions, a table, and for each region what was met.

    With `kept` the counts are over the rows of a next version.
    """
    by_region: dict[str, list[AgreementStanding]] = defaultdict(list)
    for region, standing in source.agreements:
        by_region[region].append(standing)
    ids = {row.name: row.region_id for row in source.regions}
    sections = tuple(
        _section(name, ids.get(name), found)
        for name, found in by_region.items()
        if kept is None or name in ids
    )
    counted_over = _kept_by_region(source, kept) if kept else _by_id(ids, by_region)
    every = [one for _id, _name, found in counted_over for one in found]
    if not every:
        none = paragraph((Run(NONE_RAN),))
        return Chapter("contracten", "Prestatiecontracten", (none,), is_regional=True)
    rows = [_row(name, f"regio-{region_id}", found) for region_id, name, found in counted_over]
    rows += [_row("Totaal", "totaal", every)] if len(rows) > 1 else []
    table = Table("Afspraken in prestatiecontracten, per regio", COLUMNS, tuple(rows))
    intro = paragraph(_size(every, len(counted_over)), _standing("contracten", every))
    return Chapter("contracten", "Prestatiecontracten", (intro, table), sections, is_regional=True)


def _by_id(
    ids: Mapping[str, int], by_region: Mapping[str, Sequence[Counted]]
) -> list[tuple[int | None, str, Sequence[Counted]]]:
    return [(ids.get(name), name, found) for name, found in by_region.items()]


def _kept_by_region(
    source: HalfYearSource, kept: Kept
) -> list[tuple[int | None, str, Sequence[Counted]]]:
    """By code, since the name of a region may have changed since the version before."""
    ids = {row.code: row.region_id for row in source.regions}
    names: dict[str, str] = {}
    found: dict[str, list[Counted]] = defaultdict(list)
    for name, code, agreement in kept.agreements:
        names[code] = name
        found[code].append(agreement)
    return [(ids.get(code), names[code], agreements) for code, agreements in found.items()]


def _size(every: Sequence[Counted], regions: int) -> Runs:
    contracts = len({one.contract_id for one in every})
    verb = "liep" if contracts == 1 else "liepen"
    return sentence(
        "in ",
        *counted("contracten-regios", regions, "regio", "regio's"),
        f" {verb} ",
        *counted("contracten-aantal", contracts, "prestatiecontract", "prestatiecontracten"),
        " met samen ",
        *counted("contracten-afspraken", len(every), "afspraak", "afspraken"),
    )


def _standing(tag: str, found: Sequence[Counted]) -> Runs:
    number = Counter(one.attainment for one in found)
    unknown = sum(number[one] for one in NOT_KNOWN)
    met, on_course, behind = (
        number[Attainment.MET],
        number[Attainment.ON_COURSE],
        number[Attainment.BEHIND],
    )
    if len(found) == 1:
        return sentence(ALONE[found[0].attainment])
    if unknown == len(found):
        return sentence(NOT_TO_SAY)
    verb = "zijn" if met > 1 else "is"
    yet = "" if met else "nog "
    told: list[list[Part]] = [[f"{verb} er {yet}", count(f"{tag}-gehaald", met), " gehaald"]]
    if on_course:
        verb = "ligt" if on_course == 1 else "liggen"
        told.append([f"{verb} er ", count(f"{tag}-op-koers", on_course), " op koers"])
    if behind:
        verb = "blijft" if behind == 1 else "blijven"
        told.append([f"{verb} er ", count(f"{tag}-achter", behind), " achter"])
    parts: list[Part] = ["daarvan ", *listed(told)]
    if unknown:
        parts += ["; van ", count(f"{tag}-onbekend", unknown), " is dat nog niet te zeggen"]
    return sentence(*parts)


def _row(name: str, whose: str, found: Sequence[Counted]) -> tuple[Runs, ...]:
    number = Counter(one.attainment for one in found)
    tag = f"contracten-{whose}"
    counts = (
        ("afspraken", len(found)),
        ("gehaald", number[Attainment.MET]),
        ("op-koers", number[Attainment.ON_COURSE]),
        ("achter", number[Attainment.BEHIND]),
        ("onbekend", sum(number[one] for one in NOT_KNOWN)),
    )
    return ((Run(name),), *((number_cell(f"{tag}-{key}", value),) for key, value in counts))


def _section(name: str, region_id: int | None, found: Sequence[AgreementStanding]) -> Section:
    tag = f"afspraken-regio-{region_id}"
    met = [one for one in found if one.attainment is Attainment.MET]
    contracts = len({one.contract_id for one in found})
    intro = paragraph(
        sentence(
            "het prestatiecontract telt " if contracts == 1 else "de prestatiecontracten tellen ",
            *counted(f"{tag}-aantal", len(found), "afspraak", "afspraken"),
        ),
        _standing(tag, found),
    )
    bullets = (Bullets(tuple(map(_met, met))),) if met else ()
    return Section(tag, name, (intro, *bullets), region_id=region_id)


def _met(one: AgreementStanding) -> Runs:
    """Tell what was agreed, from where it came and what was reached."""
    tag, unit = f"afspraak-{one.id}", one.indicator.unit
    decimals = max(1, one.indicator.decimals)
    parts: list[Part] = [one.statement.strip().rstrip(".")]
    told: list[Part] = []
    if one.baseline is not None and one.baseline.value is not None:
        nul = measured(f"{tag}-nulmeting", one.baseline.value.number, unit, decimals=decimals)
        told += ["van ", nul, " "]
    if one.latest is not None and one.latest.value is not None:
        value = one.latest.value
        qualifier = value.qualifier or Qualifier.EXACT
        now = measured(f"{tag}-meting", value.number, unit, decimals=decimals, qualifier=qualifier)
        told += ["naar ", now] if told else ["gemeten is ", now]
    if one.target is not None:
        target = measured(f"{tag}-streefwaarde", one.target.value.number, unit, decimals=decimals)
        told += [" (streefwaarde ", target, ")"]
    return sentence(*parts, *([": ", *told] if told else []))
