"""What sources say of the figures, beside what follows from the figures: every check as a row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from vpt_regio.domain.indicator_codes import ClaimKind, Qualifier
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.figure_checks import (
    CLAIM_RULES,
    QUALIFIER_RULES,
    Claim,
    check_claim,
    cross_check,
)
from vpt_regio.domain.rules.figure_totals import (
    CROSS_RULE,
    INEXACT_RULE,
    MISSING_RULE,
    TOTAL_RULE,
)
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, FigureSet
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.figure_tables import (
    FigureCell,
    FigureTable,
    TotalLine,
    figure_tables,
    tables_of,
)


class CheckKind(StrEnum):
    """What a check holds against what."""

    CLAIM = "claim"
    TOTAL = "total"
    CROSS = "cross"


CHECK_KIND_LABELS: dict[CheckKind, str] = {
    CheckKind.CLAIM: N_("uitspraak"),
    CheckKind.TOTAL: N_("totaal van de delen"),
    CheckKind.CROSS: N_("totalen van twee reeksen"),
}


@dataclass(frozen=True)
class FigureCheck:
    """One check: what the source says, what follows from the figures, and whether they agree.

    `agrees` is None when it cannot be told, or when the source says nothing (`is_derived`).
    `off` is computed minus stated, rounded as printed, when they disagree. `rules` explain how
    it was judged. `totals` are the sets of a cross-check with what each comes to.
    """

    kind: CheckKind
    figure_set: FigureSet
    subject: str
    stated: Fraction | None
    computed: Fraction | None
    rounded: Decimal | None
    decimals: int
    qualifier: Qualifier
    agrees: bool | None
    rules: tuple[str, ...]
    source: str = ""
    explanation: str = ""
    claim: FigureClaim | None = None
    operands: tuple[FigureCell, ...] = ()
    totals: tuple[tuple[FigureSet, Fraction | None], ...] = ()

    @property
    def claim_kind(self) -> ClaimKind | None:
        return self.claim.kind if self.claim else None

    @property
    def is_derived(self) -> bool:
        """Whether the source says nothing and the value is ours."""
        return self.stated is None and self.computed is not None

    @property
    def off(self) -> Fraction | None:
        if self.agrees is not False or self.stated is None or self.computed is None:
            return None
        return Fraction(round_half_up(self.computed, self.decimals)) - self.stated


def checks(programme: Programme, *, as_of: date) -> list[FigureCheck]:
    """Return every check over all sets of a programme, disagreements first.

    The number of queries does not depend on how many sets and claims there are.
    """
    return checks_over(figure_tables(programme, as_of=as_of))


def checks_over(tables: Sequence[FigureTable]) -> list[FigureCheck]:
    """Return every check over these tables, disagreements first."""
    return _sorted(_checks(tables, tables))


def checks_of(table: FigureTable) -> list[FigureCheck]:
    """Return the checks of one table, and those that hold its total against that of others."""
    others = tables_of(_sharing_total(table.figure_set), as_of=table.as_of)
    return _sorted(_checks([table], [table, *others]))


def _sharing_total(figure_set: FigureSet) -> Sequence[FigureSet]:
    """Return the other sets that break down the same total."""
    if not figure_set.total_code:
        return []
    query = (
        select(FigureSet)
        .where(
            FigureSet.programme_id == figure_set.programme_id,
            FigureSet.total_code == figure_set.total_code,
            FigureSet.id != figure_set.id,
        )
        .options(selectinload(FigureSet.categories), selectinload(FigureSet.periods))
        .order_by(FigureSet.title, FigureSet.id)
    )
    return db.session.scalars(query).all()


def _checks(tables: Sequence[FigureTable], beside: Sequence[FigureTable]) -> list[FigureCheck]:
    by_set = {table.figure_set.id: table for table in tables}
    found = [_claim_check(claim, by_set[claim.figure_set_id]) for claim in _claims(by_set)]
    found += [_total_check(table, line) for table in tables for line in table.totals()]
    return found + _cross_checks(beside)


def _sorted(found: Iterable[FigureCheck]) -> list[FigureCheck]:
    """Put what disagrees first, then what cannot be told, what agrees, and what is derived."""
    order = {False: 0, None: 1, True: 2}
    return sorted(found, key=lambda one: 3 if one.is_derived else order[one.agrees])


def _claims(set_ids: Iterable[int]) -> Sequence[FigureClaim]:
    query = (
        select(FigureClaim)
        .where(FigureClaim.figure_set_id.in_(set_ids))
        .options(selectinload(FigureClaim.operands))
        .order_by(FigureClaim.figure_set_id, FigureClaim.position, FigureClaim.id)
    )
    return db.session.scalars(query).all()


def _claim_check(claim: FigureClaim, table: FigureTable) -> FigureCheck:
    cells = tuple(table.cell(one.category_id, one.period_id) for one in claim.operands)
    result = check_claim(
        Claim(
            claim.kind,
            tuple(cell.value for cell in cells),
            claim.stated,
            claim.decimals,
            claim.qualifier,
        )
    )
    rules = [CLAIM_RULES[claim.kind]]
    if claim.stated is not None:
        rules.append(QUALIFIER_RULES[claim.qualifier])
    return FigureCheck(
        kind=CheckKind.CLAIM,
        figure_set=table.figure_set,
        subject=claim.subject,
        stated=None if claim.stated is None else Fraction(claim.stated),
        computed=result.computed,
        rounded=result.rounded,
        decimals=claim.decimals,
        qualifier=claim.qualifier,
        agrees=result.agrees if _are_exact(cells) else None,
        rules=(*rules, *_doubts(cells)),
        source=claim.source,
        explanation=claim.explanation,
        claim=claim,
        operands=cells,
    )


def _total_check(table: FigureTable, line: TotalLine) -> FigureCheck:
    decimals = table.figure_set.decimals
    agrees = line.check.agrees
    if agrees is not None and not line.cell.is_exact:
        values = tuple(part.value for part in line.parts)
        stated = Decimal(line.check.stated.numerator) / line.check.stated.denominator
        claim = Claim(ClaimKind.SUM, values, stated, decimals, line.cell.qualifier)
        agrees = check_claim(claim).agrees
    # a sum without one of its parts is no sum
    computed = None if line.check.missing else line.check.computed
    return FigureCheck(
        kind=CheckKind.TOTAL,
        figure_set=table.figure_set,
        subject=f"{line.cell.category.name}, {line.cell.period.label}",
        stated=line.check.stated,
        computed=computed,
        rounded=None if computed is None else round_half_up(computed, decimals),
        decimals=decimals,
        qualifier=line.cell.qualifier,
        agrees=agrees if _are_exact(line.parts) else None,
        rules=(TOTAL_RULE, QUALIFIER_RULES[line.cell.qualifier], *_doubts(line.parts)),
        source=line.cell.source or "",
        operands=line.parts,
    )


def _are_exact(cells: Iterable[FigureCell]) -> bool:
    return all(cell.is_exact for cell in cells)


def _doubts(cells: Sequence[FigureCell]) -> list[str]:
    """Return why it cannot be told whether something agrees."""
    doubts = []
    if not all(cell.is_known for cell in cells):
        doubts.append(MISSING_RULE)
    if not _are_exact(cells):
        doubts.append(INEXACT_RULE)
    return doubts


def _cross_checks(tables: Sequence[FigureTable]) -> list[FigureCheck]:
    sharing: dict[tuple[str, str], list[tuple[FigureTable, Fraction | None]]] = defaultdict(list)
    for table in tables:
        if table.figure_set.total_code:
            for period in table.periods:
                key = table.figure_set.total_code, period.label
                sharing[key].append((table, table.total(period)))
    return [
        _cross_row(label, found)
        for (_, label), found in sharing.items()
        if len(found) > 1 and any(total is not None for _, total in found)
    ]


def _cross_row(label: str, found: Sequence[tuple[FigureTable, Fraction | None]]) -> FigureCheck:
    totals = [total for _, total in found]
    agrees = cross_check(totals)
    first = totals[0]
    other = next((one for one in totals[1:] if one != first), first)
    decimals = max(table.figure_set.decimals for table, _ in found)
    names = " – ".join(table.figure_set.title for table, _ in found)
    return FigureCheck(
        kind=CheckKind.CROSS,
        figure_set=found[0][0].figure_set,
        subject=f"{names}, {label}",
        stated=first,
        computed=other,
        rounded=None if other is None else round_half_up(other, decimals),
        decimals=decimals,
        qualifier=Qualifier.EXACT,
        agrees=agrees,
        rules=(CROSS_RULE,) if agrees is not None else (CROSS_RULE, MISSING_RULE),
        totals=tuple((table.figure_set, total) for table, total in found),
    )
