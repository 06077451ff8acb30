"""What the pages about subsidy schemes and rounds show: windows, counts, charts and maps, in words.

What is not known is called unknown, with the source that leaves it out: it is never a zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_outcomes import PENDING, RoundCounts
from vpt_regio.domain.subsidy_codes import RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.tiles import TILES
from vpt_regio.domain.workflow import Tone
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION, SUBSIDY_ROUND
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import ApplicationOutcome
from vpt_regio.queries.subsidy_rounds import (
    MeasurePilots,
    RegionPilots,
    state_of,
    window_of,
)
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import (
    bullets,
    day,
    euro,
    euro_sentence,
    long_day,
    state_label,
    state_tone,
    vague,
)
from vpt_regio.web.i18n import label

MOST_BARS = 25
STEPS = ("open", "finish")
COUNT_TERMS = (
    ("applications", N_("Aanvragen")),
    ("granted_in_some_way", N_("Geheel of gedeeltelijk toegekend")),
    ("granted", N_("Geheel toegekend")),
    ("partially_granted", N_("Gedeeltelijk toegekend")),
    ("rejected", N_("Afgewezen")),
    ("withdrawn", N_("Ingetrokken")),
    ("pending", N_("Nog geen besluit")),
)

Series = list[tuple[str, list[tuple[Fraction, str] | None], str]]


@dataclass(frozen=True)
class Chart:
    """Bars with what they say in words; `last` limits what is drawn, the table has everything."""

    title: str
    description: str
    categories: list[str]
    series: Series
    last: int | None = None


@dataclass(frozen=True)
class NextStep:
    """The step that a round waits for (its code), and why it cannot be taken yet."""

    code: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class CeilingMeter:
    """An amount against the ceiling, in cents; None is not known."""

    label: str
    cents: int | None
    text: str
    tone: str


def round_badge(in_round: SubsidyRound) -> dict[str, str]:
    state = state_of(in_round)
    return {
        "text": state_label(SUBSIDY_ROUND.code, state),
        "badge": state_tone(SUBSIDY_ROUND.code, state),
    }


def window_lines(in_round: SubsidyRound) -> list[str]:
    """Return from when until when one can apply, to the minute, in Dutch time."""
    window = window_of(in_round)
    if window is None:
        return [
            _("Eerste dag: %(day)s.", day=vague(in_round.opens) or _("onbekend")),
            _("Sluitingsdag: %(day)s.", day=vague(in_round.closes) or _("onbekend")),
        ]
    closes = _day_with_name(window.closes_on)
    counts = (
        _("De sluitingsdag, %(day)s, telt mee.", day=closes)
        if window.closing_inclusive
        else _("De sluitingsdag, %(day)s, telt niet mee.", day=closes)
    )
    return [
        _("Aanvragen kan vanaf %(day)s, 0.00 uur.", day=_day_with_name(window.opens_on)),
        _(
            "De laatste dag is %(day)s, tot 24.00 uur Nederlandse tijd.",
            day=_day_with_name(window.last_day),
        ),
        counts,
        _(
            "Wat op of na %(day)s, 0.00 uur, binnenkomt, is te laat.",
            day=long_day(window.last_day + timedelta(days=1)),
        ),
    ]


def last_day_cell(in_round: SubsidyRound) -> Any:
    """Return the last day on which one can apply, for a table."""
    window = window_of(in_round)
    if window is not None:
        note = "" if window.closing_inclusive else _("de sluitingsdag telt niet mee")
        return {"text": day(window.last_day), "note": note}
    return vague(in_round.closes) or _("onbekend")


def count_rows(in_round: SubsidyRound, counts: RoundCounts) -> list[tuple[str, Any]]:
    """Return each count and amount of a round; what is unknown says by which source."""
    rows: list[tuple[str, Any]] = [
        (label(term), _known(getattr(counts, name), in_round)) for name, term in COUNT_TERMS
    ]
    return [
        *rows,
        (_("Gevraagd bedrag"), _known(euro(counts.requested_cents), in_round)),
        (_("Toegekend bedrag"), _known(euro(counts.granted_cents), in_round)),
    ]


def term_rows(in_round: SubsidyRound) -> list[tuple[str, Any]]:
    """Return the ceiling and the terms; a round that a source tells of has no terms of ours."""
    days = (
        (_("Beslistermijn"), in_round.decision_days),
        (_("Termijn voor een aanvulling"), in_round.completion_days),
        (_("Termijn voor de vaststelling"), in_round.settlement_days),
    )
    is_told = _is_only_told(in_round)
    return [
        (_("Subsidieplafond"), ceiling_cell(in_round)),
        *(
            (term, _("onbekend") if is_told else _("%(days)s dagen", days=one))
            for term, one in days
        ),
    ]


def ceiling_cell(in_round: SubsidyRound) -> str:
    """Return the ceiling of a round, for a table."""
    if in_round.ceiling_cents is not None:
        return euro(in_round.ceiling_cents) or ""
    return _("onbekend") if _is_only_told(in_round) else _("geen plafond")


def _is_only_told(in_round: SubsidyRound) -> bool:
    """Tell whether all that is known of a round comes from a source: it was never open here."""
    return in_round.status is RoundStatus.DECIDED and window_of(in_round) is None


def declared_words(in_round: SubsidyRound) -> str:
    """Return what a source counts besides the applications that are listed; empty when nothing."""
    more = in_round.unlisted_applications
    if more == 0:
        return ""
    source = in_round.source or _("niet genoemd")
    if more is None:
        return _(
            "Hoeveel aanvragen er in totaal waren, is onbekend. Bron: %(source)s.", source=source
        )
    return ngettext(
        "Hierbij is %(num)s aanvraag geteld die hier niet staat. Bron: %(source)s.",
        "Hierbij zijn %(num)s aanvragen geteld die hier niet staan. Bron: %(source)s.",
        more,
        source=source,
    )


def meters(in_round: SubsidyRound, counts: RoundCounts) -> list[CeilingMeter]:
    """Return what is applied for and granted against the ceiling; nothing without a ceiling."""
    ceiling = in_round.ceiling_cents
    if ceiling is None:
        return []
    granted = counts.granted_cents
    is_over = granted is not None and granted > ceiling
    return [
        CeilingMeter(
            _("Aangevraagd"),
            counts.requested_cents,
            _against(counts.requested_cents or 0, ceiling),
            str(Tone.ACTIVE),
        ),
        CeilingMeter(
            _("Toegekend"),
            granted,
            _granted_words(granted or 0, ceiling),
            str(Tone.DANGER if is_over else Tone.SUCCESS),
        ),
    ]


def application_chart(
    in_round: SubsidyRound, outcomes: Sequence[ApplicationOutcome], counts: RoundCounts
) -> Chart | None:
    """Return what was applied for and granted by application, for whoever may see each of them.

    For everybody else the sums of the round; None when there is nothing to draw.
    """
    shown = [one for one in outcomes if may(Permission.APPLICATION_VIEW, one.application)]
    if not shown and not counts.requested_cents and not counts.granted_cents:
        return None
    if shown and len(shown) == len(outcomes):
        categories = [f"{one.application.number}. {_name_of(one)}" for one in shown]
        requested = [_bar(one.requested_cents) for one in shown]
        granted = [_granted_bar(one) for one in shown]
    else:
        categories = [in_round.name]
        requested, granted = [_bar(counts.requested_cents)], [_bar(counts.granted_cents)]
    return Chart(
        title=_("Aangevraagd en toegekend"),
        description=_(
            "Samen gevraagd: %(requested)s. Samen toegekend: %(granted)s.",
            requested=euro_sentence(counts.requested_cents) or _("onbekend"),
            granted=euro_sentence(counts.granted_cents) or _("onbekend"),
        ),
        categories=categories,
        series=[
            (_("Gevraagd"), requested, _("onbekend")),
            (_("Toegekend"), granted, _("onbekend")),
        ],
        last=MOST_BARS,
    )


def rounds_chart(rounds: Sequence[SubsidyRound], counts: Mapping[int, RoundCounts]) -> Chart | None:
    """Return how many applications each round had and how many were granted."""
    if not rounds:
        return None

    def bars(name: str) -> list[tuple[Fraction, str] | None]:
        numbers = [getattr(counts[one.id], name) for one in rounds]
        return [None if number is None else (Fraction(number), str(number)) for number in numbers]

    return Chart(
        title=_("Aanvragen en toekenningen per ronde"),
        description=_("Toegekend is geheel of gedeeltelijk toegekend."),
        categories=[one.name for one in rounds],
        series=[
            (_("Aanvragen"), bars("applications"), _("onbekend")),
            (_("Toegekend"), bars("granted_in_some_way"), _("onbekend")),
        ],
        last=MOST_BARS,
    )


def pilot_tiles(regions: Iterable[RegionPilots]) -> list[tuple[Any, ...]]:
    """Return every tile as the map takes it: (col, row, label, short, value, tone, url)."""
    by_tile: dict[str, list[RegionPilots]] = {}
    for region in regions:
        for tile in region.tiles:
            by_tile.setdefault(tile, []).append(region)
    tiles: list[tuple[Any, ...]] = []
    for one in TILES:
        found = by_tile.get(one.code, [])
        pilots = sum(region.pilots for region in found)
        name = ", ".join(region.name for region in found) or label(one.name)
        url = url_for("regions.show", code=found[0].code) if found else None
        value = ngettext("%(num)s pilot", "%(num)s pilots", pilots) if found else _("geen pilot")
        tone = Tone.SUCCESS if found else Tone.INACTIVE
        tiles.append((one.column, one.row, name, one.short, value, str(tone), url))
    return tiles


def measure_rows(measures: Iterable[MeasurePilots]) -> list[list[Any]]:
    return [[one.measure.name, one.pilots] for one in measures]


def pilot_rows(pilots: Iterable[Pilot]) -> list[list[Any]]:
    """Return the pilots as the annex of the letter shows them: its amounts are public."""
    return [
        [
            {
                "text": pilot.organisation_name,
                "url": url_for("pilots.show", pilot_id=pilot.id),
                "note": pilot.place,
            },
            bullets(pilot.points or [pilot.title]),
            euro(pilot.granted_cents),
        ]
        for pilot in pilots
    ]


def round_headers() -> list[str]:
    """Return the headers that belong to `round_row`."""
    return [
        _("Ronde"),
        _("Status"),
        _("Laatste dag"),
        _("Plafond"),
        _("Aanvragen"),
        _("Toegekend"),
        _("Toegekend bedrag"),
    ]


def round_row(in_round: SubsidyRound, counts: RoundCounts, *, with_scheme: bool) -> list[Any]:
    """Return a round in a list: when it closes, and how its applications stand."""
    return [
        {
            "text": in_round.name,
            "url": url_for("subsidy_rounds.show", round_id=in_round.id),
            "note": in_round.scheme.name if with_scheme else "",
        },
        round_badge(in_round),
        last_day_cell(in_round),
        ceiling_cell(in_round),
        _known(counts.applications, in_round),
        _known(counts.granted_in_some_way, in_round),
        _known(euro(counts.granted_cents), in_round),
    ]


def _against(cents: int, ceiling_cents: int) -> str:
    return _(
        "%(amount)s van %(ceiling)s",
        amount=euro_sentence(cents),
        ceiling=euro_sentence(ceiling_cents),
    )


def _granted_words(granted: int, ceiling: int) -> str:
    """Return what is granted of the ceiling and what is left of it."""
    if granted > ceiling:
        over = euro_sentence(granted - ceiling)
        return _("%(share)s, %(over)s te veel", share=_against(granted, ceiling), over=over)
    left = euro_sentence(ceiling - granted)
    return _("%(share)s, nog %(left)s over", share=_against(granted, ceiling), left=left)


def _known(value: Any, in_round: SubsidyRound) -> Any:
    if value is not None:
        return value
    source = in_round.source
    note = _("niet in de bron: %(source)s", source=source) if source else _("niet in de bron")
    return {"text": _("onbekend"), "note": note}


def _granted_bar(outcome: ApplicationOutcome) -> tuple[Fraction, str] | None:
    """Return what was granted; without a grant no bar, but why there is none."""
    if outcome.is_granted:
        return _bar(outcome.granted_cents)
    if outcome.status in PENDING:
        return Fraction(0), _("nog geen besluit")
    return Fraction(0), state_label(SUBSIDY_APPLICATION.code, outcome.status)


def _bar(cents: int | None) -> tuple[Fraction, str] | None:
    return None if cents is None else (Fraction(cents, 100), euro(cents) or "")


def _name_of(outcome: ApplicationOutcome) -> str:
    return outcome.application.organisation_name or outcome.application.title


def _day_with_name(value: date) -> str:
    return format_date(value, "EEEE d MMMM yyyy")
