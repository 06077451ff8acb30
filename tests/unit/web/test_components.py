"""Every component macro compiles, is documented, and renders valid HTML under the strict policy."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text
from vpt_regio.web import filters

ROOT = Path(__file__).resolve().parents[3]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
CHOICES = [SelectChoice("a", "Eerste"), SelectChoice("b", "Tweede & derde")]
PAGES = SimpleNamespace(
    page=2,
    pages=3,
    has_prev=True,
    has_next=True,
    prev_num=1,
    next_num=3,
    iter_pages=lambda: iter([1, 2, None, 3]),
)

HOLDS = [
    SimpleNamespace(
        region=SimpleNamespace(name="Limburg"),
        starts_on=date(2012, 7, 2),
        until_on=until,
        placed_by=SimpleNamespace(name="Beleidsmedewerker"),
        reason="Wacht op <antwoord> van de minister.",
    )
    for until in (None, date(2012, 9, 30))
]


class ExampleForm(AppForm):
    """One field of every kind."""

    name = Text("Naam", validators=[InputRequired("Vul een naam in.")])
    text = LongText("Stand van zaken", validators=[Length(max=20)])
    amount = MoneyField("Bedrag")
    day = DayField("Datum")
    region = SelectField("Regio", choices=CHOICES)
    rating = RadioField("Oordeel", choices=CHOICES, validators=[InputRequired()])
    parts = SelectMultipleField("Onderdelen", choices=CHOICES)
    checked = BooleanField("Gecontroleerd")
    password = PasswordField("Wachtwoord")


CALLS = {
    "action_form": '{{ action_form("/x?a=1&b=2", "Goedkeuren", hidden={"version": 3}) }}',
    "action_group": "{% call action_group() %}knoppen{% endcall %}",
    "alert": '{% call alert("warning", "Let op") %}tekst{% endcall %}',
    "badge": '{{ badge("loopt", "active") }}',
    "bar_chart": '{{ bar_chart("Meldingen", "Stijgt.", ["2011", "2012"], [("Limburg", [1, none]),'
    ' ("Zeeland", [3, (4, "circa 4")])], "aantal") }}',
    "breadcrumbs": '{{ breadcrumbs([("Regio’s", "/regios"), ("Limburg", none)]) }}',
    "bullet": '{{ bullet("Aangiften", 62, (70, "70% in 2012"), none, "op koers", "%") }}',
    "button": '{{ button("Opslaan", "danger", name="actie", value="bewaar") }}',
    "card": '{% call card("Convenant") %}tekst{% endcall %}',
    "cell": '{{ cell({"text": "loopt", "url": "/x", "badge": "active", "note": "sinds juni"}) }}',
    "choice_table": '{{ choice_table("Wijzigingen", ["Wat", "Was"], [("report/rag", "Oordeel",'
    ' true, [none]), ("a", "Uren", false, [{"text": "8"}])], "accept") }}',
    "columns": "{% call columns() %}<p>a</p>{% endcall %}",
    "conflict": '{{ conflict([("Stand", "A")], [("Stand", "")], [("Stand", [[{"kind": "removed",'
    ' "text": "A"}]])]) }}',
    "data_list": '{{ data_list([("Status", none), ("Partners", "4", "/x", "Wijzigen")]) }}',
    "details": '{% call details("Meer") %}tekst{% endcall %}',
    "empty_state": '{{ empty_state("Er is nog niets.") }}',
    "error_summary": "{{ error_summary(form) }}",
    "field": "{% for item in form.content_fields() %}{{ field(item, hint='Tip') }}{% endfor %}",
    "form": "{% call form(form, autosave=True, cancel_url='/terug') %}velden{% endcall %}",
    "filter_form": "{% call filter_form(form) %}velden{% endcall %}",
    "heat_map": '{{ heat_map("Stand", ["Beleid"], [("Gemeente", [(3, "af", "/x", "Niveau 3")]),'
    ' ({"text": "School"}, [(none, none, none, none)])], [(0, "geen"), (3, "loopt")]) }}',
    "heading": '{{ heading("Regio", 2, id="regio") }}',
    "hidden_fields": "<form>{{ hidden_fields(form, {'extra': 'a'}) }}</form>",
    "history": '{{ history([("1 maart", "Lezer", "Bekeken", none)]) }}',
    "hold_banner": "{{ hold_banner(holds) }}",
    "input_grid": '{{ input_grid("Cijfers & meer", ["2011", "2012"], [("Limburg", [(form.amount,'
    ' "nu: 3"), (form.day, "")])]) }}',
    "icon": '{{ icon("warning") }}',
    "lead": '{{ lead("Inleiding") }}',
    "line_chart": '{{ line_chart("Melden (in %)", "Stijgt.", ["2009", "2010", "2011"],'
    ' [("Limburg", [1, none, 3]), ("Zeeland", [none, (2, "circa 2"), 3.5])], "procent", target=4,'
    ' steps=[("Afspraak", [5, 5, 3])], marks=[none, none, "gecorrigeerd"]) }}',
    "link": '{{ link("/x", "Lees meer") }}',
    "link_button": '{{ link_button("/x", "Verder") }}',
    "meter": '{{ meter("Besteed", 5, 4, "5 van 4", "danger") }}',
    "pagination": "{{ pagination(pages, url) }}",
    "paragraph": "{% call paragraph() %}tekst{% endcall %}",
    "print_button": "{{ print_button() }}",
    "prose": "{% call prose() %}<h1>Handleiding</h1>{% endcall %}",
    "table": '{{ table("Uren", ["Week", "Uren"], [["23", none], ["24", {"text": "8"}]],'
    " numeric=[1], filterable=True) }}",
    "tabs": '{{ tabs([("Overzicht", "/a", true), ("Uren", "/b", false)]) }}',
    "tile_map": '{{ tile_map([(0, 0, "Limburg", "LI", "8", "success", "/x"),'
    ' (1, 1, "Zeeland", "ZE", "geen", "inactive", none)], "Kaart") }}',
    "timeline": '{{ timeline([("1 maart", "Getekend", "Door de minister.")]) }}',
    "version_choice": "{{ version_choice([1, 2, 3], 1, 3) }}",
    "word_diff": '{{ word_diff([[{"kind": "same", "text": "Wij "}, {"kind": "added",'
    ' "text": "gaan"}, {"kind": "removed", "text": "\\n"}]]) }}',
}


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="test", BABEL_DEFAULT_LOCALE="nl")
    app.jinja_env.globals.update(may=lambda *_asked: False, Permission=Permission)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    Babel(app)
    CSRFProtect(app)
    filters.init_app(app)
    return app


def render(app: Flask, name: str, source: str, typed: dict[str, str] | None = None) -> str:
    with app.test_request_context():
        form = ExampleForm(formdata=MultiDict(typed) if typed is not None else None)
        if typed is not None:
            form.validate()
        return render_template_string(
            f'{{% from "components/{name}.html" import {name} %}}{source}',
            **{"form" if name != "form" else "example": form},
            pages=PAGES,
            holds=HOLDS,
            url=lambda number: f"?pagina={number}&q=a",
        )


def source_of(name: str) -> str:
    return CALLS[name].replace("form(form", "form(example") if name == "form" else CALLS[name]


def as_page(fragment: str) -> str:
    return f"<!doctype html><html lang=nl><title>t</title><body>{fragment}</body></html>"


def test_every_component_has_an_example() -> None:
    assert [path.stem for path in COMPONENTS] == sorted(CALLS)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_file_starts_with_its_signature(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#")
    assert f"{path.stem}(" in text.partition("#}")[0]
    assert f"{{% macro {path.stem}(" in text


@pytest.mark.parametrize("name", sorted(CALLS))
@pytest.mark.parametrize("typed", [None, {"amount": "veel"}], ids=["empty", "with errors"])
def test_renders_valid_html(app: Flask, name: str, typed: dict[str, str] | None) -> None:
    page = as_page(render(app, name, source_of(name), typed))
    html5lib.HTMLParser(strict=True).parse(page)  # raises ParseError
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r'\s(?:style|on\w+)="', page), "the content policy refuses inline code"
    assert "placeholder=" not in page


def test_text_is_escaped(app: Flask) -> None:
    html = render(app, "table", '{{ table("<b>", ["<i>"], [["<script>"]]) }}')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_unknown_is_not_an_empty_cell(app: Flask) -> None:
    html = render(app, "table", '{{ table("Uren", ["Week", "Uren"], [["23", none], ["24", 0]]) }}')
    assert html.count("niet bekend") == 1
    assert ">0</td>" in html


def test_errors_are_linked_to_their_fields(app: Flask) -> None:
    typed = {"amount": "veel", "region": "a"}
    summary = render(app, "error_summary", CALLS["error_summary"], typed)
    fields = render(app, "field", CALLS["field"], typed)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["name", "amount", "rating-0"]
    assert all(f'id="{target}"' in fields for target in targets)
    assert 'value="veel"' in fields, "what was typed stays"
    assert 'aria-describedby="amount-hint amount-fout"' in fields


def test_required_is_said_without_browser_validation(app: Flask) -> None:
    html = render(app, "field", CALLS["field"])
    assert not re.search(r"\s(?:required|maxlength|minlength)[\s=>]", html)
    assert html.count("(optioneel)") == 6
    assert 'aria-required="true"' in html


def test_two_forms_share_no_ids_of_hidden_fields(app: Flask) -> None:
    html = render(app, "hidden_fields", CALLS["hidden_fields"])
    assert " id=" not in html
    for name in ("csrf_token", "version", "idempotency_key", "form_name", "extra"):
        assert f'name="{name}"' in html


def test_a_chart_tells_all_in_its_table(app: Flask) -> None:
    html = render(app, "line_chart", CALLS["line_chart"])
    drawing, _, table = html.partition("</figure>")
    assert 'role="img" aria-labelledby="grafiek-melden-in-titel"' in drawing
    assert 'aria-describedby="grafiek-melden-in-tekst"' in drawing
    rows = re.findall(r'<th scope="row"[^>]*>(\d+)</th>(.*?)</tr>', table, re.DOTALL)
    cells = {year: re.findall(r">([^<>]+)</td>", row) for year, row in rows}
    assert cells == {
        "2009": ["1", "niet gemeten", "4", "5", "geen"],
        "2010": ["niet gemeten", "circa 2", "4", "5", "geen"],
        "2011": ["3", "3,5", "4", "3", "gecorrigeerd"],
    }


def test_lines_differ_by_more_than_colour(app: Flask) -> None:
    names = ", ".join(f"('Regio {place}', [{place}, {place}])" for place in range(5))
    html = render(app, "line_chart", f'{{{{ line_chart("A", "B", ["1", "2"], [{names}], "%") }}}}')
    markers = {kind: re.findall(rf'vpt-marker-{kind}"[^>]* d="([^"]+)"', html) for kind in range(4)}
    assert len({shape for shapes in markers.values() for shape in shapes}) == 4
    assert (
        "De grafiek toont de eerste 4 reeksen. De tabel onder de grafiek toont ze alle 5." in html
    )
    style = (ROOT / "vpt_regio" / "static" / "css" / "vpt.css").read_text(encoding="utf-8")
    dashes = re.findall(r"\.vpt-series-\d \{[^}]*stroke-dasharray: ([^;]+);", style)
    assert len(set(dashes)) == 3, "the first line is not broken"


def test_a_level_is_a_number_and_nothing_is_no_level(app: Flask) -> None:
    html = render(app, "heat_map", CALLS["heat_map"])
    cells = re.findall(r"<td class=[^>]*vpt-heat__cell.*?</td>", html, re.DOTALL)
    judged, unknown = cells
    assert ">3</span>" in judged
    assert 'href="/x"' in judged
    assert '<span class="vpt-hidden">, Niveau 3</span>' in judged
    assert "niet beoordeeld" in unknown
    assert ">0<" not in unknown
    empty = render(app, "heat_map", '{{ heat_map("Stand", ["A"], [], [], empty="Nog geen.") }}')
    assert "Nog geen." in empty
    assert "<table" not in empty


def test_a_bullet_says_its_figures_in_words(app: Flask) -> None:
    html = render(app, "bullet", CALLS["bullet"])
    assert "Beginstand: niet gemeten" in html
    assert "Nu: 62%" in html
    assert "Doel: 70% in 2012" in html
    assert html.count("vpt-bullet__mark") == 2
    nothing = render(app, "bullet", '{{ bullet("A", none, none, 0, unit="dagen") }}')
    assert "Nu: niet gemeten" in nothing
    assert "Beginstand: 0 dagen" in nothing
    assert "Doel: niet afgesproken" in nothing
    assert "vpt-meter__fill" not in nothing


def test_a_bar_chart_names_its_target(app: Flask) -> None:
    one = render(
        app, "bar_chart", '{{ bar_chart("A/B", "C", ["x", "y"], [("R", [-1, 2])], "%", target=3) }}'
    )
    assert "Doel: 3" in one
    assert 'id="grafiek-a-b-titel"' in one
    assert one.count('class="vpt-target"') == 3, "one in the legend, one per category"
    each = render(
        app,
        "bar_chart",
        '{{ bar_chart("A", "C", ["x", "y"], [("R", [1, 2])], "%", target=[3, none]) }}',
    )
    assert "Doel: " not in each
    assert "geen doel" in each


def test_the_table_of_a_bar_chart_names_its_unit_if_there_is_one(app: Flask) -> None:
    euros = render(app, "bar_chart", '{{ bar_chart("A", "C", ["x"], [("R", [1])], "euro") }}')
    assert ">A (euro)</caption>" in euros
    bare = render(app, "bar_chart", '{{ bar_chart("A", "C", ["x"], [("R", [1])], "") }}')
    assert ">A</caption>" in bare
