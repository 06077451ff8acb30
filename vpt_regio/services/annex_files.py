"""The annex as a file: of a frozen half-year from its version, before that as a draft of today."""

import hashlib
from dataclasses import replace
from datetime import datetime

from vpt_regio import clock, policies
from vpt_regio.documents.annex_content import AnnexContent, from_plain
from vpt_regio.documents.annex_template import default_annex
from vpt_regio.documents.annex_word import write_annex_word
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.half_year_codes import FILE_ENDINGS, FileKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid
from vpt_regio.models.decisions import TemplateKind
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.decision_letters import newest_template
from vpt_regio.queries.instant import one_instant
from vpt_regio.queries.snapshots import read_lines
from vpt_regio.services import audit
from vpt_regio.services.annex import read_annex
from vpt_regio.services.jobs import queue_job
from vpt_regio.workbooks.half_year_source import read_half_year

ANNEX_FILE = "annex_file"
ANNEX_KINDS = (FileKind.ANNEX_WORD, FileKind.ANNEX_PDF)
PART = "annex"


def annex_template(programme_id: int, *, sha256: str = "") -> tuple[bytes, str]:
    """Return the template in use with its hash; the one that comes along when there is none.

    With `sha256` it is the template with that hash, whatever has come into use since.
    """
    template = newest_template(TemplateKind.ANNEX, programme_id=programme_id, sha256=sha256)
    content = template.content if template else default_annex()
    return content, hashlib.sha256(content).hexdigest()


def frozen_annex(snapshot: Snapshot) -> AnnexContent | None:
    """Return the annex as it was frozen; None for a version that holds none."""
    plain = next(read_lines(snapshot, PART), None)
    return from_plain(plain) if plain else None


def draft_annex(
    period: ReportingPeriod, *, made_at: datetime, made_by: str, base_url: str
) -> AnnexContent:
    """Read the annex as it would be today; it says that it is provisional.

    Call it outside a unit of work: it ends the read transaction at hand.
    """
    with one_instant(), clock.at(made_at):
        source = read_half_year(period, made_at=made_at, made_by=made_by, base_url=base_url)
        content = read_annex(source)
    day = format_dutch_date(made_at.astimezone(clock.AMSTERDAM).date())
    return replace(content, subtitle=f"{content.subtitle} – voorlopig, stand van {day}")


def write_annex(
    content: AnnexContent, kind: FileKind, *, programme_id: int, template_sha256: str = ""
) -> tuple[bytes, str]:
    """Return the annex as a file, and the hash of its template; a PDF has none.

    `template_sha256` names the template; without it the one in use is taken.
    """
    if kind is FileKind.ANNEX_PDF:
        # the typesetter is large, which only who makes a PDF should wait for
        from vpt_regio.documents.annex_pdf import write_annex_pdf

        return write_annex_pdf(content), ""
    template, sha256 = annex_template(programme_id, sha256=template_sha256)
    return write_annex_word(content, template), sha256


def start_annex(period: ReportingPeriod, *, kind: FileKind, actor: Person) -> Job:
    """Put the draft of an annex in the queue; raises NotAllowed, WrongState or Invalid."""
    role = policies.require(actor, Permission.ANNEX_VIEW, period)
    if kind not in ANNEX_KINDS:
        raise Invalid(N_("Kies Word of PDF."), field="kind")
    parameters = {"period_id": period.id, "kind": kind.value, "made_by": ROLE_LABELS[role]}
    key = f"{ANNEX_FILE}:{period.id}:{kind}"
    job = queue_job(ANNEX_FILE, parameters, actor=actor, work_key=key)
    record_annex(period, kind, actor=actor, role=role)
    return job


def record_annex(
    period: ReportingPeriod, kind: FileKind, *, actor: Person | None, role: str = ""
) -> None:
    """Write down that an annex was made; `actor` is None for an operator's command."""
    details = {"code": period.code, "kind": kind.value}
    audit.record("period.annex_made", period, actor=actor, role=role, details=details)


def draft_name(period: ReportingPeriod, kind: FileKind) -> str:
    """Return the name under which a draft is offered."""
    return f"vpt-bijlage-{period.code}-voorlopig.{FILE_ENDINGS[kind]}"
