"""The templates of letters: each new one is tested first; the old ones stay."""

import hashlib

from vpt_regio.documents.template_taken import template_problems
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.decisions import TEMPLATE_LABELS, DocumentTemplate, TemplateKind
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.policies import require
from vpt_regio.services import audit

LONGEST_NAME = 200


def check_template(content: bytes, kind: str = "") -> list[DomainError]:
    """Return every reason why a file cannot be a template of a kind.

    It is done before the write door opens.
    """
    if not content:
        return [Invalid(N_("Kies een bestand."), field="file")]
    return template_problems(content, is_annex=kind == TemplateKind.ANNEX)


def upload_template(
    programme: Programme,
    *,
    kind: TemplateKind,
    name: str,
    content: bytes,
    problems: list[DomainError],
    actor: Person,
) -> DocumentTemplate:
    """Use a Word document for the letters of a kind of decision, or the annex, from now on.

    `problems` are those that `check_template` found; with any of them nothing is stored.
    """
    role = require(actor, Permission.TEMPLATE_MANAGE, programme)
    raise_all(problems)
    template = DocumentTemplate(
        programme_id=programme.id,
        kind=kind,
        name=file_name_of(name, most=LONGEST_NAME, otherwise="sjabloon.docx"),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
    )
    db.session.add(template)
    details = {
        "name": template.name,
        "kind": TEMPLATE_LABELS[kind],
        "sha256": template.sha256,
    }
    audit.record("document_template.uploaded", template, actor=actor, role=role, details=details)
    return template
