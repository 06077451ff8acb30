"""The life cycle of a region."""

from vpt_regio.domain.enums import RegionStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard, Input, State, Tone, Transition, Workflow

__all__ = ["REGION", "WORKFLOW", "RegionStatus"]

REGION = Workflow(
    code="region",
    label=N_("Regio"),
    initial=RegionStatus.EXPLORING,
    states=(
        State(RegionStatus.EXPLORING, N_("verkenning"), Tone.NEUTRAL),
        State(RegionStatus.ACTIVE, N_("actief"), Tone.ACTIVE),
        State(RegionStatus.MERGED, N_("samengevoegd"), Tone.INACTIVE),
        State(RegionStatus.ENDED, N_("beëindigd"), Tone.INACTIVE, is_final=True),
        State(
            RegionStatus.CONTINUED_UNFUNDED,
            N_("voortgezet zonder rijksgeld"),
            Tone.SUCCESS,
            is_final=True,
        ),
    ),
    transitions=(
        Transition(
            code="designate",
            label=N_("Aanwijzen"),
            sources=(RegionStatus.EXPLORING,),
            target=RegionStatus.ACTIVE,
            permission=Permission.REGION_MANAGE,
            done=N_("{actor} heeft de regio aangewezen."),
        ),
        Transition(
            code="end",
            label=N_("Beëindigen"),
            sources=(RegionStatus.ACTIVE,),
            target=RegionStatus.ENDED,
            permission=Permission.REGION_MANAGE,
            done=N_("{actor} heeft de regio beëindigd."),
        ),
        Transition(
            code="continue_unfunded",
            label=N_("Voortzetten zonder rijksgeld"),
            sources=(RegionStatus.ACTIVE,),
            target=RegionStatus.CONTINUED_UNFUNDED,
            permission=Permission.REGION_MANAGE,
            done=N_("{actor} heeft vastgelegd dat de regio zonder rijksgeld verdergaat."),
        ),
        Transition(
            code="merge",
            label=N_("Samenvoegen"),
            sources=(RegionStatus.ACTIVE,),
            target=RegionStatus.MERGED,
            permission=Permission.REGION_MERGE,
            done=N_("{actor} heeft vastgelegd dat de regio is opgegaan in een andere regio."),
            is_effect=True,
        ),
        Transition(
            code="unmerge",
            label=N_("Samenvoeging ongedaan maken"),
            sources=(RegionStatus.MERGED,),
            target=RegionStatus.ACTIVE,
            permission=Permission.REGION_MERGE,
            guards=(Guard.NO_FROZEN_PERIOD,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de samenvoeging van deze regio ongedaan gemaakt."),
            is_effect=True,
        ),
    ),
)

WORKFLOW = REGION
