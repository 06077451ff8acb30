"""What the pages about subsidy schemes show: their period, their counts, and the arrangements."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.rules.subsidy_schemes import Counted, computed, runs_too_long
from vpt_regio.domain.subsidy_codes import COUNT_KIND_LABELS
from vpt_regio.domain.workflow import Tone
from vpt_regio.models.subsidies import SubsidyScheme
from vpt_regio.queries.subsidy_rounds import LimitSet
from vpt_regio.web.filters import euro_sentence, long_day
from vpt_regio.web.i18n import label


def scheme_row(scheme: SubsidyScheme) -> list[Any]:
    """Return a scheme in a list, with a warning where it runs too long without a law."""
    period: Any = period_words(scheme)
    if is_too_long(scheme):
        period = {"text": period, "badge": str(Tone.WARNING), "note": _("langer dan vier jaar")}
    return [
        {"text": scheme.name, "url": url_for("subsidies.scheme", scheme_id=scheme.id)},
        scheme.legal_basis or (_("incidentele subsidies") if scheme.is_incidental else None),
        period,
        len(scheme.rounds),
    ]


def period_words(scheme: SubsidyScheme) -> str:
    """Return from when until when a scheme runs, in the words of its source where it has them."""
    if scheme.period_words:
        return scheme.period_words
    first, last = long_day(scheme.starts_on), long_day(scheme.ends_on)
    if first and last:
        return _("%(first)s tot en met %(last)s", first=first, last=last)
    if first:
        return _("vanaf %(first)s", first=first)
    return _("tot en met %(last)s", last=last) if last else _("onbekend")


def is_too_long(scheme: SubsidyScheme) -> bool:
    return runs_too_long(
        is_incidental=scheme.is_incidental,
        starts_on=scheme.starts_on,
        ends_on=scheme.ends_on,
        today=clock.today(),
    )


def scheme_count_rows(scheme: SubsidyScheme) -> list[list[Any]]:
    """Return what sources count of a scheme, and below it what follows from that."""
    rows = [
        [
            label(COUNT_KIND_LABELS[one.kind]),
            _years(range(one.from_year, one.to_year + 1)),
            one.number,
            {"text": one.source, "note": one.note},
        ]
        for one in scheme.counts
    ]
    counts = [Counted(one.kind, one.from_year, one.to_year, one.number) for one in scheme.counts]
    return rows + [
        [
            label(COUNT_KIND_LABELS[one.kind]),
            _years(one.years),
            one.number if one.number >= 0 else _("onbekend"),
            {
                "text": _("berekend"),
                "badge": str(Tone.NEUTRAL if one.number >= 0 else Tone.WARNING),
                "note": _("%(whole)s − %(part)s", whole=one.whole.number, part=one.part.number)
                if one.number >= 0
                else _("De bronnen spreken elkaar tegen."),
            },
        ]
        for one in computed(counts)
    ]


def limit_rows(found: LimitSet) -> list[list[Any]]:
    """Return each arrangement of a set with the amounts that fall in it."""
    rows = []
    for limit, after in zip(found.limits, [*found.limits[1:], None], strict=True):
        if after is None:
            amounts = _("%(first)s en meer", first=euro_sentence(limit.from_cents))
        elif limit.from_cents == 0:
            amounts = _("minder dan %(last)s", last=euro_sentence(after.from_cents))
        else:
            amounts = _(
                "%(first)s tot %(last)s",
                first=euro_sentence(limit.from_cents),
                last=euro_sentence(after.from_cents),
            )
        rows.append([_("Arrangement %(number)s", number=limit.number), amounts])
    return rows


def _years(years: Iterable[int]) -> str:
    """Return years in words: 2008 tot en met 2010, or 2008, 2010."""
    listed = list(years)
    if len(listed) > 1 and listed == list(range(listed[0], listed[-1] + 1)):
        return _("%(first)s tot en met %(last)s", first=listed[0], last=listed[-1])
    return ", ".join(str(year) for year in listed)
