"""One text of the annex: its words, its versions, and the agreement of the account manager."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.half_year_codes import AnnexChapter
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.annex import AnnexTextForm, DepartmentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.annex_texts import AnnexText
from vpt_regio.queries.annex_texts import get_text
from vpt_regio.queries.history import list_history
from vpt_regio.services import annex_texts as services
from vpt_regio.web import annex_pages as pages
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.plan_diff import word_diff_of
from vpt_regio.web.session import current_person

bp = Blueprint("annex_texts", __name__)

ADDRESS = "/halfjaren/<code>/bijlage/teksten/<int:text_id>"


def load_text(code: str, text_id: int) -> AnnexText | None:
    text = get_text(text_id)
    return text if text is not None and text.period.code == code else None


@bp.get(ADDRESS)
@authorize(Permission.ANNEX_VIEW, load_text)
def show(text: AnnexText) -> ResponseReturnValue:
    return _page(text, make_form(AppForm, text))


@bp.get(f"{ADDRESS}/bewerken")
@authorize(Permission.ANNEX_WRITE, load_text)
def edit(text: AnnexText) -> ResponseReturnValue:
    return _edit_page(text, make_form(AnnexTextForm, text))


@bp.post(f"{ADDRESS}/bewerken")
@authorize(Permission.ANNEX_WRITE, load_text)
def save(text: AnnexText) -> ResponseReturnValue:
    form = make_form(AnnexTextForm, text)
    return handle(
        form,
        lambda: services.write(
            text,
            body=form.body.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(text, form),
        success=pages.address_of(text),
        message=_("De tekst is opgeslagen."),
        obj=text,
    )


@bp.post(f"{ADDRESS}/akkoord")
@authorize(Permission.ANNEX_SIGN_OFF, load_text)
def sign_off(text: AnnexText) -> ResponseReturnValue:
    return _step(text, services.sign_off, _("U bent akkoord met de tekst."))


@bp.post(f"{ADDRESS}/gezien")
@authorize(Permission.ANNEX_SIGN_OFF, load_text)
def mark_seen(text: AnnexText) -> ResponseReturnValue:
    return _step(text, services.mark_seen, _("U hebt de wijziging gezien."))


@bp.get(f"{ADDRESS}/naam")
@authorize(Permission.ANNEX_WRITE, load_text)
def name(text: AnnexText) -> ResponseReturnValue:
    return _name_page(text, make_form(DepartmentForm, text, data={"name": text.department}))


@bp.post(f"{ADDRESS}/naam")
@authorize(Permission.ANNEX_WRITE, load_text)
def rename(text: AnnexText) -> ResponseReturnValue:
    form = make_form(DepartmentForm, text)
    return handle(
        form,
        lambda: services.rename_department(
            text,
            name=form.name.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _name_page(text, form),
        success=pages.address_of(text),
        message=_("De naam is gewijzigd."),
    )


@bp.post(f"{ADDRESS}/omhoog")
@authorize(Permission.ANNEX_WRITE, load_text)
def move_up(text: AnnexText) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.move_department_up(text, actor=current_person()),
        page=lambda: _page(text, form),
        success=url_for("annex.index", code=text.period.code),
        message=_("Het ministerie staat een plaats hoger."),
    )


def _step(text: AnnexText, work: Callable[..., Any], message: str) -> ResponseReturnValue:
    form = make_form(AppForm, text)
    return handle(
        form,
        lambda: work(text, actor=current_person(), expected_version=form.expected_version),
        page=lambda: _page(text, form),
        success=pages.address_of(text),
        message=message,
        obj=text,
    )


def _page(text: AnnexText, form: AppForm) -> str:
    asked = number_asked("versie")
    number = asked if text.words_of(asked) else None
    signed = text.words_of(text.signed_off_no)
    is_changed = bool(text.signed_off_no) and not text.is_signed_off
    return render_template(
        "annex/text.html",
        text=text,
        form=form,
        title=pages.name_of(text),
        standing=pages.standing_of(text),
        shown_no=number,
        changes=word_diff_of(text.words_of(number - 1), text.words_of(number)) if number else None,
        since_agreed=word_diff_of(signed, text.body) if is_changed else None,
        is_unseen=is_changed and text.seen_no != text.latest_no,
        versions=pages.version_rows(text),
        entries=in_words(list_history(text)),
        is_department=text.chapter is AnnexChapter.DEPARTMENT,
        may_change=services.can_write_now(text),
    )


def _edit_page(text: AnnexText, form: AnnexTextForm) -> str:
    return render_template("annex/edit.html", text=text, form=form, title=pages.name_of(text))


def _name_page(text: AnnexText, form: DepartmentForm) -> str:
    return render_template("annex/department.html", period=text.period, form=form, text=text)
