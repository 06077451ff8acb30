"""Amendments of a covenant: drafting, the page of one, signing and withdrawing."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import AMENDMENT_LABELS, AmendmentKind, AmendmentStatus
from vpt_regio.domain.money import MAX_CENTS, format_euro_sentence
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.covenants import COVENANT_AMENDMENT
from vpt_regio.forms.amendments import (
    FORMS,
    AmendmentForm,
    MergerForm,
    PartyForm,
    SignAmendmentForm,
    StoredAmendment,
    WithdrawAmendmentForm,
)
from vpt_regio.models.action_plans import SufficiencyCheck
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.queries.amendments import (
    find_amendment,
    find_check,
    list_mergers_of,
    plan_versions_checked,
    recorded_signatures,
)
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.queries.history import list_history
from vpt_regio.services.amendment_checks import AmendmentContent, standing_errors
from vpt_regio.services.amendments import (
    change_amendment,
    draft_amendment,
    sign_amendment,
    withdraw_amendment,
)
from vpt_regio.services.transitions import blockers
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.amendment_pages import (
    cause_of,
    change_of,
    merger_in_words,
    standing_before,
)
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint("amendments", __name__)

ADDRESS = "/convenanten/<int:covenant_id>/wijzigingen/<int:amendment_id>"
NOBODY = 0


def load_covenant(covenant_id: int) -> Covenant | None:
    return find_covenant(covenant_id)


def load_amendment(covenant_id: int, amendment_id: int) -> CovenantAmendment | None:
    return find_amendment(covenant_id, amendment_id)


@bp.get("/convenanten/<int:covenant_id>/wijzigingen/nieuw")
@authorize(Permission.COVENANT_AMEND, load_covenant)
def new(covenant: Covenant) -> ResponseReturnValue:
    kind = _kind_asked_for()
    if kind is None:
        return _choice_page(covenant)
    check = find_check(covenant, number_asked("toets"))
    form = _make(covenant, kind, data=_prefilled(kind, check))
    return _new_page(covenant, kind, form, check)


@bp.post("/convenanten/<int:covenant_id>/wijzigingen/nieuw")
@authorize(Permission.COVENANT_AMEND, load_covenant)
def draft(covenant: Covenant) -> ResponseReturnValue:
    kind = _kind_asked_for()
    if kind is None:
        return _choice_page(covenant), 422
    form = _make(covenant, kind)
    check_id = number_asked("toets")
    return handle(
        form,
        lambda: draft_amendment(
            covenant,
            kind=kind,
            content=_content(covenant, form, check=find_check(covenant, check_id)),
            actor=current_person(),
        ),
        page=lambda: _new_page(covenant, kind, form, find_check(covenant, check_id)),
        success=_address_of,
        message=_("Het concept van de wijziging is bewaard."),
    )


@bp.get(ADDRESS)
@authorize(Permission.COVENANT_VIEW, load_amendment)
def show(amendment: CovenantAmendment) -> ResponseReturnValue:
    checked = plan_versions_checked([amendment.sufficiency_check_id])
    recorded = recorded_signatures([amendment]).get(amendment.id)
    return render_template(
        "amendments/show.html",
        amendment=amendment,
        covenant=amendment.covenant,
        kind=AMENDMENT_LABELS[amendment.kind],
        changes=change_of(amendment, standing_before(amendment)),
        cause=cause_of(amendment, checked),
        version=checked.get(amendment.sufficiency_check_id or 0),
        recorder=recorded.actor if recorded else None,
        is_draft=amendment.status is AmendmentStatus.DRAFT,
        entries=in_words(list_history(amendment)),
    )


@bp.get(f"{ADDRESS}/bewerken")
@authorize(Permission.COVENANT_AMEND, load_amendment)
def edit(amendment: CovenantAmendment) -> ResponseReturnValue:
    form = _make(amendment.covenant, amendment.kind, StoredAmendment(amendment))
    return _edit_page(amendment, form)


@bp.post(f"{ADDRESS}/bewerken")
@authorize(Permission.COVENANT_AMEND, load_amendment)
def save(amendment: CovenantAmendment) -> ResponseReturnValue:
    stored = StoredAmendment(amendment)
    form = _make(amendment.covenant, amendment.kind, stored)
    return handle(
        form,
        lambda: change_amendment(
            amendment,
            content=_content(amendment.covenant, form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(amendment, form),
        success=_address_of(amendment),
        message=_("Het concept van de wijziging is bewaard."),
        obj=stored,
    )


@bp.get(f"{ADDRESS}/ondertekenen")
@authorize(Permission.COVENANT_SIGN, load_amendment)
def sign(amendment: CovenantAmendment) -> ResponseReturnValue:
    return _sign_page(amendment, make_form(SignAmendmentForm, amendment))


@bp.post(f"{ADDRESS}/ondertekenen")
@authorize(Permission.COVENANT_SIGN, load_amendment)
def record_signature(amendment: CovenantAmendment) -> ResponseReturnValue:
    form = make_form(SignAmendmentForm, amendment)
    return handle(
        form,
        lambda: sign_amendment(
            amendment,
            signed_on=form.signed_on.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _sign_page(amendment, form),
        success=url_for("covenants.show", covenant_id=amendment.covenant_id),
        message=_("De ondertekening is vastgelegd. De wijziging geldt."),
        obj=amendment,
    )


@bp.get(f"{ADDRESS}/intrekken")
@authorize(Permission.COVENANT_AMEND, load_amendment)
def withdraw(amendment: CovenantAmendment) -> ResponseReturnValue:
    return _withdraw_page(amendment, make_form(WithdrawAmendmentForm, amendment))


@bp.post(f"{ADDRESS}/intrekken")
@authorize(Permission.COVENANT_AMEND, load_amendment)
def record_withdrawal(amendment: CovenantAmendment) -> ResponseReturnValue:
    form = make_form(WithdrawAmendmentForm, amendment)
    return handle(
        form,
        lambda: withdraw_amendment(
            amendment,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _withdraw_page(amendment, form),
        success=_address_of(amendment),
        message=_("De wijziging is ingetrokken."),
        obj=amendment,
    )


def _address_of(amendment: CovenantAmendment) -> str:
    return url_for("amendments.show", covenant_id=amendment.covenant_id, amendment_id=amendment.id)


def _kind_asked_for() -> AmendmentKind | None:
    asked = request.args.get("soort", "")
    return AmendmentKind(asked) if asked in set(AmendmentKind) else None


def _make(
    covenant: Covenant, kind: AmendmentKind, stored: Any = None, *, data: Any = None
) -> AmendmentForm:
    choices: dict[str, list[tuple[Any, str]]] = {}
    if kind is AmendmentKind.PARTY:
        parties = [(party.id, party.name) for party in covenant.parties_now]
        choices["leaving_party"] = [(NOBODY, _("niemand")), *parties]
    if kind is AmendmentKind.MERGER:
        choices["merger"] = [
            (merger.id, " → ".join(merger_in_words(merger))) for merger in list_mergers_of(covenant)
        ]
    return make_form(FORMS[kind], stored, choices=choices, data=data)


def _prefilled(kind: AmendmentKind, check: SufficiencyCheck | None) -> dict[str, Any]:
    """Return what a sufficiency check, or the address, tells of a supplement to begin with."""
    if kind is not AmendmentKind.AMOUNT:
        return {}
    asked = request.args.get("bedrag", type=int)
    cents = asked or (check.shortfall_cents if check else None)
    values: dict[str, Any] = {}
    if cents is not None and 0 < cents <= MAX_CENTS:
        values["amount_cents"] = cents
    if check is not None:
        version = plan_versions_checked([check.id])[check.id]
        values["reason"] = _(
            "Het geld is niet toereikend voor versie %(number)s van het plan van aanpak:"
            " er is %(amount)s te weinig.",
            number=version.version_no,
            amount=format_euro_sentence(check.shortfall_cents),
        )
    return values


def _content(
    covenant: Covenant, form: Any, *, check: SufficiencyCheck | None = None
) -> AmendmentContent:
    """Return what was sent, with the records it names."""
    values = {
        name: form[name].data
        for name in (
            "new_end_on",
            "new_plan_due_on",
            "amount_cents",
            "party_name",
            "party_signatory",
        )
        if name in form
    }
    if isinstance(form, PartyForm):
        chosen = form.leaving_party.data
        values["leaving_party"] = next((p for p in covenant.parties if p.id == chosen), None)
    if isinstance(form, MergerForm):
        chosen = form.merger.data
        values["merger"] = next((m for m in list_mergers_of(covenant) if m.id == chosen), None)
    return AmendmentContent(
        reason=form.reason.data,
        document_reference=form.document_reference.data,
        check=check,
        **values,
    )


def _choice_page(covenant: Covenant) -> str:
    return render_template(
        "amendments/choose.html",
        covenant=covenant,
        kinds=[(kind.value, AMENDMENT_LABELS[kind]) for kind in AmendmentKind],
        missing=[message_of(problem) for problem in standing_errors(covenant)],
    )


def _new_page(
    covenant: Covenant, kind: AmendmentKind, form: AmendmentForm, check: SufficiencyCheck | None
) -> str:
    version = plan_versions_checked([check.id])[check.id] if check else None
    return _form_page(
        covenant, None, kind, form, version_no=version.version_no if version else None
    )


def _edit_page(amendment: CovenantAmendment, form: AmendmentForm) -> str:
    found = plan_versions_checked([amendment.sufficiency_check_id])
    version = found.get(amendment.sufficiency_check_id or 0)
    return _form_page(
        amendment.covenant,
        amendment,
        amendment.kind,
        form,
        version_no=version.version_no if version else None,
    )


def _form_page(
    covenant: Covenant,
    amendment: CovenantAmendment | None,
    kind: AmendmentKind,
    form: AmendmentForm,
    *,
    version_no: int | None,
) -> str:
    is_draft = amendment is None or amendment.status is AmendmentStatus.DRAFT
    return render_template(
        "amendments/edit.html",
        covenant=covenant,
        amendment=amendment,
        kind=AMENDMENT_LABELS[kind],
        form=form,
        version_no=version_no,
        is_draft=is_draft,
        missing=[message_of(problem) for problem in standing_errors(covenant)],
    )


def _sign_page(amendment: CovenantAmendment, form: SignAmendmentForm) -> str:
    problems = blockers(amendment, "sign", workflow=COVENANT_AMENDMENT, actor=current_person())
    # after a refused form the same reasons stand in its own summary
    missing = [] if form.is_submitted() else [message_of(problem) for problem in problems]
    return render_template(
        "amendments/sign.html",
        amendment=amendment,
        covenant=amendment.covenant,
        kind=AMENDMENT_LABELS[amendment.kind],
        changes=change_of(amendment, standing_before(amendment)),
        form=form,
        missing=missing,
    )


def _withdraw_page(amendment: CovenantAmendment, form: WithdrawAmendmentForm) -> str:
    return render_template(
        "amendments/withdraw.html",
        amendment=amendment,
        covenant=amendment.covenant,
        kind=AMENDMENT_LABELS[amendment.kind],
        form=form,
        is_draft=amendment.status is AmendmentStatus.DRAFT,
    )
