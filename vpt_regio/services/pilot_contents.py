"""What a pilot is, apart from its money: text, regions, measures and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.rules.subsidy_terms import REQUEST_DAYS
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.services.plan_parts import cleaned


@dataclass(frozen=True)
class PilotData:
    """What a pilot is; each line of `description` is a point, days may be vague or unknown."""

    title: str
    description: str = ""
    hypothesis: str = ""
    organisation_name: str = ""
    place: str = ""
    organisation_id: int | None = None
    region_ids: tuple[int, ...] = ()
    measure_ids: tuple[int, ...] = ()
    starts: FuzzyDate | None = None
    ends: FuzzyDate | None = None
    source: str = ""


def fill(pilot: Pilot, data: PilotData) -> None:
    """Give a pilot the values of a form; raises all that is wrong at once."""
    with db.session.no_autoflush:
        regions, errors = _found(Region, data.region_ids, pilot.programme_id)
        measures, unknown = _found(Measure, data.measure_ids, pilot.programme_id)
        errors = _data_errors(pilot, data) + errors + unknown
        raise_all(errors)
        pilot.title = cleaned(data.title, field="title", maximum=200)
        pilot.description = cleaned(data.description, field="description")
        pilot.hypothesis = cleaned(data.hypothesis, field="hypothesis")
        name = cleaned(data.organisation_name, field="organisation_name", maximum=200)
        pilot.organisation_name = name
        pilot.place = cleaned(data.place, field="place", maximum=100)
        pilot.organisation_id = data.organisation_id
        pilot.source = cleaned(data.source, field="source", maximum=500)
        for side, day in (("starts", data.starts), ("ends", data.ends)):
            setattr(pilot, f"{side}_on", day.on if day else None)
            setattr(pilot, f"{side}_precision", str(day.precision) if day else None)
            setattr(pilot, f"{side}_words", day.words if day else "")
        pilot.regions, pilot.measures = regions, measures
        _follow_end(pilot)


def contents_of(pilot: Pilot) -> dict[str, Any]:
    """Return what a pilot is as the audit record keeps it."""
    return {
        "title": pilot.title,
        "description": pilot.description,
        "hypothesis": pilot.hypothesis,
        "organisation": pilot.organisation_name,
        "organisation_id": pilot.organisation_id,
        "place": pilot.place,
        "starts": pilot.starts.display() if pilot.starts else None,
        "ends": pilot.ends.display() if pilot.ends else None,
        "regions": [region.name for region in pilot.regions],
        "measures": [measure.code for measure in pilot.measures],
        "source": pilot.source,
    }


def set_end(pilot: Pilot, day: date | None) -> None:
    """Let a pilot end on a day; the day to ask for the settlement moves along."""
    pilot.ends_on, pilot.ends_words = day, ""
    pilot.ends_precision = Precision.DAY if day else None
    _follow_end(pilot)


def _follow_end(pilot: Pilot) -> None:
    """Count the day to ask for the settlement from the last day, when that day is certain."""
    is_certain = pilot.ends_on is not None and pilot.ends_precision == Precision.DAY
    if pilot.application is None or pilot.ends_on is None or not is_certain:
        pilot.settlement_request_due = None
    else:
        pilot.settlement_request_due = pilot.ends_on + timedelta(days=REQUEST_DAYS)


def _found(model: Any, ids: tuple[int, ...], programme_id: int) -> tuple[list[Any], list[Any]]:
    """Return the entries of a programme with these ids, and an error when one is not there."""
    wanted = set(ids)
    query = select(model).where(model.programme_id == programme_id, model.id.in_(wanted))
    order = model.name if model is Region else model.position
    found = list(db.session.scalars(query.order_by(order, model.id)))
    if len(found) == len(wanted):
        return found, []
    field = "region_ids" if model is Region else "measure_ids"
    return found, [Invalid(N_("Deze keuze bestaat niet (meer). Kies opnieuw."), field=field)]


def _data_errors(pilot: Pilot, data: PilotData) -> list[DomainError]:
    errors: list[DomainError] = []
    if not data.title.strip():
        errors.append(Invalid(N_("Vul de titel van de pilot in."), field="title"))
    starts, ends = (day.on if day else None for day in (data.starts, data.ends))
    if starts is not None and ends is not None and ends < starts:
        message = N_("De laatste dag kan niet vóór de eerste dag liggen.")
        errors.append(Invalid(message, field="ends"))
    if data.organisation_id is not None:
        organisation = db.session.get(Organisation, data.organisation_id)
        if organisation is None or organisation.programme_id != pilot.programme_id:
            message = N_("Deze organisatie bestaat niet (meer). Kies opnieuw.")
            errors.append(Invalid(message, field="organisation_id"))
    return errors
