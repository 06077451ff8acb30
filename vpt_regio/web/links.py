"""Addresses that go out of the application, in messages and on the command line."""

from flask import current_app, url_for


def one_time_link(token: str) -> str:
    """Return the address of a one-time link; never from the Host header, which anyone can send."""
    base: str = current_app.config["VPT_BASE_URL"]
    return base + url_for("sign_in.use_link", token=token)


def applicant_link(token: str) -> str:
    """Return the address of an applicant's link; from the same base, for the same reason."""
    base: str = current_app.config["VPT_BASE_URL"]
    return base + url_for("applicant.show", token=token)
