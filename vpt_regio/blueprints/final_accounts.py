"""The final account of a region under a covenant: write, submit, return, accept."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.covenants import FinalAccountStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.final_accounts import AccountForm, ReturnAccountForm
from vpt_regio.models.covenant_money import FinalAccount
from vpt_regio.queries.covenant_money import final_account_due, money_of
from vpt_regio.queries.final_accounts import AccountPlace, find_place
from vpt_regio.queries.history import list_history
from vpt_regio.services import final_accounts as services
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form, wants_json
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint(
    "final_accounts",
    __name__,
    url_prefix="/convenanten/<int:covenant_id>/eindverantwoording/<region_code>",
)


def load_place(covenant_id: int, region_code: str) -> AccountPlace | None:
    return find_place(covenant_id, region_code)


def load_account(covenant_id: int, region_code: str) -> FinalAccount | None:
    place = find_place(covenant_id, region_code)
    return place.account if place else None


@bp.get("")
@authorize(Permission.REGION_VIEW_DETAILS, load_place)
def show(place: AccountPlace) -> ResponseReturnValue:
    return _page(place)


@bp.post("/beginnen")
@authorize(Permission.FINAL_ACCOUNT_SUBMIT, load_place)
def start(place: AccountPlace) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.start_account(place.covenant, region=place.region, actor=current_person()),
        page=lambda: _page(place, form=form),
        success=url_for(
            "final_accounts.edit", covenant_id=place.covenant.id, region_code=place.region.code
        ),
        message=_("U kunt de eindverantwoording nu schrijven."),
    )


@bp.get("/bewerken")
@authorize(Permission.FINAL_ACCOUNT_SUBMIT, load_account)
def edit(account: FinalAccount) -> ResponseReturnValue:
    if account.status not in services.EDITABLE:
        return redirect(_url(account, "show"))
    return _edit_page(account, make_form(AccountForm, account))


@bp.post("/bewerken")
@authorize(Permission.FINAL_ACCOUNT_SUBMIT, load_account)
def save(account: FinalAccount) -> ResponseReturnValue:
    form = make_form(AccountForm, account)
    submits = request.form.get("do") == "submit" and not wants_json()

    def work() -> None:
        services.edit_account(
            account,
            results=form.results.data,
            explanation=form.explanation.data,
            actor=current_person(),
            expected_version=form.expected_version,
        )
        if submits:
            services.submit_account(account, actor=current_person())

    return handle(
        form,
        work,
        page=lambda: _edit_page(account, form),
        success=_url(account, "show"),
        message=(
            _("De eindverantwoording is ingediend.")
            if submits
            else _("De eindverantwoording is opgeslagen.")
        ),
        obj=account,
    )


@bp.post("/indienen")
@authorize(Permission.FINAL_ACCOUNT_SUBMIT, load_account)
def submit(account: FinalAccount) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.submit_account(
            account, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(_place_of(account), form=form),
        success=_url(account, "show"),
        message=_("De eindverantwoording is ingediend."),
    )


@bp.post("/intrekken")
@authorize(Permission.FINAL_ACCOUNT_SUBMIT, load_account)
def withdraw(account: FinalAccount) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.withdraw_account(
            account, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(_place_of(account), form=form),
        success=_url(account, "show"),
        message=_("De indiening is ingetrokken. U kunt de eindverantwoording weer wijzigen."),
    )


@bp.post("/terugsturen")
@authorize(Permission.FINAL_ACCOUNT_REVIEW, load_account)
def send_back(account: FinalAccount) -> ResponseReturnValue:
    form = make_form(ReturnAccountForm)
    return handle(
        form,
        lambda: services.return_account(
            account,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(_place_of(account), return_form=form),
        success=_url(account, "show"),
        message=_("De eindverantwoording is teruggestuurd."),
    )


@bp.post("/aannemen")
@authorize(Permission.FINAL_ACCOUNT_REVIEW, load_account)
def accept(account: FinalAccount) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: services.accept_account(
            account, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(_place_of(account), form=form),
        success=_url(account, "show"),
        message=_("De eindverantwoording is aangenomen."),
    )


def _place_of(account: FinalAccount) -> AccountPlace:
    return AccountPlace(account.covenant, account.region, account)


def _url(account: FinalAccount, view: str) -> str:
    return url_for(
        f"final_accounts.{view}",
        covenant_id=account.covenant_id,
        region_code=account.region.code,
    )


def _edit_page(account: FinalAccount, form: AccountForm) -> str:
    return render_template(
        "final_accounts/edit.html",
        account=account,
        covenant=account.covenant,
        region=account.region,
        form=form,
        position=services.position_of(account),
    )


def _page(
    place: AccountPlace,
    *,
    form: AppForm | None = None,
    return_form: ReturnAccountForm | None = None,
) -> str:
    account = place.account
    is_writing = account is not None and account.status in services.EDITABLE
    gaps = services.gaps_of(account) if account is not None and is_writing else []
    problems = [] if account else services.start_problems(place.covenant)
    return render_template(
        "final_accounts/show.html",
        covenant=place.covenant,
        region=place.region,
        place=place,
        account=account,
        form=form or make_form(AppForm, account),
        return_form=return_form or make_form(ReturnAccountForm, account),
        due_on=final_account_due(place.covenant),
        position=money_of(place.covenant).regions[place.region.id],
        is_writing=is_writing,
        is_submitted=account is not None and account.status is FinalAccountStatus.SUBMITTED,
        gaps=[message_of(gap) for gap in gaps],
        problems=[message_of(problem) for problem in problems],
        entries=in_words(list_history(account)) if account else [],
    )
