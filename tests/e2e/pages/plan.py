"""The pages on which a plan is written, judged and decided on."""

from playwright.sync_api import expect

from tests.e2e.pages.screen import Screen
from vpt_regio.domain.enums import WATCH_DUTY_LABELS


class PlanPages(Screen):
    """The pages of a plan of one region."""

    def expect_status(self, status: str) -> None:
        expect(self.main.get_by_text(status, exact=True).first).to_be_visible()

    def take_work(self, title: str) -> None:
        """Begin with something that waits on *Mijn werk*."""
        self.open("/mijn-werk")
        self.follow(title)

    def open_section(self, section: str) -> None:
        self.row("Onderdelen", section).get_by_role("link", name=section).click()
        self.expect_heading(section)

    def write_section(self, section: str, text: str) -> None:
        """Type the text of a section, without saving it."""
        self.open_section(section)
        self.fill({section: text})

    def add_activity(self, title: str) -> None:
        self.open_section("Activiteiten")
        self.follow("Activiteit toevoegen")
        self.fill({"Titel": title})
        self.press("Opslaan")
        self.follow("Terug naar het plan")

    def complete_activity(self, title: str, *, owner: str, euros: str) -> None:
        """Go from the list of what is missing to an activity, and fill in what it lacks."""
        self.follow(f"({title}) een begindatum")
        self.fill({"Begindatum": "3-9-2012", "Einddatum": "31 december 2012"})
        self.select("Trekker", owner)
        self.fill({"Begroot voor uitvoering": euros})
        self.press("Opslaan")
        self.follow("Terug naar het plan")


class ReviewPages(PlanPages):
    """The same plan, for whoever judges it."""

    def remark(self, section: str, text: str) -> None:
        self.select("Onderdeel", section)
        self.fill({"Opmerking": text})
        self.press("Opmerking bewaren")

    def score_every_duty(self, score: str) -> None:
        for duty in WATCH_DUTY_LABELS.values():
            self.choose(duty, score)
        self.press("Beoordeling bewaren")

    def decide(self, step: str) -> None:
        """Go to the page of a step and take it."""
        self.follow(step, exact=True)
        self.press(step)
