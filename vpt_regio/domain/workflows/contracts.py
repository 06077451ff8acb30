"""The life cycle of a performance contract between the partners of a region."""

from vpt_regio.domain.indicator_codes import ContractStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import (
    Derivation,
    Guard,
    Input,
    State,
    Tone,
    Transition,
    Workflow,
)

__all__ = ["CONTRACT", "WORKFLOW", "ContractStatus"]

CONTRACT = Workflow(
    code="performance_contract",
    label=N_("Prestatiecontract"),
    initial=ContractStatus.DRAFT,
    states=(
        State(ContractStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(ContractStatus.SIGNING, N_("ter ondertekening"), Tone.ACTIVE),
        State(ContractStatus.AGREED, N_("overeengekomen"), Tone.SUCCESS),
        State(ContractStatus.RUNNING, N_("loopt"), Tone.SUCCESS, is_derived=True),
        State(
            ContractStatus.ENDED, N_("afgelopen, nog te evalueren"), Tone.WARNING, is_derived=True
        ),
        State(ContractStatus.EVALUATED, N_("geëvalueerd"), Tone.INACTIVE, is_final=True),
        State(ContractStatus.CANCELLED, N_("vervallen"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="offer",
            label=N_("Ter ondertekening aanbieden"),
            sources=(ContractStatus.DRAFT,),
            target=ContractStatus.SIGNING,
            permission=Permission.CONTRACT_EDIT,
            guards=(Guard.COMPLETE,),
            done=N_("{actor} heeft het contract ter ondertekening aangeboden."),
        ),
        Transition(
            code="take_back",
            label=N_("Terugnemen om te wijzigen"),
            sources=(ContractStatus.SIGNING,),
            target=ContractStatus.DRAFT,
            permission=Permission.CONTRACT_EDIT,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het contract teruggenomen; de handtekeningen vervallen."),
        ),
        Transition(
            code="conclude",
            label=N_("Overeengekomen"),
            sources=(ContractStatus.SIGNING,),
            target=ContractStatus.AGREED,
            permission=Permission.CONTRACT_SIGN,
            guards=(Guard.ALL_SIGNED,),
            done=N_("{actor} heeft de laatste handtekening vastgelegd: het contract geldt."),
            is_effect=True,
        ),
        Transition(
            code="evaluate",
            label=N_("Evalueren en afsluiten"),
            sources=(ContractStatus.AGREED,),
            target=ContractStatus.EVALUATED,
            permission=Permission.CONTRACT_EVALUATE,
            guards=(Guard.END_VALUES, Guard.NOT_AUTHOR),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het contract geëvalueerd."),
        ),
        Transition(
            code="cancel",
            label=N_("Laten vervallen"),
            sources=(ContractStatus.DRAFT, ContractStatus.SIGNING),
            target=ContractStatus.CANCELLED,
            permission=Permission.CONTRACT_EDIT,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het contract laten vervallen."),
        ),
    ),
    derivations=(
        Derivation(
            ContractStatus.AGREED, ContractStatus.RUNNING, N_("De eerste dag is aangebroken.")
        ),
        Derivation(ContractStatus.AGREED, ContractStatus.ENDED, N_("De laatste dag is voorbij.")),
    ),
)

WORKFLOW = CONTRACT
