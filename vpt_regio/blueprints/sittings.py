"""One sitting: the open proposals of a round, decided on together or not at all."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.proposals import SittingForm
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_proposals import list_candidates
from vpt_regio.queries.subsidy_rounds import get_round
from vpt_regio.services.subsidy_decisions import decide_together
from vpt_regio.web import proposal_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("sittings", __name__)

ADDRESS = "/subsidies/rondes/<int:round_id>/zitting"
COUNT = "tellen"


def load_round(round_id: int) -> SubsidyRound | None:
    return get_round(round_id)


@bp.get(ADDRESS)
@authorize(Permission.APPLICATION_VIEW, load_round)
def show(in_round: SubsidyRound) -> ResponseReturnValue:
    return _page(in_round, _form(in_round))


@bp.post(ADDRESS)
@authorize(Permission.APPLICATION_DECIDE, load_round)
def decide(in_round: SubsidyRound) -> ResponseReturnValue:
    form = _form(in_round)
    if request.form.get("wat") == COUNT:
        # only to see what would be left; nothing is decided
        return _page(in_round, form)
    return handle(
        form,
        lambda: decide_together(
            _chosen(in_round, form), note=form.note.data, actor=current_person()
        ),
        page=lambda: _page(in_round, form),
        success=url_for("sittings.show", round_id=in_round.id),
        message=_("De besluiten zijn genomen. U vindt ze bij Besluiten; maak daar de brieven."),
    )


def _form(in_round: SubsidyRound) -> SittingForm:
    choices = pages.choices_of(list_candidates(in_round), current_person())
    return make_form(SittingForm, choices={"proposals": choices})


def _chosen(in_round: SubsidyRound, form: SittingForm) -> list[SubsidyProposal]:
    wanted = set(form.proposals.data or ())
    return [one.proposal for one in list_candidates(in_round) if one.proposal.id in wanted]


def _page(in_round: SubsidyRound, form: SittingForm) -> str:
    candidates = list_candidates(in_round)
    wanted = set(form.proposals.data or ())
    chosen = [one for one in candidates if one.proposal.id in wanted]
    everything = pages.standing_of(in_round, candidates)
    return render_template(
        "sittings/show.html",
        in_round=in_round,
        form=form,
        rows=pages.candidate_rows(candidates, current_person()),
        standing_rows=pages.standing_rows(everything),
        chosen_rows=(pages.standing_rows(pages.standing_of(in_round, chosen)) if chosen else []),
        chosen_count=len(chosen),
        count_value=COUNT,
    )
