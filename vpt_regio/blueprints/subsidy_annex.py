"""The annex of a round as a Word document: the table of its page, to put in a letter."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_rounds import get_round
from vpt_regio.services.subsidy_annex import round_annex
from vpt_regio.web.authorize import authorize
from vpt_regio.web.mime_types import WORD

bp = Blueprint("subsidy_annex", __name__)


def load_round(round_id: int) -> SubsidyRound | None:
    return get_round(round_id)


# it tells no more than the page of the round, and nothing is stored: the same data give the same
# document at any time
@bp.get("/subsidies/rondes/<int:round_id>/bijlage")
@authorize(Permission.SUBSIDY_VIEW, load_round)
def download(in_round: SubsidyRound) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(round_annex(in_round, on=clock.today())),
        mimetype=WORD,
        as_attachment=True,
        download_name=f"bijlage-pilots-ronde-{in_round.id}.docx",
    )
