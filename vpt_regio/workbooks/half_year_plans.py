"""The sheet of the half-year workbook about the action plans: a row for each version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from vpt_regio.domain.enums import AGREEMENT_LEVEL_LABELS, AgreementLevel
from vpt_regio.domain.rules.sufficiency import VERDICT_LABELS, Verdict
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.queries.workbook_half_year import stream_plan_versions
from vpt_regio.queries.workbook_money import AnyRow
from vpt_regio.workbooks.half_year_source import HalfYearSource
from vpt_regio.workbooks.spec import Column, Kind, Sheet

PLAN_LABELS = ACTION_PLAN.labels()


class PlanLine(NamedTuple):
    """A row of the sheet of plans: one version of a plan."""

    facts: AnyRow
    as_of: date
    link: str

    @property
    def status(self) -> ActionPlanStatus:
        return ActionPlanStatus(self.facts.status)

    def known(self, on: date | None) -> date | None:
        """A day, unless it lies after the day of the overview."""
        return on if on is not None and on <= self.as_of else None


def _plans(source: HalfYearSource) -> Iterator[PlanLine]:
    for facts in stream_plan_versions(source.extent):
        link = source.link("plannen", facts.plan_id, "versies", facts.version_no)
        yield PlanLine(facts, source.extent.as_of, link)


def _shortfall(line: PlanLine) -> int | None:
    if line.facts.verdict is None:
        return None
    return int(line.facts.difference_cents) if line.facts.verdict is Verdict.INSUFFICIENT else 0


def _agreement(level: AgreementLevel | None) -> str | None:
    return None if level is None else AGREEMENT_LEVEL_LABELS[level]


def _fact(name: str) -> Callable[[PlanLine], object]:
    return lambda line: getattr(line.facts, name)


PLANS = Sheet(
    "plans",
    "Plannen van aanpak",
    (
        Column("region", "Regio", Kind.TEXT, 24, _fact("region")),
        Column("version_no", "Versie", Kind.INTEGER, 9, _fact("version_no")),
        Column("status", "Status", Kind.TEXT, 20, lambda line: PLAN_LABELS[line.status]),
        Column(
            "submitted_on",
            "Ingediend op",
            Kind.DATE,
            14,
            lambda line: line.known(line.facts.submitted_on),
        ),
        Column(
            "adopted_on",
            "Voorlopig vastgesteld op",
            Kind.DATE,
            15,
            lambda line: line.known(line.facts.provisionally_adopted_on),
        ),
        Column(
            "verdict",
            "Oordeel toereikendheid",
            Kind.TEXT,
            16,
            lambda line: VERDICT_LABELS[line.facts.verdict] if line.facts.verdict else None,
        ),
        Column("shortfall", "Tekort", Kind.MONEY, 15, _shortfall),
        Column("approved_on", "Goedgekeurd op", Kind.DATE, 14, _fact("approved_on")),
        Column("approved_by", "Goedgekeurd door", Kind.TEXT, 24, _fact("approved_by")),
        Column("on_behalf_of", "Namens", Kind.TEXT, 24, _fact("on_behalf_of")),
        Column("reference", "Kenmerk besluit", Kind.TEXT, 18, _fact("reference")),
        Column("budget", "Begroot", Kind.MONEY, 16, _fact("budget_cents")),
        Column("activities", "Aantal activiteiten", Kind.INTEGER, 13, _fact("activities")),
        Column(
            "agreement_analysis",
            "Overeenstemming analyse",
            Kind.TEXT,
            18,
            lambda line: _agreement(line.facts.consensus_analysis),
        ),
        Column(
            "agreement_approach",
            "Overeenstemming aanpak",
            Kind.TEXT,
            18,
            lambda line: _agreement(line.facts.consensus_approach),
        ),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _plans,
)
