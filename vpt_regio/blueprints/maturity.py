"""How far employers are with the measures: of a region, of all regions, and judging one."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.maturity import MOVE_LABELS, SUMMARY_RULE
from vpt_regio.forms.maturity import (
    AssessmentForm,
    DayFilterForm,
    MaturityFilterForm,
    ToAssessForm,
    assessment_form,
)
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.maturity import (
    list_assessable,
    list_inventories,
    maturity_of,
    national_maturity,
)
from vpt_regio.queries.programmes import get_programme, list_measures
from vpt_regio.queries.regions import get_region
from vpt_regio.services.maturity import judgements_part, record_levels
from vpt_regio.web import maturity_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import plain_day
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("maturity", __name__)


def load_region(code: str) -> Region | None:
    return get_region(code)


@bp.get("/landelijk/maatregelen")
@authorize(Permission.RESULT_VIEW)
def national() -> ResponseReturnValue:
    form = DayFilterForm(request.args)
    asked = form.op.data if form.validate() else None
    if asked is not None and asked > clock.today():
        form.op.errors = [_("Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.")]
        asked = None
    found = national_maturity(get_programme(), day=asked or clock.today())
    # None stands for every region
    readable = policies.visible_regions(current_person(), Permission.MATURITY_VIEW)
    return render_template(
        "maturity/national.html",
        form=form,
        found=found,
        rows=pages.national_rows(found, readable),
        counts=pages.count_rows(found),
        legend=pages.legend(),
        rule=label(SUMMARY_RULE),
    )


@bp.get("/regios/<code>/maatregelen")
@authorize(Permission.MATURITY_VIEW, load_region)
def of_region(region: Region) -> ResponseReturnValue:
    form = MaturityFilterForm(request.args)
    days = pages.days_asked(form)
    now = maturity_of(region, day=days.on)
    before = maturity_of(region, day=days.before) if days.before else None
    return render_template(
        "maturity/region.html",
        region=region,
        form=form,
        days=days,
        now=now,
        rows=pages.heat_rows(now, before, region),
        moves=pages.move_rows(now, before) if before else None,
        move_labels=[label(text) for text in MOVE_LABELS.values()],
        inventories=list_inventories(region),
        pages=pages,
        rule=label(SUMMARY_RULE),
    )


@bp.get("/regios/<code>/maatregelen/beoordelen")
@authorize(Permission.MATURITY_RECORD, load_region)
def record(region: Region) -> ResponseReturnValue:
    asked = _Asked(region)
    return _record_page(asked, asked.form() if asked.organisation else None)


@bp.post("/regios/<code>/maatregelen/beoordelen")
@authorize(Permission.MATURITY_RECORD, load_region)
def save(region: Region) -> ResponseReturnValue:
    asked = _Asked(region)
    form = asked.form()
    organisation = asked.organisation
    return handle(
        form,
        lambda: record_levels(
            region,
            organisation_id=organisation.id if organisation else None,
            assessed_on=asked.day,
            judgements=form.judgements(asked.measures),
            inventory_id=form.inventory_id.data,
            expected_version=form.expected_version,
            actor=current_person(),
        ),
        page=lambda: _record_page(asked, form),
        success=url_for("maturity.of_region", code=region.code),
        message=_("De beoordeling is opgeslagen."),
        obj=asked.stored(),
    )


class _Asked:
    """Whom the address asks to judge and as of which day; today unless it says another day."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.filter = ToAssessForm(request.args)
        asked, today = self.filter.op.data, clock.today()
        self.day: date = asked if asked is not None and asked <= today else today
        candidates = list_assessable(region, day=self.day)
        self.filter.organisatie.choices = [
            ("", _("Kies een organisatie")),
            *((str(one.id), one.name) for one in candidates),
        ]
        self.filter.validate()
        if asked is not None and asked > today:
            self.filter.op.errors = [_("Deze dag ligt in de toekomst. Kies een eerdere dag.")]
        self.organisation: Organisation | None = next(
            (one for one in candidates if one.id == self.filter.organisatie.data), None
        )
        self.measures = list_measures(region.programme, on=self.day)

    def form(self) -> AssessmentForm:
        inventories = [(one.id, one.name) for one in list_inventories(self.region)]
        choices: dict[str, list[tuple[Any, str]]] = {
            "inventory_id": [("", _("Geen inventarisatie")), *inventories]
        }
        return make_form(assessment_form(self.measures), self.stored(), choices=choices)

    def stored(self) -> Any:
        if self.organisation is None:
            return None
        return judgements_part(self.region, self.organisation, self.day)

    def url(self) -> str:
        """The address of the form itself, to which a refused one returns."""
        return url_for(
            "maturity.save",
            code=self.region.code,
            organisatie=self.organisation.id if self.organisation else None,
            op=plain_day(self.day),
        )


def _record_page(asked: _Asked, form: AssessmentForm | None) -> str:
    return render_template(
        "maturity/record.html",
        region=asked.region,
        asked=asked,
        form=form,
        meanings=pages.meanings(),
    )
