"""How an OpenDocument workbook looks: the same styles as in Excel, as fixed XML."""

from __future__ import annotations

from itertools import product
from typing import Final

from vpt_regio.workbooks import styles, text
from vpt_regio.workbooks.heights import LINE, MAX_HEIGHT
from vpt_regio.workbooks.ods_cells import style_name
from vpt_regio.workbooks.spec import Kind, Sheet, TextSheet, TextStyle
from vpt_regio.workbooks.styles import Place

SPACES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "chart": "urn:oasis:names:tc:opendocument:xmlns:chart:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "ooo": "http://openoffice.org/2004/office",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
VERSION: Final = "1.3"
PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES: Final = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
LINE_COLOUR: Final = "#d0d7e2"
OVERDUE: Final = "overdue"
_WIDTH_OF_A_DAY: Final = 15.0  # characters
MOST_LINES: Final = int(MAX_HEIGHT // LINE)
_POINTS_A_CENTIMETRE: Final = 72 / 2.54
_WIDEST_ON_A4: Final = 240  # characters, as for Excel
_DATE: Final = (
    '<number:date-style style:name="n-date"><number:day number:style="long"/><number:text>-'
    '</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:year number:style="long"/></number:date-style>'
)
_DUTCH: Final = 'number:language="nl" number:country="NL"'
_MONEY: Final = (
    '<number:currency-style style:name="n-money" number:language="nl" number:country="NL">'
    '<number:currency-symbol number:language="nl" number:country="NL">€</number:currency-symbol>'
    '<number:text> </number:text><number:number number:decimal-places="2"'
    ' number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:currency-style>"
)


def _number_style(name: str, decimals: int, *, grouping: bool = False) -> str:
    return (
        f'<number:number-style style:name="{name}" {_DUTCH}><number:number'
        f' number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
        f' number:min-integer-digits="1"{_grouping(grouping)}/></number:number-style>'
    )


def _grouping(wanted: bool) -> str:  # noqa: FBT001
    return ' number:grouping="true"' if wanted else ""


def _percent_style(name: str, decimals: int) -> str:
    return (
        f'<number:percentage-style style:name="{name}" {_DUTCH}><number:number'
        f' number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
        ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    )


_DATA_STYLES: Final = "".join(
    [
        _DATE,
        _MONEY,
        _number_style("n-integer", 0),
        _number_style("n-decimal", 2, grouping=True),
        _percent_style("n-percent", 0),
        _percent_style("n-exact-percent", 1),
    ]
)
_WITH_DATA_STYLE: Final = {
    Kind.DATE: "n-date",
    Kind.MONEY: "n-money",
    Kind.INTEGER: "n-integer",
    Kind.DECIMAL: "n-decimal",
    Kind.PERCENT: "n-percent",
    Kind.EXACT_PERCENT: "n-exact-percent",
}


def colour(argb: str) -> str:
    """A colour of the styles for Excel as it is written here."""
    return f"#{argb[-6:].lower()}"


def page_of(sheet: Sheet | TextSheet) -> str:
    """The name of the page on which a sheet is printed: large paper for what is wide."""
    columns = sheet.columns if isinstance(sheet, Sheet) else ()
    return "A3" if sum(column.width for column in columns) > _WIDEST_ON_A4 else "A4"


def centimetres(characters: float) -> str:
    """The width of a column: Excel counts characters of 7 pixels and 5 pixels beside them."""
    return f"{(characters * 7 + 5) / 96 * 2.54:.3f}cm"


def row_style(lines: int) -> str:
    """The name of the style of a row that is a number of lines high."""
    return f"row-{max(1, min(lines, MOST_LINES))}"


def automatic(sheets: list[Sheet | TextSheet]) -> str:
    """The styles of cells, rows, columns and sheets in content.xml."""
    parts = ["<office:automatic-styles>", _DATA_STYLES]
    parts += [_row(f"row-{lines}", lines * LINE) for lines in range(1, MOST_LINES + 1)]
    parts += [_row(f"line-{style}", height) for style, height in styles.LINE_HEIGHTS.items()]
    widths = {width for sheet in sheets for width in widths_of(sheet)}
    parts += [_column(width) for width in sorted(widths)]
    parts += [_table(page, hidden=hidden) for page, hidden in product(("A3", "A4"), (False, True))]
    parts += [_cell(place, kind) for place, kind in product(Place, Kind)]
    parts += [_header(kind) for kind in Kind]
    parts += [_line(style) for style in TextStyle]
    parts.append(
        '<style:style style:name="chart" style:family="graphic"><style:graphic-properties'
        ' draw:stroke="none" draw:fill="none"/></style:style></office:automatic-styles>'
    )
    return "".join(parts)


def widths_of(sheet: Sheet | TextSheet) -> list[float]:
    """The widths of the columns, in characters."""
    if isinstance(sheet, Sheet):
        # a day that does not fit, in the letters that a reader has, would show as ###
        return [
            max(column.width, _WIDTH_OF_A_DAY) if column.kind is Kind.DATE else column.width
            for column in sheet.columns
        ]
    return [styles.LABEL_WIDTH, styles.VALUE_WIDTH]


def column_style(width: float) -> str:
    """The name of the style of a column of this width."""
    return f"column-{width:g}".replace(".", "-")


def table_style(sheet: Sheet | TextSheet) -> str:
    """The name of the style of a sheet."""
    return f"sheet-{page_of(sheet)}{'-hidden' if sheet.hidden else ''}"


def _row(name: str, points: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties'
        f' style:row-height="{points / _POINTS_A_CENTIMETRE:.3f}cm"'
        ' style:use-optimal-row-height="true"/></style:style>'
    )


def _column(width: float) -> str:
    return (
        f'<style:style style:name="{column_style(width)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{centimetres(width)}"/></style:style>'
    )


def _table(page: str, *, hidden: bool) -> str:
    name = f"sheet-{page}{'-hidden' if hidden else ''}"
    return (
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="{page}">'
        f'<style:table-properties table:display="{"false" if hidden else "true"}"'
        ' style:writing-mode="lr-tb"/></style:style>'
    )


def _cell(place: Place, kind: Kind) -> str:
    data = _WITH_DATA_STYLE.get(kind)
    named = f' style:data-style-name="{data}"' if data else ""
    wrap = "wrap" if kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.MIXED) else "no-wrap"
    looks = [f'fo:wrap-option="{wrap}"', 'style:vertical-align="top"']
    if place is Place.EDITABLE:
        looks.append(f'fo:background-color="{colour(styles.EDITABLE_FILL)}"')
        looks.append('style:cell-protect="none"')
    if place is Place.TOTAL:
        looks.append(f'fo:border-top="0.75pt solid {colour(styles.DARK)}"')
    elif place is not Place.LINE:
        looks.append(f'fo:border-bottom="0.5pt solid {LINE_COLOUR}"')
    letters = ' fo:color="#01689b" style:text-underline-style="solid"' if kind is Kind.LINK else ""
    bold = ' fo:font-weight="bold"' if place is Place.TOTAL else ""
    return _style(style_name(place, kind), named, looks, _beside(kind, place), f"{letters}{bold}")


def _beside(kind: Kind, place: Place) -> str:
    if place is Place.LINE:
        return 'fo:text-align="start"'
    if kind in styles.FIGURES:
        return 'fo:text-align="end"'
    return 'fo:text-align="start" fo:margin-left="0.2cm"'


def _header(kind: Kind) -> str:
    looks = [
        'fo:wrap-option="wrap"',
        'style:vertical-align="top"',
        f'fo:background-color="{colour(styles.DARK)}"',
    ]
    letters = ' fo:color="#ffffff" fo:font-weight="bold"'
    return _style(style_name("header", kind), "", looks, _beside(kind, Place.BODY), letters)


def _line(style: TextStyle) -> str:
    letters = {
        TextStyle.TITLE: f' fo:color="{colour(styles.DARK)}" fo:font-weight="bold"'
        ' fo:font-size="16pt"',
        TextStyle.HEADING: f' fo:color="{colour(styles.DARK)}" fo:font-weight="bold"'
        ' fo:font-size="12pt"',
        TextStyle.NORMAL: "",
    }[style]
    wrap = "wrap" if style is TextStyle.NORMAL else "no-wrap"
    looks = [f'fo:wrap-option="{wrap}"', 'style:vertical-align="top"']
    return _style(f"label-{style}", "", looks, 'fo:text-align="start"', letters)


def _style(name: str, named: str, looks: list[str], beside: str, letters: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:parent-style-name="Default"{named}>'
        f"<style:table-cell-properties {' '.join(looks)}/>"
        f'<style:paragraph-properties {beside}/><style:text-properties fo:language="nl"'
        f' fo:country="NL"{letters}/></style:style>'
    )


def styles_xml(header: str, creator: str) -> str:
    """The whole of styles.xml: the font, the styles of rules, and the printed pages."""
    pages = (("A4", "29.7cm", "21cm"), ("A3", "42cm", "29.7cm"))
    return "".join(
        [
            PROLOGUE,
            f'<office:document-styles {NAMESPACES} office:version="{VERSION}">',
            f'<office:font-face-decls><style:font-face style:name="{styles.FONT_NAME}"'
            f' svg:font-family="{styles.FONT_NAME}"/></office:font-face-decls>',
            '<office:styles><style:default-style style:family="table-cell"><style:text-properties'
            ' fo:language="nl" fo:country="NL"/></style:default-style>'
            '<style:style style:name="Default" style:family="table-cell">'
            f'<style:text-properties style:font-name="{styles.FONT_NAME}" fo:font-size="11pt"'
            ' fo:language="nl" fo:country="NL"/></style:style>',
            *(_ruled(word, *colours) for word, colours in styles.RAG_COLOURS.items()),
            _ruled(OVERDUE, *styles.OVERDUE_COLOURS),
            "</office:styles><office:automatic-styles>",
            *(_page_layout(name, width, height) for name, width, height in pages),
            "</office:automatic-styles><office:master-styles>",
            *(_master_page(name, header, creator) for name, _width, _height in pages),
            "</office:master-styles></office:document-styles>",
        ]
    )


def _ruled(name: str, background: str, ink: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        ' style:parent-style-name="Default"><style:table-cell-properties'
        f' fo:background-color="{colour(background)}"/>'
        f'<style:text-properties fo:color="{colour(ink)}"/></style:style>'
    )


def _page_layout(name: str, width: str, height: str) -> str:
    return (
        f'<style:page-layout style:name="layout-{name}"><style:page-layout-properties'
        f' fo:page-width="{width}" fo:page-height="{height}" style:print-orientation="landscape"'
        ' fo:margin-top="1cm" fo:margin-bottom="1cm" fo:margin-left="1cm" fo:margin-right="1cm"'
        ' style:scale-to-X="1" style:scale-to-Y="0" style:first-page-number="continue"'
        ' style:writing-mode="lr-tb"'
        ' style:print="charts drawings objects zero-values"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.8cm"/>'
        "</style:header-style><style:footer-style><style:header-footer-properties"
        ' fo:min-height="0.8cm"/></style:footer-style></style:page-layout>'
    )


def _master_page(name: str, header: str, creator: str) -> str:
    said = text.escape_markup(text.clean(header))
    return (
        f'<style:master-page style:name="{name}" style:page-layout-name="layout-{name}">'
        f"<style:header><text:p>{said}</text:p></style:header><style:footer>"
        "<style:region-left><text:p><text:sheet-name/></text:p></style:region-left>"
        "<style:region-center><text:p>pagina <text:page-number>1</text:page-number> van "
        "<text:page-count>1</text:page-count></text:p></style:region-center>"
        f"<style:region-right><text:p>{creator}</text:p></style:region-right>"
        "</style:footer></style:master-page>"
    )
