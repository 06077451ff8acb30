"""Deliveries of figures: filling one in, and reading one back."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.figures import load_set
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.figures import DeliveryForm, delivery_form
from vpt_regio.models.figures import FigureDelivery, FigureSet
from vpt_regio.queries import figures as queries
from vpt_regio.services.figure_deliveries import deliver, field_of
from vpt_regio.web import figure_forms, figure_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("figure_deliveries", __name__)


def load_delivery(set_code: str, number: int) -> FigureDelivery | None:
    return queries.get_delivery(set_code, number)


@bp.get("/cijfers/<set_code>/leveringen/nieuw")
@authorize(Permission.FIGURE_MANAGE, load_set)
def new(figure_set: FigureSet) -> ResponseReturnValue:
    return _new_page(figure_set, make_form(delivery_form(figure_set)))


@bp.post("/cijfers/<set_code>/leveringen/nieuw")
@authorize(Permission.FIGURE_MANAGE, load_set)
def create(figure_set: FigureSet) -> ResponseReturnValue:
    form = make_form(delivery_form(figure_set))
    return handle(
        form,
        lambda: deliver(
            figure_set,
            source=form.source.data,
            cutoff_on=form.cutoff_on.data,
            scope_note=form.scope_note.data,
            reason=form.reason.data,
            entries=figure_forms.entries(form, figure_set),
            actor=current_person(),
            seen_number=form.expected_version,
        ),
        page=lambda: _new_page(figure_set, form),
        success=lambda made: url_for("figures.show", set_code=made.figure_set.code),
        message=_("De levering is opgeslagen."),
    )


@bp.get("/cijfers/<set_code>/leveringen/<int:number>")
@authorize(Permission.FIGURE_VIEW, load_delivery)
def show(delivery: FigureDelivery) -> ResponseReturnValue:
    delivered = queries.delivered_figures(delivery)
    return render_template(
        "figure_deliveries/show.html",
        delivery=delivery,
        rows=figure_pages.delivered_rows(delivery.figure_set, delivered),
    )


def _new_page(figure_set: FigureSet, form: DeliveryForm) -> str:
    table = queries.figure_table(figure_set, as_of=clock.today())
    # the page shows the figures as they are now, so this is the last delivery that was seen
    form.version.data = str(max((one.number for one in table.deliveries), default=0))
    return render_template(
        "figure_deliveries/new.html",
        figure_set=figure_set,
        form=form,
        columns=[period.label for period in reversed(table.periods)],
        rows=[
            (
                category.name,
                [
                    (
                        form[field_of((category.id, period.id))],
                        figure_pages.present_words(table.cell(category.id, period.id), figure_set),
                    )
                    for period in reversed(table.periods)
                ],
            )
            for category in table.categories
        ],
    )
