"""The catalogue of indicators: the list, the page of one, making, changing and retiring."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import (
    AGGREGATION_LABELS,
    DIRECTION_LABELS,
    UNIT_LABELS,
    Aggregation,
    Direction,
    Unit,
)
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid
from vpt_regio.forms.agreements import IndicatorForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.contracts import Indicator
from vpt_regio.queries import indicators as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.indicators import IndicatorRow
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.indicators import (
    IndicatorContent,
    change_indicator,
    create_indicator,
    is_used,
    retire_indicator,
    reuse_indicator,
)
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.filters import state_label, state_tone
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.measured import AGGREGATION_RULES, attainment_badge, measured
from vpt_regio.web.session import current_person

bp = Blueprint("indicators", __name__)

ADDRESS = "/indicatoren/<int:indicator_id>"


def load_indicator(indicator_id: int) -> Indicator | None:
    return queries.get_indicator(indicator_id)


@bp.get("/indicatoren")
@authorize(Permission.INDICATOR_VIEW)
def index() -> ResponseReturnValue:
    rows = queries.list_indicators(current_person(), get_programme())
    return render_template("indicators/index.html", rows=[_list_row(row) for row in rows])


@bp.get("/indicatoren/nieuw")
@authorize(Permission.INDICATOR_MANAGE)
def new() -> ResponseReturnValue:
    return _edit_page(None, _form(None))


@bp.post("/indicatoren/nieuw")
@authorize(Permission.INDICATOR_MANAGE)
def create() -> ResponseReturnValue:
    form = _form(None)
    return handle(
        form,
        lambda: _create(form),
        page=lambda: _edit_page(None, form),
        success=lambda indicator: url_for("indicators.show", indicator_id=indicator.id),
        message=_("De indicator is toegevoegd."),
    )


@bp.get(ADDRESS)
@authorize(Permission.INDICATOR_VIEW, load_indicator)
def show(indicator: Indicator) -> ResponseReturnValue:
    return _indicator_page(indicator, make_form(AppForm, indicator))


@bp.get(f"{ADDRESS}/bewerken")
@authorize(Permission.INDICATOR_MANAGE, load_indicator)
def edit(indicator: Indicator) -> ResponseReturnValue:
    return _edit_page(indicator, _form(indicator))


@bp.post(f"{ADDRESS}/bewerken")
@authorize(Permission.INDICATOR_MANAGE, load_indicator)
def save(indicator: Indicator) -> ResponseReturnValue:
    form = _form(indicator)
    return handle(
        form,
        lambda: change_indicator(
            indicator,
            content=_content(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(indicator, form),
        success=_address_of(indicator),
        message=_("De indicator is bewaard."),
        obj=indicator,
    )


@bp.post(f"{ADDRESS}/laten-vervallen")
@authorize(Permission.INDICATOR_MANAGE, load_indicator)
def retire(indicator: Indicator) -> ResponseReturnValue:
    form = make_form(AppForm, indicator)
    return handle(
        form,
        lambda: retire_indicator(
            indicator, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _indicator_page(indicator, form),
        success=_address_of(indicator),
        message=_("De indicator is vervallen. Afspraken die er al waren, gaan door."),
        obj=indicator,
    )


@bp.post(f"{ADDRESS}/weer-gebruiken")
@authorize(Permission.INDICATOR_MANAGE, load_indicator)
def reuse(indicator: Indicator) -> ResponseReturnValue:
    form = make_form(AppForm, indicator)
    return handle(
        form,
        lambda: reuse_indicator(
            indicator, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _indicator_page(indicator, form),
        success=_address_of(indicator),
        message=_("De indicator is weer in gebruik."),
        obj=indicator,
    )


def _create(form: IndicatorForm) -> Indicator:
    region_id = form.region_id.data
    regions = {one.id: one for one in _managed_regions()}
    if region_id is None and not may(Permission.INDICATOR_MANAGE, get_programme()):
        raise Invalid(N_("Kies een regio."), field="region_id")
    region = regions[region_id] if region_id is not None else None
    return create_indicator(
        get_programme(), content=_content(form), region=region, actor=current_person()
    )


def _managed_regions() -> list[Any]:
    return queries.list_managed_regions(current_person(), get_programme())


def _form(indicator: Indicator | None) -> IndicatorForm:
    programme = get_programme()
    regions = [(one.id, one.name) for one in _managed_regions()]
    is_national = indicator is not None or may(Permission.INDICATOR_MANAGE, programme)
    first = _("het hele programma") if is_national else _("Kies een regio")
    types = [(one.id, one.name) for one in queries.list_types(programme)]
    if indicator and indicator.region and indicator.region_id not in dict(regions):
        regions.append((indicator.region.id, indicator.region.name))
    kept = indicator.agreement_type if indicator else None
    if kept is not None and kept.id not in dict(types):
        types.append((kept.id, kept.name))
    choices = {
        "region_id": [("", first), *regions],
        "agreement_type_id": [("", _("geen vaste soort")), *types],
    }
    return make_form(IndicatorForm, indicator, choices=choices)


def _content(form: IndicatorForm) -> IndicatorContent:
    return IndicatorContent(
        name=form.name.data,
        unit=Unit(form.unit.data),
        direction=Direction(form.direction.data),
        aggregation=Aggregation(form.aggregation.data),
        definition=form.definition.data,
        decimals=form.decimals.data or 0,
        numerator_label=form.numerator_label.data,
        denominator_label=form.denominator_label.data,
        source_system=form.source_system.data,
        agreement_type_id=form.agreement_type_id.data,
    )


def _edit_page(indicator: Indicator | None, form: IndicatorForm) -> str:
    return render_template(
        "indicators/edit.html",
        indicator=indicator,
        form=form,
        is_used=indicator is not None and is_used(indicator),
    )


def _indicator_page(indicator: Indicator, form: AppForm) -> str:
    use = queries.use_of(indicator, current_person())
    return render_template(
        "indicators/show.html",
        indicator=indicator,
        form=form,
        use=use,
        rows=[_use_row(one) for one in use.agreements],
        rule=AGGREGATION_RULES[indicator.aggregation],
        unit=UNIT_LABELS[indicator.unit],
        direction=DIRECTION_LABELS[indicator.direction],
        aggregation=AGGREGATION_LABELS[indicator.aggregation],
        entries=in_words(list_history(indicator)),
    )


def _list_row(row: IndicatorRow) -> list[Any]:
    one = row.indicator
    kind = one.agreement_type.name if one.agreement_type else None
    return [
        {
            "text": one.name,
            "url": _address_of(one),
            "note": _("vervallen") if one.retired_on else None,
        },
        one.region.name if one.region else _("hele programma"),
        kind or _("geen vaste soort"),
        label(UNIT_LABELS[one.unit]),
        label(DIRECTION_LABELS[one.direction]),
        label(AGGREGATION_LABELS[one.aggregation]),
        row.agreements,
    ]


def _use_row(one: Any) -> list[Any]:
    unit, decimals = one.indicator.unit, one.indicator.decimals
    return [
        {
            "text": _("Afspraak %(number)s", number=one.number),
            "url": url_for("agreements.show", agreement_id=one.id),
        },
        one.region_name,
        {
            "text": one.contract_title,
            "url": url_for("contracts.show", contract_id=one.contract_id),
        },
        {
            "text": state_label("performance_contract", one.contract_status),
            "badge": state_tone("performance_contract", one.contract_status),
        },
        measured(one.baseline, unit, decimals),
        measured(one.latest, unit, decimals),
        measured(one.target, unit, decimals, _("nog niet afgesproken")),
        attainment_badge(one.attainment),
    ]


def _address_of(indicator: Indicator) -> str:
    return url_for("indicators.show", indicator_id=indicator.id)
