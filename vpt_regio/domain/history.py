"""What each recorded action reads like: one Dutch sentence an action, for the history of a record.

`{actor}` is who did it; other names in braces come from the particulars of the entry. Steps of a
life cycle bring their own sentence (`Transition.done`).
"""

from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows import ALL

SENTENCES: dict[str, str] = {
    # people and access
    "person.created": N_("{actor} heeft deze persoon toegevoegd."),
    "person.changed": N_("{actor} heeft de gegevens van deze persoon gewijzigd."),
    "person.deactivated": N_("{actor} heeft dit account gesloten: {reason}"),
    "person.reactivated": N_("{actor} heeft dit account weer geopend: {reason}"),
    "person.role_given": N_("{actor} heeft een rol gegeven: {role}."),
    "person.role_ended": N_("{actor} heeft een rol beëindigd: {role}."),
    "person.regional_role_given": N_("{actor} heeft een rol gegeven: {role} in {region}."),
    "person.regional_role_ended": N_("{actor} heeft een rol beëindigd: {role} in {region}."),
    "person.link_made": N_("{actor} heeft een eenmalige link gemaakt."),
    "person.link_requested": N_("Er is een eenmalige link aangevraagd voor dit account."),
    "person.password_changed": N_("{actor} heeft het wachtwoord gewijzigd."),
    "person.signed_in": N_("{actor} is ingelogd."),
    "person.signed_out": N_("{actor} is uitgelogd."),
    "person.sessions_ended": N_("{actor} heeft deze persoon overal uitgelogd."),
    "person.sign_in_refused": N_("Een poging om in te loggen is geweigerd."),
    "mandate.given": N_("{actor} heeft een mandaat van {person} vastgelegd: {permission}."),
    "mandate.ended": N_("{actor} heeft een mandaat van {person} beëindigd: {permission}."),
    "mandate.sub_given": N_(
        "{actor} heeft een ondermandaat van {person} vastgelegd, onder dat van {of}: {permission}."
    ),
    "mandate.stand_in_arranged": N_(
        "{actor} heeft vastgelegd dat {person} waarneemt voor {of}: {permission}."
    ),
    # targets of the programme
    "target.added": N_("{actor} heeft het doel toegevoegd: {name}"),
    "target.changed": N_("{actor} heeft het doel gewijzigd: {name}"),
    "target.removed": N_("{actor} heeft het doel verwijderd: {name}"),
    # the programme
    "programme.created": N_("{actor} heeft het programma toegevoegd: {name}"),
    "programme.entry_added": N_("{actor} heeft {code} aan een lijst toegevoegd: {name}"),
    "programme.entry_corrected": N_(
        "{actor} heeft de tekst van {code} in versie {list_version} verbeterd: {reason}"
    ),
    "programme.list_started": N_(
        "{actor} heeft versie {list_version} van een lijst gemaakt, die geldt vanaf {starts_on}."
    ),
    "programme.subsidies_imported": N_(
        "{actor} heeft eerdere subsidies ingelezen uit {file}: {rounds} rondes en"
        " {applications} aanvragen."
    ),
    # regions and organisations
    "region.created": N_("{actor} heeft de regio toegevoegd."),
    "region.changed": N_("{actor} heeft de regio gewijzigd."),
    "region.merged": N_("{actor} heeft overgenomen dat de regio is opgegaan in {successor}."),
    "region.merger_received": N_("{actor} heeft overgenomen dat {regions} in deze regio opgaan."),
    "region.merged_into_this": N_(
        "{actor} heeft vastgelegd dat {regions} in deze regio opgaan ({merged})."
    ),
    "region.merger_undone": N_(
        "{actor} heeft de samenvoeging van {regions} in deze regio ongedaan gemaakt."
    ),
    "organisation.created": N_("{actor} heeft de organisatie toegevoegd."),
    "organisation.changed": N_("{actor} heeft de organisatie gewijzigd."),
    "partner.joined": N_("{actor} heeft {organisation} als partner toegevoegd."),
    "partner.changed": N_("{actor} heeft de gegevens van partner {organisation} gewijzigd."),
    "partner.left": N_("{actor} heeft vastgelegd dat {organisation} geen partner meer is."),
    # how far employers are with the measures
    "maturity.recorded": N_(
        "{actor} heeft vastgelegd hoe ver {organisation} is met de maatregelen."
        " Aantal beoordelingen: {count}."
    ),
    "inventory.created": N_("{actor} heeft inventarisatie {name} toegevoegd."),
    "inventory.changed": N_("{actor} heeft inventarisatie {name} gewijzigd."),
    "inventory.finding_added": N_("{actor} heeft een bevinding toegevoegd bij {name}."),
    "inventory.finding_changed": N_("{actor} heeft een bevinding gewijzigd bij {name}."),
    "inventory.finding_removed": N_("{actor} heeft een bevinding verwijderd bij {name}: {body}"),
    # covenants, hours and money
    "covenant.created": N_("{actor} heeft het convenant opgesteld."),
    "covenant.changed": N_("{actor} heeft het concept-convenant gewijzigd."),
    "covenant.imported": N_("{actor} heeft dit convenant uit eerdere stukken overgenomen."),
    "covenant.amendment_imported": N_(
        "{actor} heeft een wijziging uit eerdere stukken overgenomen."
    ),
    "covenant.amendment_drafted": N_(
        "{actor} heeft een wijziging van het convenant opgesteld: {kind}."
    ),
    "covenant.amendment_changed": N_("{actor} heeft het concept van de wijziging aangepast."),
    "covenant.funding_recorded": N_(
        "{actor} heeft vastgelegd hoe het geld wordt verstrekt: {funding}."
    ),
    "appointment.made": N_("{actor} heeft {person} aangesteld als projectleider."),
    "appointment.changed": N_("{actor} heeft de aanstelling van {person} gewijzigd."),
    "hours.booked": N_("{actor} heeft {hours} uur geboekt in week {week}."),
    "hours.corrected": N_(
        "{actor} heeft de uren van week {week} gecorrigeerd van {before} naar {hours}."
        " Het verschil telt mee op {day}."
    ),
    "hours.changed": N_(
        "{actor} heeft de uren van week {week} gewijzigd van {before} naar {hours}."
    ),
    "hours.withdrawn": N_("{actor} heeft de {hours} uur van week {week} weggehaald."),
    "expenditure.booked": N_("{actor} heeft een uitgave van {amount} geboekt: {description}"),
    "expenditure.corrected": N_("{actor} heeft een uitgave gecorrigeerd met {amount}: {reason}"),
    # the money of a covenant to its end
    "payment.recorded": N_("{actor} heeft een betaling van {amount} op {day} vastgelegd."),
    "payment.corrected": N_("{actor} heeft een betaling gecorrigeerd met {amount}: {reason}"),
    "final_account.started": N_("{actor} is begonnen aan de eindverantwoording."),
    "final_account.changed": N_("{actor} heeft de eindverantwoording bewerkt."),
    "accountability.recorded": N_(
        "{actor} heeft vastgelegd dat {region} het jaar {year} heeft verantwoord: {reference}"
    ),
    # holds
    "hold.placed": N_("{actor} heeft dit stilgezet vanaf {day}."),
    "hold.placed_until": N_("{actor} heeft dit stilgezet van {day} tot en met {until}."),
    "hold.lifted": N_("{actor} heeft dit weer vrijgegeven. Het stond stil vanaf {day}."),
    # action plans
    "action_plan.started": N_("{actor} is begonnen aan versie {version_no} van het plan."),
    "action_plan.imported": N_(
        "{actor} heeft dit plan als goedgekeurd overgenomen uit eerdere stukken."
    ),
    "action_plan.section_changed": N_("{actor} heeft het onderdeel {section} bewerkt."),
    "action_plan.activity_added": N_("{actor} heeft activiteit {number} toegevoegd: {title}"),
    "action_plan.activity_changed": N_("{actor} heeft activiteit {number} gewijzigd: {title}"),
    "action_plan.activity_removed": N_("{actor} heeft activiteit {number} verwijderd: {title}"),
    "action_plan.budget_changed": N_("{actor} heeft de begroting gewijzigd."),
    "action_plan.measure_exempted": N_(
        "{actor} heeft maatregel {measure} buiten het plan gelaten."
    ),
    "action_plan.exemption_withdrawn": N_(
        "{actor} heeft maatregel {measure} weer in het plan opgenomen."
    ),
    "action_plan.remark_made": N_("{actor} heeft een opmerking gemaakt bij {section}."),
    "action_plan.remark_withdrawn": N_("{actor} heeft een opmerking ingetrokken bij {section}."),
    "action_plan.exemption_judged": N_(
        "{actor} heeft beoordeeld dat maatregel {measure} buiten het plan blijft."
    ),
    "action_plan.duties_scored": N_(
        "{actor} heeft de aandachtspunten van het toezicht beoordeeld."
    ),
    "action_plan.sufficiency_checked": N_("{actor} heeft getoetst of het geld toereikend is."),
    "decision.requested": N_(
        "{actor} heeft een mandaathouder gevraagd om te besluiten: {permission}."
    ),
    "decision.request_returned": N_("{actor} heeft het verzoek om te besluiten teruggestuurd."),
    "decision.replaced": N_(
        "{actor} heeft besluit {reference} vervangen door besluit {new_reference}: {reason}"
    ),
    "decision.letter_made": N_("De brief van besluit {reference} is gemaakt."),
    "objection.recorded": N_(
        "{actor} heeft bezwaar van {objector} tegen besluit {reference} vastgelegd."
    ),
    "objection.extended": N_(
        "{actor} heeft de termijn verlengd tot en met {extended_to}: {reason}"
    ),
    "objection.settled": N_("{actor} heeft de uitkomst van het bezwaar vastgelegd: {outcome}."),
    "document_template.uploaded": N_("{actor} heeft een sjabloon geplaatst: {name}"),
    # figures of the programme
    "figure_set.created": N_("{actor} heeft de cijferreeks toegevoegd: {title}"),
    "figure_set.changed": N_("{actor} heeft de inrichting van de cijferreeks gewijzigd."),
    "figure_set.retired": N_("{actor} heeft de cijferreeks gestopt."),
    "figure_set.taken_up": N_("{actor} heeft de cijferreeks weer geopend."),
    "figure_set.delivered": N_(
        "{actor} heeft levering {number} vastgelegd: {figures} nieuwe cijfers,"
        " waarvan {revised} herzien."
    ),
    "figure_set.claim_added": N_("{actor} heeft een uitspraak toegevoegd: {subject}"),
    "figure_set.claim_changed": N_("{actor} heeft een uitspraak gewijzigd: {subject}"),
    "figure_set.claim_removed": N_("{actor} heeft een uitspraak verwijderd: {subject}"),
    # applicants
    "subsidy_application.link_made": N_(
        "{actor} heeft de aanvrager een link gestuurd, die werkt tot {until}."
    ),
    "subsidy_application.link_ended": N_(
        "{actor} heeft de link van de aanvrager beëindigd: {reason}"
    ),
    # pilots
    "pilot.awarded": N_("{actor} heeft de pilot vastgelegd met een subsidie van {amount}."),
    "pilot.grant_changed": N_("{actor} heeft de subsidie van de pilot bepaald op {amount}."),
    "pilot.started": N_("{actor} heeft de pilot zonder subsidie vastgelegd."),
    "pilot.imported": N_("{actor} heeft deze pilot uit eerdere stukken overgenomen."),
    "pilot.changed": N_("{actor} heeft de gegevens van de pilot gewijzigd."),
    "pilot.outcome_recorded": N_("{actor} heeft de uitkomst vastgelegd: {outcome}. {reason}"),
    "pilot.instalments_planned": N_("{actor} heeft de termijnen gepland, samen {amount}."),
    "pilot.paid": N_("{actor} heeft een betaling van {amount} op {day} vastgelegd."),
    "pilot.payment_corrected": N_("{actor} heeft een betaling gecorrigeerd met {amount}: {reason}"),
    "pilot.progress_recorded": N_("{actor} heeft de voortgang in {period} vastgelegd."),
    "pilot.progress_revised": N_("{actor} heeft de voortgang in {period} herzien: {reason}"),
    "pilot.notice_given": N_("{actor} heeft een verandering gemeld: {explanation}"),
    "pilot.notice_answered": N_("{actor} heeft op een melding geantwoord: {answer}"),
    "pilot_final_report.written": N_("{actor} heeft het eindverslag bewerkt."),
    # settlement and recovery
    "subsidy_proposal.settlement": N_("{actor} heeft voorgesteld de subsidie vast te stellen."),
    "subsidy_proposal.revocation": N_("{actor} heeft voorgesteld de subsidie in te trekken."),
    "recovery.demanded": N_(
        "{actor} heeft {amount} teruggevorderd na besluit {reference}, te betalen tot en met"
        " {due_on}."
    ),
    "recovery.cancelled": N_("{actor} heeft de terugvordering laten vervallen: {reason}"),
    "recovery.received": N_(
        "{actor} heeft vastgelegd dat {amount} is terugontvangen op {day}: {reference}"
    ),
    # subsidy schemes and rounds
    "subsidy_scheme.created": N_("{actor} heeft de regeling toegevoegd."),
    "subsidy_scheme.imported": N_("{actor} heeft de regeling uit een bron overgenomen: {source}"),
    "subsidy_scheme.changed": N_("{actor} heeft de regeling gewijzigd."),
    "subsidy_scheme.count_added": N_(
        "{actor} heeft een aantal uit een bron toegevoegd: {number} {what} in {years}."
    ),
    "subsidy_round.created": N_("{actor} heeft de ronde gepland."),
    "subsidy_round.changed": N_("{actor} heeft de ronde gewijzigd."),
    "subsidy_round.imported": N_("{actor} heeft de ronde uit een bron overgenomen: {source}"),
    "subsidy_round.declared": N_(
        "{actor} heeft vastgelegd welke aantallen een bron noemt: {source}"
    ),
    "subsidy_arrangement.set": N_(
        "{actor} heeft nieuwe grenzen voor de arrangementen vastgelegd, vanaf {holds_from}."
    ),
    # letters to the House
    "letter.registered": N_("{actor} heeft de brief met kenmerk {reference} geregistreerd."),
    "letter.changed": N_("{actor} heeft de gegevens van de brief gewijzigd."),
    "letter.published": N_(
        "{actor} heeft vastgelegd dat de brief is gepubliceerd: dossier {dossier}, nr. {number}."
    ),
    "letter.unpublished": N_("{actor} heeft dossier {dossier}, nr. {number} weggehaald: {reason}"),
    "letter.cites": N_("{actor} heeft de brief versie {version} van het halfjaar laten noemen."),
    # commitments to the House
    "commitment.recorded": N_("{actor} heeft de toezegging vastgelegd."),
    "commitment.changed": N_("{actor} heeft de gegevens van de toezegging gewijzigd."),
    "commitment.letter_added": N_(
        "{actor} heeft vastgelegd dat een brief over de voortgang ging: kenmerk {reference}."
    ),
    # proposals for decisions on subsidies
    "subsidy_application.proposed": N_("{actor} heeft een besluit voorgesteld: {kind}."),
    # applications
    "subsidy_application.created": N_("{actor} heeft aanvraag {number} aangemaakt."),
    "subsidy_application.changed": N_("{actor} heeft de aanvraag gewijzigd."),
    "subsidy_application.extended": N_(
        "{actor} heeft de aanvrager laten weten dat uiterlijk op {until} wordt beslist."
    ),
    "subsidy_application.imported": N_(
        "{actor} heeft de aanvraag overgenomen uit een bron, met de uitkomst: {outcome}."
    ),
    "attachment.added": N_("{actor} heeft een document toegevoegd: {name}"),
    "attachment.removed": N_("{actor} heeft een document weggehaald: {name}"),
    # half-years
    "period.created": N_("{actor} heeft het halfjaar aangemaakt."),
    "period.changed": N_("{actor} heeft het halfjaar gewijzigd."),
    "period.deadline_changed": N_("{actor} heeft een deadline verzet naar {due_on}."),
    "period.frozen": N_(
        "{actor} heeft versie {version} van het halfjaar vastgelegd (SHA-256 {sha256})."
    ),
    "reopening.decided": N_("{actor} heeft een heropening vastgelegd: {reference}."),
    "reopening.ended": N_("{actor} heeft heropening {reference} beëindigd."),
    "period.reopened": N_("{actor} heeft {what} heropend tot en met {expires_on}: {reference}."),
    "period.reopening_ended": N_("{actor} heeft heropening {reference} beëindigd."),
    "period.rolled_over": N_("{actor} heeft dit halfjaar laten volgen op {before}."),
    "period.extended": N_("{actor} heeft regio {region} uitstel gegeven tot en met {day}."),
    "period.extension_withdrawn": N_("{actor} heeft het uitstel van regio {region} ingetrokken."),
    "period.missing_explained": N_(
        "{actor} heeft uitgelegd waarom de rapportage van regio {region} ontbreekt."
    ),
    "period.explanation_withdrawn": N_(
        "{actor} heeft de uitleg over de rapportage van regio {region} laten vervallen."
    ),
    "period.difference_explained": N_(
        "{actor} heeft het verschil met de vorige brief uitgelegd: {figure}, regio {region}."
    ),
    "period.exported": N_("{actor} heeft het werkboek gemaakt."),
    # progress forms
    "period.form_downloaded": N_("{actor} heeft het formulier van regio {region} gedownload."),
    "period.forms_downloaded": N_("{actor} heeft de formulieren van alle regio’s gedownload."),
    "report.started": N_("{actor} is begonnen aan de rapportage."),
    "report.start_withdrawn": N_("{actor} heeft de lege rapportage over {period} weer weggehaald."),
    "report.changed": N_("{actor} heeft de rapportage bewerkt."),
    # the annex of a half-year
    "period.annex_started": N_("{actor} heeft {count} teksten voor de bijlage klaargezet."),
    "period.annex_made": N_("{actor} heeft de bijlage gemaakt."),
    "annex_text.added": N_("{actor} heeft een bijdrage van {name} toegevoegd."),
    "annex_text.renamed": N_("{actor} heeft de naam {before} veranderd in {name}."),
    "annex_text.moved": N_("{actor} heeft {name} een plaats naar voren gezet."),
    "annex_text.written": N_("{actor} heeft versie {version} van de tekst geschreven."),
    "annex_text.signed_off": N_("{actor} is akkoord met de tekst (versie {version})."),
    "annex_text.seen": N_("{actor} heeft de wijziging van de tekst gezien."),
    # the figure check of a letter
    "letter_check.started": N_("{actor} heeft de cijfers in de brief {name} laten controleren."),
    # performance contracts
    "contract.created": N_("{actor} heeft prestatiecontract {number} opgesteld: {title}"),
    "contract.changed": N_("{actor} heeft het concept van het prestatiecontract gewijzigd."),
    "contract.parties_changed": N_(
        "{actor} heeft de partijen van het prestatiecontract vastgelegd: {parties}."
    ),
    "contract.signed": N_(
        "{actor} heeft vastgelegd dat {signatory} op {day} namens {party} heeft getekend."
    ),
    "contract.signature_withdrawn": N_(
        "{actor} heeft de handtekening van {party} ingetrokken: die was verkeerd vastgelegd."
    ),
    "contract.agreement_added": N_("{actor} heeft afspraak {number} toegevoegd."),
    "contract.agreement_removed": N_("{actor} heeft afspraak {number} verwijderd: {statement}"),
    "agreement.created": N_("{actor} heeft deze afspraak opgesteld."),
    "agreement.changed": N_("{actor} heeft het concept van deze afspraak gewijzigd."),
    "agreement.baseline_changed": N_(
        "{actor} heeft de nulmeting gewijzigd. De nieuwe waarde geldt vanaf {holds_from}."
    ),
    "agreement.target_changed": N_(
        "{actor} heeft de streefwaarde gewijzigd. De nieuwe waarde geldt vanaf {holds_from}."
    ),
    "agreement.measured": N_("{actor} heeft de meting van {cutoff_on} vastgelegd."),
    "agreement.not_measured": N_("{actor} heeft vastgelegd dat er op {cutoff_on} niet is gemeten."),
    "agreement.measurement_corrected": N_(
        "{actor} heeft de meting van {cutoff_on} verbeterd. De eerdere waarde blijft zichtbaar."
    ),
    "indicator.created": N_("{actor} heeft indicator {name} toegevoegd."),
    "indicator.changed": N_("{actor} heeft de indicator gewijzigd."),
    "indicator.retired": N_("{actor} heeft de indicator laten vervallen."),
    "indicator.reused": N_("{actor} heeft de indicator weer in gebruik genomen."),
    "report.duties_scored": N_(
        "{actor} heeft bij de rapportage de aandachtspunten van het toezicht beoordeeld."
    ),
    # forms that came back
    "import.received": N_("{actor} heeft het formulier {file} aangeboden."),
}


def sentence_of(action: str) -> str:
    """Return the sentence of an action; raises KeyError for an action that nobody declared."""
    if action in SENTENCES:
        return SENTENCES[action]
    workflow, _, step = action.partition(".")
    return ALL[workflow].transition(step).done
