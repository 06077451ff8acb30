"""What somebody types in a long form is kept, also before the scripts of the page have come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.e2e.pages.plan import PlanPages
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = pytest.mark.e2e


def test_text_typed_before_the_scripts_is_kept(enter: Callable[..., PlanPages]) -> None:
    leader = enter(LIMBURG_LEADER, PlanPages)
    leader.take_work("Plan van aanpak Limburg schrijven")
    leader.open_section("Probleemanalyse")
    late: list[Route] = []

    def keep_back(route: Route) -> None:
        late.append(route)

    leader.page.route("**/autosave*.js*", keep_back)
    with leader.page.expect_request("**/autosave*.js*"):
        leader.page.reload(wait_until="commit")

    leader.fill({"Probleemanalyse": "Voorbeeld: vroeg getypt."})
    for route in late:
        route.continue_()

    leader.expect_said("Concept bewaard om")
