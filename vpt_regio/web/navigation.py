"""The menu: each entry shows only to those who may use it."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.web.authorize import may


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the menu; `blueprint` tells on which pages it is the current one."""

    text: str
    endpoint: str
    blueprint: str
    permission: Permission


ENTRIES = (
    MenuEntry(N_("Mijn werk"), "home.my_work", "home", Permission.PROFILE_EDIT),
    MenuEntry(N_("Landelijk beeld"), "regions.overview", "regions", Permission.REGION_VIEW),
    MenuEntry(N_("Convenanten"), "covenants.index", "covenants", Permission.COVENANT_VIEW),
    MenuEntry(N_("Plannen"), "action_plans.index", "action_plans", Permission.ACTION_PLAN_VIEW),
    MenuEntry(N_("Prestaties"), "contracts.index", "contracts", Permission.CONTRACT_VIEW),
    MenuEntry(N_("Subsidies"), "subsidies.index", "subsidies", Permission.SUBSIDY_VIEW),
    MenuEntry(N_("Besluiten"), "decisions.index", "decisions", Permission.ACTION_PLAN_VIEW),
    MenuEntry(N_("Halfjaren"), "periods.index", "periods", Permission.PERIOD_VIEW),
    MenuEntry(N_("Toezeggingen"), "commitments.index", "commitments", Permission.COMMITMENT_VIEW),
    MenuEntry(N_("Cijfers"), "figures.index", "figures", Permission.FIGURE_VIEW),
    MenuEntry(
        N_("Organisaties"), "organisations.index", "organisations", Permission.ORGANISATION_VIEW
    ),
    MenuEntry(N_("Personen"), "people.index", "people", Permission.PERSON_VIEW),
    MenuEntry(N_("Mandaten"), "mandates.index", "mandates", Permission.MANDATE_VIEW),
    MenuEntry(
        N_("Sjablonen"),
        "document_templates.index",
        "document_templates",
        Permission.TEMPLATE_MANAGE,
    ),
    MenuEntry(N_("Lijsten"), "lists.index", "lists", Permission.LIST_MANAGE),
    MenuEntry(N_("Logboek"), "audit.index", "audit", Permission.AUDIT_VIEW),
    MenuEntry(N_("Berichten"), "mail.index", "mail", Permission.MAIL_VIEW),
)

# blueprints whose pages stand below an entry, with the blueprint of that entry
BELOW = {
    "appointments": "regions",
    "coverage": "regions",
    "expenditures": "regions",
    "hours": "regions",
    "figure_checks": "figures",
    "figure_deliveries": "figures",
    "figure_import": "figures",
    "inventories": "regions",
    "maturity": "regions",
    "mergers": "regions",
    "oversight": "regions",
    "partners": "regions",
    "results": "regions",
    "holds": "regions",
    "amendments": "covenants",
    "covenant_closing": "covenants",
    "covenant_money": "covenants",
    "final_accounts": "covenants",
    "activities": "action_plans",
    "plan_decisions": "action_plans",
    "plan_diff": "action_plans",
    "plan_reviews": "action_plans",
    "plan_sections": "action_plans",
    "remarks": "action_plans",
    "decision_letters": "decisions",
    "objections": "decisions",
    "targets": "figures",
    "annex": "periods",
    "annex_texts": "periods",
    "agreements": "contracts",
    "indicators": "contracts",
    "measurements": "contracts",
    "revisions": "contracts",
    "contract_evaluation": "contracts",
    "contract_parties": "contracts",
    "contract_signatures": "contracts",
    "applicant_links": "subsidies",
    "application_steps": "subsidies",
    "applications": "subsidies",
    "attachments": "subsidies",
    "pilot_money": "subsidies",
    "pilot_progress": "subsidies",
    "pilot_reports": "subsidies",
    "pilots": "subsidies",
    "proposals": "subsidies",
    "recoveries": "subsidies",
    "settlements": "subsidies",
    "sittings": "subsidies",
    "subsidy_annex": "subsidies",
    "subsidy_arrangements": "subsidies",
    "subsidy_import": "subsidies",
    "subsidy_rounds": "subsidies",
    "letters": "commitments",
    "commitment_overview": "commitments",
    "board": "periods",
    "imports": "periods",
    "jobs": "home",
    "letter_checks": "periods",
    "progress_forms": "periods",
    "reconciliation": "periods",
    "reports": "periods",
    "snapshots": "periods",
    "roll_over": "periods",
    "workbooks": "periods",
}


def menu() -> list[dict[str, object]]:
    """Return the entries for the person who is signed in: label, url, current."""
    here = BELOW.get(request.blueprint or "", request.blueprint)
    return [
        {
            "label": gettext(entry.text),
            "url": url_for(entry.endpoint),
            "current": here == entry.blueprint,
        }
        for entry in ENTRIES
        if may(entry.permission)
    ]
