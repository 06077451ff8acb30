"""Subsidy rounds: the page of one, planning, and the steps until it is finished."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_outcomes import round_sentence
from vpt_regio.domain.subsidy_codes import RoundStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_ROUND
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.subsidies import NO, YES, RoundCancelForm, RoundForm, UnlistedForm
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries import subsidy_rounds as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.subsidy_outcomes import count_outcomes, outcomes_on
from vpt_regio.services import subsidy_rounds as services
from vpt_regio.services import transitions
from vpt_regio.services.subsidy_round_checks import RoundData, Unlisted
from vpt_regio.web import round_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint("subsidy_rounds", __name__)

ADDRESS = "/subsidies/rondes/<int:round_id>"
NEW = "/subsidies/regelingen/<int:scheme_id>/rondes/nieuw"


def load_round(round_id: int) -> SubsidyRound | None:
    return queries.get_round(round_id)


def load_scheme(scheme_id: int) -> SubsidyScheme | None:
    return queries.get_scheme(scheme_id)


@bp.get(NEW)
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def new(scheme: SubsidyScheme) -> ResponseReturnValue:
    return _round_form_page(scheme, None, _round_form())


@bp.post(NEW)
@authorize(Permission.SUBSIDY_MANAGE, load_scheme)
def create(scheme: SubsidyScheme) -> ResponseReturnValue:
    form = _round_form()
    return handle(
        form,
        lambda: services.start_round(scheme, data=_data(form), actor=current_person()),
        page=lambda: _round_form_page(scheme, None, form),
        success=_address_of,
        message=_("De ronde is gepland. Stel haar open om aanvragen te ontvangen."),
    )


@bp.get(ADDRESS)
@authorize(Permission.SUBSIDY_VIEW, load_round)
def show(in_round: SubsidyRound) -> ResponseReturnValue:
    return _round_page(in_round, make_form(AppForm, in_round))


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def edit(in_round: SubsidyRound) -> ResponseReturnValue:
    return _round_form_page(in_round.scheme, in_round, _round_form(in_round))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def save(in_round: SubsidyRound) -> ResponseReturnValue:
    form = _round_form(in_round)
    return handle(
        form,
        lambda: services.edit_round(
            in_round,
            data=_data(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _round_form_page(in_round.scheme, in_round, form),
        success=_address_of(in_round),
        message=_("De ronde is opgeslagen."),
        obj=in_round,
    )


@bp.post(f"{ADDRESS}/openstellen", endpoint="open")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def announce(in_round: SubsidyRound) -> ResponseReturnValue:
    form = make_form(AppForm, in_round)
    return handle(
        form,
        lambda: services.open_round(
            in_round, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _round_page(in_round, form),
        success=_address_of(in_round),
        message=_("De ronde is opengesteld."),
        obj=in_round,
    )


@bp.post(f"{ADDRESS}/afhandelen")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def finish(in_round: SubsidyRound) -> ResponseReturnValue:
    form = make_form(AppForm, in_round)
    return handle(
        form,
        lambda: services.finish_round(
            in_round, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _round_page(in_round, form),
        success=_address_of(in_round),
        message=_("De ronde is afgehandeld."),
        obj=in_round,
    )


@bp.get(f"{ADDRESS}/vervallen")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def cancel(in_round: SubsidyRound) -> ResponseReturnValue:
    return _cancel_page(in_round, make_form(RoundCancelForm, in_round))


@bp.post(f"{ADDRESS}/vervallen")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def record_cancellation(in_round: SubsidyRound) -> ResponseReturnValue:
    form = make_form(RoundCancelForm, in_round)
    return handle(
        form,
        lambda: services.cancel_round(
            in_round,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _cancel_page(in_round, form),
        success=_address_of(in_round),
        message=_("De ronde is vervallen."),
        obj=in_round,
    )


@bp.get(f"{ADDRESS}/bron")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def declare(in_round: SubsidyRound) -> ResponseReturnValue:
    return _unlisted_page(in_round, _unlisted_form(in_round))


@bp.post(f"{ADDRESS}/bron")
@authorize(Permission.SUBSIDY_MANAGE, load_round)
def record_declaration(in_round: SubsidyRound) -> ResponseReturnValue:
    form = _unlisted_form(in_round)
    return handle(
        form,
        lambda: services.declare_unlisted(
            in_round,
            unlisted=Unlisted(form.applications.data, form.granted.data, form.granted_cents.data),
            source=form.source.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _unlisted_page(in_round, form),
        success=_address_of(in_round),
        message=_("De aantallen uit de bron zijn opgeslagen."),
        obj=in_round,
    )


def _address_of(in_round: SubsidyRound) -> str:
    return url_for("subsidy_rounds.show", round_id=in_round.id)


def _round_form(in_round: SubsidyRound | None = None) -> RoundForm:
    choices = {"closing_inclusive": [(YES, _("Ja, de hele dag")), (NO, _("Nee"))]}
    data = None
    if in_round is None:
        first = RoundData(name="")
        data = {
            "decision_days": first.decision_days,
            "completion_days": first.completion_days,
            "settlement_days": first.settlement_days,
        }
    return make_form(RoundForm, in_round, choices=choices, data=data)


def _data(form: RoundForm) -> RoundData:
    values = {field.short_name: field.data for field in form.content_fields()}
    return RoundData(**{**values, "closing_inclusive": form.closing_inclusive.data == YES})


def _unlisted_form(in_round: SubsidyRound) -> UnlistedForm:
    known = {
        "applications": in_round.unlisted_applications,
        "granted": in_round.unlisted_granted,
        "granted_cents": in_round.unlisted_granted_cents,
    }
    return make_form(UnlistedForm, in_round, data=known)


def _round_page(in_round: SubsidyRound, form: AppForm) -> str:
    outcomes = outcomes_on(clock.today(), rounds=[in_round])[in_round.id]
    counts = count_outcomes(in_round, outcomes)
    pilots = queries.page_of_pilots(in_round, page=number_asked("pagina") or 1)
    return render_template(
        "subsidies/round.html",
        in_round=in_round,
        form=form,
        is_open=in_round.status is RoundStatus.OPEN,
        proposals=queries.count_open_proposals(in_round),
        badge_of=pages.round_badge(in_round),
        sentence=round_sentence(counts),
        step=_next_step(in_round),
        window_lines=pages.window_lines(in_round),
        counts=counts,
        count_rows=pages.count_rows(in_round, counts),
        term_rows=pages.term_rows(in_round),
        declared=pages.declared_words(in_round),
        meters=pages.meters(in_round, counts),
        chart=pages.application_chart(in_round, outcomes, counts),
        pilot_rows=pages.pilot_rows(pilots.items),
        pilots=pilots,
        page_url=lambda number: same_page("subsidy_rounds.show", pagina=str(number)),
        tiles=pages.pilot_tiles(queries.count_by_region(in_round)),
        off_the_map=queries.count_off_the_map(in_round),
        measure_rows=pages.measure_rows(queries.count_by_measure(in_round)),
        entries=in_words(list_history(in_round)),
    )


def _next_step(in_round: SubsidyRound) -> pages.NextStep | None:
    """Return the step that comes next for whoever may take it, with what blocks it."""
    steps = [
        step
        for step in transitions.available(in_round, workflow=SUBSIDY_ROUND, actor=current_person())
        if step.code in pages.STEPS
    ]
    if not steps:
        return None
    code = steps[0].code
    found = transitions.blockers(in_round, code, workflow=SUBSIDY_ROUND, actor=current_person())
    return pages.NextStep(code, tuple(message_of(error) for error in found))


def _round_form_page(scheme: SubsidyScheme, in_round: SubsidyRound | None, form: RoundForm) -> str:
    return render_template("subsidies/edit_round.html", scheme=scheme, in_round=in_round, form=form)


def _cancel_page(in_round: SubsidyRound, form: RoundCancelForm) -> str:
    return render_template("subsidies/cancel_round.html", in_round=in_round, form=form)


def _unlisted_page(in_round: SubsidyRound, form: UnlistedForm) -> str:
    return render_template("subsidies/unlisted.html", in_round=in_round, form=form)
