"""The templates of letters: which one is used, and a new one in its place."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.documents.annex_template import ANNEX_FIELD_LABELS, ANNEX_REQUIRED, default_annex
from vpt_regio.documents.annex_template import NAME as ANNEX_NAME
from vpt_regio.documents.default_template import NAME, default_template
from vpt_regio.documents.fields import FIELD_LABELS, REQUIRED
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.decisions import TemplateForm
from vpt_regio.models.decisions import TEMPLATE_LABELS, DocumentTemplate, TemplateKind
from vpt_regio.queries.decision_letters import get_template, list_templates
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.document_templates import check_template, upload_template
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.mime_types import WORD
from vpt_regio.web.session import current_person

bp = Blueprint("document_templates", __name__)


def load_template(template_id: int) -> DocumentTemplate | None:
    return get_template(template_id)


@bp.get("/beheer/sjablonen")
@authorize(Permission.TEMPLATE_MANAGE)
def index() -> ResponseReturnValue:
    return _page(_form())


@bp.post("/beheer/sjablonen")
@authorize(Permission.TEMPLATE_MANAGE)
def upload() -> ResponseReturnValue:
    form = _form()
    file = form.file.data = request.files.get("file")
    content = file.read() if file else b""
    # reading a document may take a while, so it is done before others have to wait
    problems = check_template(content, form.kind.data or "")
    return handle(
        form,
        lambda: upload_template(
            get_programme(),
            kind=TemplateKind(form.kind.data),
            name=(file.filename or "") if file else "",
            content=content,
            problems=problems,
            actor=current_person(),
        ),
        page=lambda: _page(form),
        success=url_for("document_templates.index"),
        message=_("Het sjabloon is geplaatst. Nieuwe documenten worden ermee gemaakt."),
    )


@bp.get("/beheer/sjablonen/standaard/bestand")
@authorize(Permission.TEMPLATE_MANAGE)
def download_default() -> ResponseReturnValue:
    kind = request.args.get("besluit", "")
    if kind == TemplateKind.ANNEX:
        return _file(default_annex(), ANNEX_NAME)
    return _file(default_template(kind), NAME)


@bp.get("/beheer/sjablonen/<int:template_id>/bestand")
@authorize(Permission.TEMPLATE_MANAGE, load_template)
def download(template: DocumentTemplate) -> ResponseReturnValue:
    return _file(template.content, f"sjabloon-{template.id}.docx")


def _file(content: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), mimetype=WORD, as_attachment=True, download_name=name)


def _form() -> TemplateForm:
    kinds = [(kind, label(text)) for kind, text in TEMPLATE_LABELS.items()]
    return make_form(TemplateForm, choices={"kind": [("", _("Kies waarvoor het is")), *kinds]})


def _page(form: TemplateForm) -> str:
    templates = list_templates(programme_id=get_programme().id)
    newest: dict[TemplateKind, DocumentTemplate] = {}
    for template in templates:
        newest.setdefault(template.kind, template)
    return render_template(
        "document_templates/index.html",
        form=form,
        kinds=list(TemplateKind),
        newest=newest,
        earlier=[one for one in templates if newest[one.kind] is not one],
        kind_labels=TEMPLATE_LABELS,
        field_labels={**FIELD_LABELS, **ANNEX_FIELD_LABELS},
        required=(*REQUIRED, *ANNEX_REQUIRED),
    )
