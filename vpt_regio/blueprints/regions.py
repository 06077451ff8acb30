"""The national view, the register of regions, and the pages of one region."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.enums import TERRITORY_TYPE_LABELS, TerritoryType
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.tiles import TILES
from vpt_regio.domain.workflows.regions import REGION
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.regions import NewRegionForm, RegionForm, RegionStatusForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries import regions as queries
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.mergers import codes_of, list_mergers_of
from vpt_regio.queries.overview import RegionRow, current_period, region_rows
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.region_agreements import tallies
from vpt_regio.queries.region_pilots import pilots_in
from vpt_regio.queries.signals import SIGNAL_LABELS, signals_of
from vpt_regio.queries.subsidy_watch import watch_subsidies
from vpt_regio.services import regions as services
from vpt_regio.services import transitions
from vpt_regio.standing import standing
from vpt_regio.web import national_view as view
from vpt_regio.web.amendment_pages import deadline_rows
from vpt_regio.web.authorize import authorize
from vpt_regio.web.contract_pages import contract_rows
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("regions", __name__)

TOP_SIGNALS = 5
LAST_EVENTS = 6


def load_region(code: str) -> Region | None:
    return queries.get_region(code)


@bp.get("/landelijk")
@authorize(Permission.REGION_VIEW)
def overview() -> ResponseReturnValue:
    today = clock.today()
    programme, period = current_period(today)
    rows = region_rows(current_person(), period, today, programme_id=programme.id)
    scales = view.scales_for(rows)
    asked = request.args.get("kleur", "")
    scale = next((scale for scale in scales if scale.code == asked), scales[0])
    with_details = any(row.sees_details for row in rows)
    agreements = standings(as_of=today)
    tally_of = tallies(agreements, standing(), today)
    return render_template(
        "regions/overview.html",
        programme=programme,
        period=period,
        rows=rows,
        scale=scale,
        scales=scales,
        tiles=view.map_tiles(rows, scale, today),
        headers=view.table_headers(with_details=with_details),
        cells=[
            view.table_row(row, today, with_details=with_details, tally=tally_of.get(row.region_id))
            for row in rows
        ],
        signals=signals_of(
            rows,
            period,
            today,
            standing(),
            agreements,
            subsidies=watch_subsidies(current_person(), programme.id),
        )[:TOP_SIGNALS],
        signal_labels=SIGNAL_LABELS,
        severity_tones=view.SEVERITY_TONES,
    )


@bp.get("/regios")
@authorize(Permission.REGION_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "regions/index.html",
        regions=queries.list_regions(),
        territory_labels=TERRITORY_TYPE_LABELS,
    )


@bp.get("/regios/nieuw")
@authorize(Permission.REGION_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(make_form(NewRegionForm, choices=_choices()))


@bp.post("/regios/nieuw")
@authorize(Permission.REGION_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(NewRegionForm, choices=_choices())
    return handle(
        form,
        lambda: services.create_region(
            get_programme(), code=form.code.data or "", actor=current_person(), **_values(form)
        ),
        page=lambda: _new_page(form),
        success=lambda region: url_for("regions.show", code=region.code),
        message=_("De regio is toegevoegd."),
    )


@bp.get("/regios/<code>")
@authorize(Permission.REGION_VIEW, load_region)
def show(region: Region) -> ResponseReturnValue:
    today, person = clock.today(), current_person()
    programme, period = current_period(today)
    row = _row(region, period)
    events = (
        queries.list_region_history(region, person=person, limit=LAST_EVENTS, is_brief=True)
        if row.sees_details
        else []
    )
    return render_template(
        "regions/show.html",
        region=region,
        row=row,
        period=period,
        mergers=list_mergers_of(region),
        predecessors_of=codes_of,
        measures=queries.list_measure_coverage(programme, row),
        contracts=contract_rows(region),
        pilots=pilots_in(branch_of(region.id)),
        open_remarks=queries.count_open_remarks(row) if row.sees_details else 0,
        partners=queries.count_partners(region),
        report=queries.last_report(region, is_public=not row.sees_details),
        deadlines=_deadlines(row),
        signals=signals_of(
            [row],
            period,
            today,
            standing(),
            standings(as_of=today, region_ids=branch_of(region.id)) if row.sees_details else (),
            subsidies=watch_subsidies(person, programme.id, region_ids=branch_of(region.id)),
        ),
        signal_labels=SIGNAL_LABELS,
        severity_tones=view.SEVERITY_TONES,
        view=view,
        territory_labels=TERRITORY_TYPE_LABELS,
        events=in_words(events),
        steps=transitions.available(region, workflow=REGION, actor=person),
    )


def _deadlines(row: RegionRow) -> list[list[Any]]:
    covenant = find_covenant(row.covenant_id) if row.covenant_id is not None else None
    return deadline_rows(covenant) if covenant else []


@bp.get("/regios/<code>/bewerken")
@authorize(Permission.REGION_MANAGE, load_region)
def edit(region: Region) -> ResponseReturnValue:
    return _edit_page(region, _region_form(region))


@bp.post("/regios/<code>/bewerken")
@authorize(Permission.REGION_MANAGE, load_region)
def save(region: Region) -> ResponseReturnValue:
    form = _region_form(region)
    return handle(
        form,
        lambda: services.change_region(
            region,
            actor=current_person(),
            expected_version=form.expected_version,
            **_values(form),
        ),
        page=lambda: _edit_page(region, form),
        success=lambda changed: url_for("regions.show", code=changed.code),
        message=_("De regio is opgeslagen."),
        obj=region,
    )


@bp.get("/regios/<code>/status")
@authorize(Permission.REGION_MANAGE, load_region)
def status(region: Region) -> ResponseReturnValue:
    return _status_page(region, _status_form(region))


@bp.post("/regios/<code>/status")
@authorize(Permission.REGION_MANAGE, load_region)
def take_step(region: Region) -> ResponseReturnValue:
    form = _status_form(region)
    return handle(
        form,
        lambda: services.step(
            region,
            str(form.step.data),
            actor=current_person(),
            note=form.note.data or "",
            expected_version=form.expected_version,
        ),
        page=lambda: _status_page(region, form),
        success=url_for("regions.show", code=region.code),
        message=_("De status van de regio is vastgelegd."),
    )


@bp.get("/regios/<code>/plan")
@authorize(Permission.ACTION_PLAN_VIEW, load_region)
def plan(region: Region) -> ResponseReturnValue:
    """Go to the plan under the covenant of the region, or say that there is none yet."""
    _programme, period = current_period(clock.today())
    row = _row(region, period)
    if row.plan_id is not None:
        return redirect(url_for("action_plans.show", plan_id=row.plan_id))
    return render_template("regions/plan.html", region=region, row=row, form=AppForm())


@bp.get("/regios/<code>/rapportages")
@authorize(Permission.REPORT_VIEW, load_region)
def reports(region: Region) -> ResponseReturnValue:
    return render_template(
        "regions/reports.html", region=region, lines=queries.list_reports(region), view=view
    )


@bp.get("/regios/<code>/partners")
@authorize(Permission.REGION_VIEW, load_region)
def partners(region: Region) -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "regions/partners.html",
        region=region,
        partners=queries.list_partners(region),
        sees_contacts=bool(policies.can(person, Permission.REGION_VIEW_DETAILS, region)),
    )


@bp.get("/regios/<code>/geschiedenis")
@authorize(Permission.REGION_VIEW_DETAILS, load_region)
def history(region: Region) -> ResponseReturnValue:
    entries = queries.list_region_history(region, person=current_person(), limit=500)
    return render_template("regions/history.html", region=region, entries=in_words(entries))


def _row(region: Region, period: ReportingPeriod | None) -> RegionRow:
    [row] = region_rows(
        current_person(),
        period,
        clock.today(),
        programme_id=region.programme_id,
        region_id=region.id,
    )
    return row


def _choices() -> dict[str, list[tuple[Any, str]]]:
    return {
        "territory_type": [
            (code.value, label(text)) for code, text in TERRITORY_TYPE_LABELS.items()
        ],
        "tile_codes": [
            (tile.code, label(tile.name)) for tile in sorted(TILES, key=lambda tile: tile.name)
        ],
    }


def _region_form(region: Region) -> RegionForm:
    return make_form(
        RegionForm,
        region,
        choices=_choices(),
        data={"tile_codes": [tile.tile for tile in region.tiles]},
    )


def _status_form(region: Region) -> RegionStatusForm:
    steps = transitions.available(region, workflow=REGION, actor=current_person())
    return make_form(
        RegionStatusForm,
        region,
        choices={"step": [(step.code, label(step.label)) for step in steps]},
    )


def _values(form: RegionForm) -> dict[str, Any]:
    """Return what was filled in, by the names that the services use."""
    return {
        "name": form.name.data or "",
        "territory_type": TerritoryType(form.territory_type.data),
        "tiles": form.tile_codes.data or [],
        "former_names": form.former_names.data or "",
        "designated": form.designated.data,
        "portfolio_holder": form.portfolio_holder.data or "",
        "source": form.source.data or "",
    }


def _new_page(form: NewRegionForm) -> str:
    return render_template("regions/new.html", form=form)


def _edit_page(region: Region, form: RegionForm) -> str:
    return render_template("regions/edit.html", region=region, form=form)


def _status_page(region: Region, form: RegionStatusForm) -> str:
    return render_template("regions/status.html", region=region, form=form)
