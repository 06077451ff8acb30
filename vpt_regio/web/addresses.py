"""What may stand in an address: numbers that a database can hold, and text that it can keep."""

from typing import Any

from flask import Flask, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

from vpt_regio.domain.text import clean_text

LARGEST = 2**31 - 1
# what `url_for` understands in another way than as a part of a query
NOT_IN_QUERY = {"endpoint", "_anchor", "_method", "_scheme", "_external"}


class Number(IntegerConverter):
    """The number of a record; what no database can hold leads to no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **kwargs})


class Code(UnicodeConverter):
    """A code or a token; text that cannot be kept leads to no page."""

    def to_python(self, value: str) -> str:
        try:
            clean_text(value)
        except ValueError as problem:
            raise ValidationError from problem
        return value


def init_app(app: Flask) -> None:
    """Use these converters for every address; call it before the addresses are registered."""
    app.url_map.converters |= {"int": Number, "string": Code, "default": Code}


def number_asked(name: str) -> int | None:
    """Return a number from the query of the address; None for what cannot be one."""
    text = request.args.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    return min(int(text), LARGEST)


def code_asked(name: str) -> str:
    """Return a code from the query of the address; empty when there is none.

    Raises NotFound for text that cannot be kept: nothing has such a code.
    """
    try:
        return clean_text(request.args.get(name, ""))
    except ValueError as problem:
        raise NotFound from problem


def same_page(endpoint: str, **changed: str) -> str:
    """Return the address of a view with the parts and the query of this request, some changed.

    What an address says of itself (such as `_scheme`) is left out, and a part of the address is
    never replaced by the query.
    """
    asked = {name: text for name, text in request.args.items() if name.isidentifier()}
    query = {name: text for name, text in asked.items() if name not in NOT_IN_QUERY}
    return url_for(endpoint, **{**query, **(request.view_args or {}), **changed})
