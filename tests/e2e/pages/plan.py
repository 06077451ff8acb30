"""The pages on which a plan is written, judged and decided on."""

from playwright.sync_api import Locator, expect

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

    def remark(self, text: str) -> Locator:
        """Return the card of a remark on the page with all remarks."""
        return self.main.locator("section").filter(has_text=text)

    def answer(self, remark: str, text: str) -> None:
        """Answer a remark on the page with all remarks."""
        card = self.remark(remark)
        card.get_by_label("Uw antwoord").fill(text)
        card.get_by_role("button").first.click()
        self.expect_said("Uw antwoord is bewaard")


class ReviewPages(PlanPages):
    """The same plan, for whoever judges it."""

    def make_remark(self, section: str, text: str, *, weight: str) -> None:
        self.select("Onderdeel", section)
        self.choose("Moet dit worden opgelost?", weight)
        self.fill({"Opmerking": text})
        self.press("Opmerking bewaren")
        self.expect_said("De opmerking is bewaard.")

    def judge_remark(self, address: str, remark: str, fields: dict[str, str], button: str) -> None:
        """Settle a remark or open it again, from the page with all remarks."""
        self.open(address)
        self.remark(remark).get_by_role("link").last.click()
        self.fill(fields)
        self.press(button)

    def score_every_duty(self, score: str) -> None:
        for duty in WATCH_DUTY_LABELS.values():
            self.choose(duty, score)
        self.press("Beoordeling bewaren")

    def decide(self, step: str) -> None:
        """Go to the page of a step and take it."""
        self.follow(step, exact=True)
        self.press(step)
