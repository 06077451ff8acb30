"""An empty place in the coverage of a plan, made into a remark."""

from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.text import N_
from vpt_regio.errors import WrongState
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services.remarks import make_remark

GAP = (
    "Het plan heeft geen activiteit voor de maatregel ‘{measure}’. Neem een activiteit op, of leg"
    " uit waarom deze maatregel niet in het plan hoort."
)


def remark_on_gap(version: PlanVersion, *, measure: Measure, actor: Person) -> Remark:
    """Ask for an activity on a measure that a version in review leaves empty, without a reason.

    Raises WrongState when it is not empty, or was asked for at this version already.
    Source: the covenant asks to spread every measure of the programme.
    """
    same = same_measures()
    answered = [one.measure_id for activity in version.activities for one in activity.measures]
    answered += [one.measure_id for one in version.exemptions]
    if any(same.are_same(measure.id, number) for number in answered):
        raise WrongState(N_("Het plan zegt al iets over deze maatregel."))
    asked = [remark.measure_id for remark in version.remarks if remark.measure_id is not None]
    if any(same.are_same(measure.id, number) for number in asked):
        raise WrongState(N_("Er is bij deze versie al een opmerking over deze maatregel gemaakt."))
    return make_remark(
        version,
        section=PlanSection.ACTIVITIES,
        measure=measure,
        weight=RemarkWeight.MUST,
        body=GAP.format(measure=measure.name),
        actor=actor,
    )
