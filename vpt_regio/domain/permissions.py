"""Everything a person can be allowed to do, as ``resource:action``.

Which role has which permission, and within which scope, is decided by the policies alone.
"""

from enum import StrEnum

from vpt_regio.domain.text import N_


class Permission(StrEnum):
    PROFILE_EDIT = "profile:edit"
    PERSON_VIEW = "person:view"
    PERSON_MANAGE = "person:manage"
    MANDATE_VIEW = "mandate:view"
    MANDATE_MANAGE = "mandate:manage"
    AUDIT_VIEW = "audit:view"
    MAIL_VIEW = "mail:view"
    # The national fields of a region are for every signed-in person, its details are not.
    REGION_VIEW = "region:view"
    REGION_VIEW_DETAILS = "region:view_details"
    REGION_MANAGE = "region:manage"
    REGION_MERGE = "region:merge"
    HOLD_MANAGE = "hold:manage"
    ORGANISATION_VIEW = "organisation:view"
    ORGANISATION_MANAGE = "organisation:manage"
    PARTNER_MANAGE = "partner:manage"
    COVENANT_VIEW = "covenant:view"
    COVENANT_MANAGE = "covenant:manage"
    COVENANT_SIGN = "covenant:sign"
    COVENANT_AMEND = "covenant:amend"
    COVENANT_CLOSE = "covenant:close"
    COVENANT_TERMINATE = "covenant:terminate"
    PAYMENT_RECORD = "payment:record"
    FINAL_ACCOUNT_SUBMIT = "final_account:submit"
    FINAL_ACCOUNT_REVIEW = "final_account:review"
    ACCOUNTABILITY_RECORD = "accountability:record"
    APPOINTMENT_MANAGE = "appointment:manage"
    HOURS_BOOK = "hours:book"
    EXPENDITURE_BOOK = "expenditure:book"
    EXPENDITURE_OVERRIDE = "expenditure:override"
    ACTION_PLAN_VIEW = "action_plan:view"
    ACTION_PLAN_EDIT = "action_plan:edit"
    ACTION_PLAN_SUBMIT = "action_plan:submit"
    ACTION_PLAN_TAKE_UP = "action_plan:take_up"
    ACTION_PLAN_REVIEW = "action_plan:review"
    ACTION_PLAN_RETURN = "action_plan:return"
    ACTION_PLAN_ADOPT = "action_plan:adopt"
    ACTION_PLAN_APPROVE = "action_plan:approve"
    ACTION_PLAN_REFUSE = "action_plan:refuse"
    DECISION_REPLACE = "decision:replace"
    LETTER_MAKE = "letter:make"
    OBJECTION_RECORD = "objection:record"
    TEMPLATE_MANAGE = "template:manage"
    LIST_VIEW = "list:view"
    LIST_MANAGE = "list:manage"
    CONTRACT_VIEW = "contract:view"
    CONTRACT_EDIT = "contract:edit"
    CONTRACT_SIGN = "contract:sign"
    CONTRACT_EVALUATE = "contract:evaluate"
    TARGET_CHANGE = "target:change"
    MEASUREMENT_RECORD = "measurement:record"
    INDICATOR_VIEW = "indicator:view"
    INDICATOR_MANAGE = "indicator:manage"
    RESULT_VIEW = "result:view"
    MATURITY_VIEW = "maturity:view"
    MATURITY_RECORD = "maturity:record"
    FIGURE_VIEW = "figure:view"
    FIGURE_DEFINE = "figure:define"
    FIGURE_MANAGE = "figure:manage"
    SUBSIDY_VIEW = "subsidy:view"
    SUBSIDY_MANAGE = "subsidy:manage"
    SUBSIDY_IMPORT = "subsidy:import"
    APPLICATION_VIEW = "application:view"
    APPLICATION_WRITE = "application:write"
    APPLICATION_RECORD = "application:record"
    APPLICATION_ASSESS = "application:assess"
    APPLICATION_DECIDE = "application:decide"
    PROPOSAL_SEND_BACK = "proposal:send_back"
    PILOT_VIEW = "pilot:view"
    # What a pilot learns is for everyone, its money and its reports are not.
    PILOT_VIEW_DETAILS = "pilot:view_details"
    PILOT_MANAGE = "pilot:manage"
    PILOT_REPORT = "pilot:report"
    PILOT_PAY = "pilot:pay"
    SETTLEMENT_DECIDE = "settlement:decide"
    PILOT_REVOKE = "pilot:revoke"
    PERIOD_VIEW = "period:view"
    PERIOD_MANAGE = "period:manage"
    PERIOD_EXPORT = "period:export"
    PERIOD_FREEZE = "period:freeze"
    PERIOD_REOPEN = "period:reopen"
    PERIOD_RECONCILE = "period:reconcile"
    DEADLINE_EXTEND = "deadline:extend"
    LETTER_VIEW = "letter:view"
    LETTER_MANAGE = "letter:manage"
    LETTER_CHECK = "letter:check"
    COMMITMENT_VIEW = "commitment:view"
    COMMITMENT_MANAGE = "commitment:manage"
    ANNEX_VIEW = "annex:view"
    ANNEX_WRITE = "annex:write"
    ANNEX_SIGN_OFF = "annex:sign_off"
    REPORT_VIEW = "report:view"
    REPORT_EDIT = "report:edit"
    REPORT_SUBMIT = "report:submit"
    REPORT_RETURN = "report:return"
    REPORT_ACCEPT = "report:accept"


PERMISSION_LABELS: dict[Permission, str] = {
    Permission.PROFILE_EDIT: N_("eigen gegevens wijzigen"),
    Permission.PERSON_VIEW: N_("personen bekijken"),
    Permission.PERSON_MANAGE: N_("personen en rollen beheren"),
    Permission.MANDATE_VIEW: N_("mandaten bekijken"),
    Permission.MANDATE_MANAGE: N_("mandaten beheren"),
    Permission.AUDIT_VIEW: N_("het logboek bekijken"),
    Permission.MAIL_VIEW: N_("verzonden berichten bekijken"),
    Permission.REGION_VIEW: N_("regio's bekijken"),
    Permission.REGION_VIEW_DETAILS: N_(
        "geld, uren, opmerkingen en concepten van de regio bekijken"
    ),
    Permission.REGION_MANAGE: N_("regio's beheren"),
    Permission.REGION_MERGE: N_("regio's samenvoegen"),
    Permission.HOLD_MANAGE: N_("een regio of convenant stilzetten en weer vrijgeven"),
    Permission.ORGANISATION_VIEW: N_("organisaties bekijken"),
    Permission.ORGANISATION_MANAGE: N_("organisaties beheren"),
    Permission.PARTNER_MANAGE: N_("partners van de regio beheren"),
    Permission.COVENANT_VIEW: N_("convenanten bekijken"),
    Permission.COVENANT_MANAGE: N_("convenanten opstellen en wijzigen"),
    Permission.COVENANT_SIGN: N_("ondertekening van een convenant of wijziging vastleggen"),
    Permission.COVENANT_AMEND: N_("een wijziging van een convenant opstellen"),
    Permission.COVENANT_CLOSE: N_("een convenant afsluiten"),
    Permission.COVENANT_TERMINATE: N_("een convenant voortijdig beëindigen"),
    Permission.PAYMENT_RECORD: N_("betalingen vastleggen"),
    Permission.FINAL_ACCOUNT_SUBMIT: N_("een eindverantwoording schrijven en indienen"),
    Permission.FINAL_ACCOUNT_REVIEW: N_("een eindverantwoording beoordelen"),
    Permission.ACCOUNTABILITY_RECORD: N_("verantwoording bij de jaarrekening vastleggen"),
    Permission.APPOINTMENT_MANAGE: N_("projectleiders aanstellen"),
    Permission.HOURS_BOOK: N_("uren boeken"),
    Permission.EXPENDITURE_BOOK: N_("uitgaven boeken"),
    Permission.EXPENDITURE_OVERRIDE: N_("een uitgave boven het budget toestaan"),
    Permission.ACTION_PLAN_VIEW: N_("plannen van aanpak bekijken"),
    Permission.ACTION_PLAN_EDIT: N_("een plan van aanpak schrijven"),
    Permission.ACTION_PLAN_SUBMIT: N_("een plan van aanpak indienen"),
    Permission.ACTION_PLAN_TAKE_UP: N_("een plan van aanpak in behandeling nemen"),
    Permission.ACTION_PLAN_REVIEW: N_("een plan van aanpak beoordelen"),
    Permission.ACTION_PLAN_RETURN: N_("een plan van aanpak terugsturen"),
    Permission.ACTION_PLAN_ADOPT: N_("een plan van aanpak voorlopig vaststellen"),
    Permission.ACTION_PLAN_APPROVE: N_("een plan van aanpak goedkeuren"),
    Permission.ACTION_PLAN_REFUSE: N_("een plan van aanpak afwijzen"),
    Permission.DECISION_REPLACE: N_("een besluit vervangen"),
    Permission.LETTER_MAKE: N_("een brief van een besluit maken"),
    Permission.OBJECTION_RECORD: N_("bezwaar tegen een besluit vastleggen"),
    Permission.TEMPLATE_MANAGE: N_("sjablonen voor brieven beheren"),
    Permission.LIST_VIEW: N_("de lijsten van het programma bekijken"),
    Permission.LIST_MANAGE: N_("de lijsten van het programma beheren"),
    Permission.CONTRACT_VIEW: N_("prestatiecontracten bekijken"),
    Permission.CONTRACT_EDIT: N_("een prestatiecontract opstellen"),
    Permission.CONTRACT_SIGN: N_("handtekeningen onder een prestatiecontract vastleggen"),
    Permission.CONTRACT_EVALUATE: N_("een prestatiecontract evalueren"),
    Permission.TARGET_CHANGE: N_("een nulmeting of streefwaarde herzien"),
    Permission.MEASUREMENT_RECORD: N_("metingen vastleggen"),
    Permission.INDICATOR_VIEW: N_("indicatoren bekijken"),
    Permission.INDICATOR_MANAGE: N_("indicatoren beheren"),
    Permission.RESULT_VIEW: N_("resultaten van alle regio's bekijken"),
    Permission.MATURITY_VIEW: N_("bekijken hoe ver werkgevers zijn met de maatregelen"),
    Permission.MATURITY_RECORD: N_("vastleggen hoe ver werkgevers zijn met de maatregelen"),
    Permission.FIGURE_VIEW: N_("cijfers bekijken"),
    Permission.FIGURE_DEFINE: N_("cijferreeksen inrichten"),
    Permission.FIGURE_MANAGE: N_("cijfers en doelen van het programma beheren"),
    Permission.SUBSIDY_VIEW: N_("subsidieregelingen en rondes bekijken"),
    Permission.SUBSIDY_MANAGE: N_("subsidieregelingen en rondes beheren"),
    Permission.SUBSIDY_IMPORT: N_("eerdere subsidierondes en pilots inlezen"),
    Permission.APPLICATION_VIEW: N_("subsidieaanvragen bekijken"),
    Permission.APPLICATION_WRITE: N_("een subsidieaanvraag schrijven en indienen"),
    Permission.APPLICATION_RECORD: N_("subsidieaanvragen registreren"),
    Permission.APPLICATION_ASSESS: N_("subsidieaanvragen beoordelen en een besluit voorstellen"),
    Permission.APPLICATION_DECIDE: N_("beslissen over subsidieaanvragen"),
    Permission.PROPOSAL_SEND_BACK: N_("een voorstel voor een subsidiebesluit terugsturen"),
    Permission.PILOT_VIEW: N_("pilots bekijken"),
    Permission.PILOT_VIEW_DETAILS: N_("geld en verslagen van pilots bekijken"),
    Permission.PILOT_MANAGE: N_("pilots beheren"),
    Permission.PILOT_REPORT: N_("voortgang en eindverslag van een pilot schrijven"),
    Permission.PILOT_PAY: N_("betalingen aan pilots vastleggen"),
    Permission.SETTLEMENT_DECIDE: N_("een subsidie vaststellen"),
    Permission.PILOT_REVOKE: N_("een subsidie intrekken"),
    Permission.PERIOD_VIEW: N_("halfjaren bekijken"),
    Permission.PERIOD_MANAGE: N_("halfjaren beheren"),
    Permission.PERIOD_EXPORT: N_("het voortgangsoverzicht downloaden"),
    Permission.PERIOD_FREEZE: N_("een halfjaar vastzetten"),
    Permission.PERIOD_REOPEN: N_("een vastgezet halfjaar heropenen"),
    Permission.PERIOD_RECONCILE: N_("verschillen met de vorige brief uitleggen"),
    Permission.DEADLINE_EXTEND: N_("uitstel geven voor een rapportage"),
    Permission.LETTER_VIEW: N_("brieven aan de Tweede Kamer bekijken"),
    Permission.LETTER_MANAGE: N_("brieven aan de Tweede Kamer registreren"),
    Permission.LETTER_CHECK: N_("de cijfers in een brief controleren"),
    Permission.COMMITMENT_VIEW: N_("toezeggingen bekijken"),
    Permission.COMMITMENT_MANAGE: N_("toezeggingen beheren"),
    Permission.ANNEX_VIEW: N_("teksten voor de bijlage bekijken"),
    Permission.ANNEX_WRITE: N_("teksten voor de bijlage schrijven"),
    Permission.ANNEX_SIGN_OFF: N_("akkoord geven op de tekst van een regio"),
    Permission.REPORT_VIEW: N_("rapportages bekijken"),
    Permission.REPORT_EDIT: N_("een rapportage schrijven"),
    Permission.REPORT_SUBMIT: N_("een rapportage indienen"),
    Permission.REPORT_RETURN: N_("een rapportage terugsturen"),
    Permission.REPORT_ACCEPT: N_("een rapportage aannemen"),
}
