"""Changing the baseline or the target of an agreement that holds, with the reason."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import ReferenceKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.agreements import reference_part
from vpt_regio.forms.measured import ReferenceForm, reference_form
from vpt_regio.models.contracts import Agreement, IndicatorRevision
from vpt_regio.queries.agreements import get_agreement
from vpt_regio.services.revisions import (
    ReferenceContent,
    RevisionContent,
    change_reference,
    present_revision,
)
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("revisions", __name__)

ADDRESS = "/afspraken/<int:agreement_id>/<any(nulmeting,streefwaarde):kind>/wijzigen"
KINDS = {"nulmeting": ReferenceKind.BASELINE, "streefwaarde": ReferenceKind.TARGET}
KEPT = ("value", "numerator", "denominator", "qualifier", "day")


@dataclass(frozen=True)
class Changing:
    """Which of the two values of which agreement an address is about."""

    agreement: Agreement
    kind: ReferenceKind

    __tablename__ = Agreement.__tablename__

    @property
    def region_ids(self) -> frozenset[int]:
        return self.agreement.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.agreement.covenant_ids

    @property
    def present(self) -> IndicatorRevision | None:
        return present_revision(self.agreement, self.kind)


def load_changing(agreement_id: int, kind: str) -> Changing | None:
    agreement = get_agreement(agreement_id)
    return Changing(agreement, KINDS[kind]) if agreement else None


@bp.get(ADDRESS)
@authorize(Permission.TARGET_CHANGE, load_changing)
def change(changing: Changing) -> ResponseReturnValue:
    return _page(changing, _form(changing))


@bp.post(ADDRESS)
@authorize(Permission.TARGET_CHANGE, load_changing)
def save(changing: Changing) -> ResponseReturnValue:
    form = _form(changing)
    is_target = changing.kind is ReferenceKind.TARGET
    return handle(
        form,
        lambda: change_reference(
            changing.agreement,
            changing.kind,
            content=_content(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(changing, form),
        success=url_for("agreements.show", agreement_id=changing.agreement.id),
        message=_("De nieuwe streefwaarde is vastgelegd. De oude blijft zichtbaar.")
        if is_target
        else _("De nieuwe nulmeting is vastgelegd. De oude blijft zichtbaar."),
        obj=_Stored(changing),
    )


class _Stored:
    """The present value under the names of the form's fields; the rest is told anew."""

    def __init__(self, changing: Changing) -> None:
        self._changing = changing

    def __getattr__(self, name: str) -> Any:
        if name == "version":
            return self._changing.agreement.version
        if name not in KEPT:
            raise AttributeError(name)
        return reference_part(self._changing.present, name)


def _form(changing: Changing) -> ReferenceForm:
    is_target = changing.kind is ReferenceKind.TARGET
    form_type = reference_form(changing.agreement.indicator, is_target=is_target)
    return make_form(form_type, _Stored(changing))


def _content(form: ReferenceForm) -> RevisionContent:
    reference = ReferenceContent(
        given=form.given(),
        day=form["day"].data,
        qualifier=form["qualifier"].data,
        source=form["source"].data,
        document_reference=form["document_reference"].data,
    )
    return RevisionContent(reference, form["holds_from"].data, form["reason"].data)


def _page(changing: Changing, form: ReferenceForm) -> str:
    return render_template(
        "revisions/change.html",
        agreement=changing.agreement,
        indicator=changing.agreement.indicator,
        is_target=changing.kind is ReferenceKind.TARGET,
        present=changing.present,
        form=form,
    )
