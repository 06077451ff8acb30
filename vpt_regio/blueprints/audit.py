"""The audit record: what happened, by whom, and whether the chain is whole."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.forms.people import AuditFilterForm
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person, SignInAttempt
from vpt_regio.queries.audit import AuditFilter, get_last_entry, list_entries
from vpt_regio.queries.people import list_persons_by_name, list_region_choices
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.audit import verify
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import moment
from vpt_regio.web.history import sentence
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("audit", __name__)

# the part of an action before its dot → what people call it
KINDS = {
    "person": N_("Personen en toegang"),
    "mandate": N_("Mandaten"),
    "programme": N_("Programma"),
    "region": N_("Regio's"),
    "organisation": N_("Organisaties"),
    "partner": N_("Partners"),
    "maturity": N_("Niveaus van maatregelen"),
    "inventory": N_("Inventarisaties"),
    "covenant": N_("Convenanten"),
    "appointment": N_("Aanstellingen"),
    "hours": N_("Uren"),
    "expenditure": N_("Uitgaven"),
    "action_plan": N_("Plannen"),
    "decision": N_("Besluiten"),
    "objection": N_("Bezwaren"),
    "document_template": N_("Sjablonen"),
    "subsidy_scheme": N_("Subsidieregelingen"),
    "subsidy_round": N_("Subsidierondes"),
    "subsidy_arrangement": N_("Grenzen van arrangementen"),
    "subsidy_application": N_("Subsidieaanvragen"),
    "subsidy_proposal": N_("Voorstellen voor subsidiebesluiten"),
    "attachment": N_("Documenten bij subsidies"),
    "pilot": N_("Pilots"),
    "pilot_final_report": N_("Eindverslagen van pilots"),
    "recovery": N_("Terugvorderingen"),
    "period": N_("Halfjaren"),
    "report": N_("Rapportages"),
    "figure_set": N_("Cijfers"),
}


@bp.get("/beheer/logboek")
@authorize(Permission.AUDIT_VIEW)
def index() -> ResponseReturnValue:
    people = {person.id: person.name for person in list_persons_by_name()}
    form = _filter_form(people)
    is_valid = form.validate()
    page = list_entries(current_person(), _wanted(form) if is_valid else AuditFilter())
    older = None
    if page.next_before is not None:
        older = same_page("audit.index", voor=str(page.next_before))
    rendered = render_template(
        "audit/index.html",
        form=form,
        rows=[_row(entry, people) for entry in page.entries],
        older=older,
        last=get_last_entry(),
    )
    return rendered, 200 if is_valid else 422


@bp.post("/beheer/logboek/controle")
@authorize(Permission.AUDIT_VIEW)
def check_chain() -> ResponseReturnValue:
    broken = verify(db.session())
    if broken is None:
        flash(_("Het logboek klopt: er is niets gewijzigd of verdwenen."), "ok")
    else:
        text = _(
            "Het logboek klopt niet vanaf nummer %(seq)s. Waarschuw de functioneel beheerder.",
            seq=broken.seq,
        )
        flash(text, "error")
    return redirect(url_for("audit.index"), 303)


def _filter_form(people: dict[int, str]) -> AuditFilterForm:
    form = AuditFilterForm(formdata=request.args)
    regions = [(region.id, region.name) for region in list_region_choices(get_programme())]
    kinds = [(kind, label(text)) for kind, text in KINDS.items()]
    form.persoon.choices = [("", _("Iedereen")), *people.items()]
    form.regio.choices = [("", _("Alle regio's")), *regions]
    form.soort.choices = [("", _("Alles")), *kinds]
    return form


def _wanted(form: AuditFilterForm) -> AuditFilter:
    return AuditFilter(
        person_id=form.persoon.data,
        region_id=form.regio.data,
        kind=form.soort.data or "",
        from_day=form.vanaf.data,
        until_day=form.tot_en_met.data,
        before_seq=number_asked("voor"),
    )


def _row(entry: AuditEntry, people: dict[int, str]) -> list[str | int | None]:
    region = entry.region.name if entry.region else ""
    details = entry.detail.details if entry.detail else {}
    note = details.get("note") or details.get("remark") or ""
    about = _about(entry, people)
    return [entry.seq, moment(entry.at), sentence(entry), about, region, note]


def _about(entry: AuditEntry, people: dict[int, str]) -> str:
    """Return what an entry is about: somebody by name, anything else by its kind and number."""
    if entry.subject_type == Person.__tablename__:
        return people.get(int(entry.subject_id), "")
    if entry.subject_type == SignInAttempt.__tablename__:
        return _("onbekend account")
    kind = entry.action.partition(".")[0]
    return f"{label(KINDS[kind])} {entry.subject_id}" if kind in KINDS else entry.subject_id
