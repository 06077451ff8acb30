"""Forms for signing in and for passwords. A password is taken as it is typed, spaces and all."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from vpt_regio.forms.base import AppForm, Text
from vpt_regio.services.passwords import MAX_LENGTH, MIN_LENGTH

REQUIRED = _l("Vul dit veld in.")
TOO_LONG = _l("Dit is te lang.")
PASSWORD_HINT = _l(
    "Minstens %(minimum)s tekens. Een zin van een paar woorden is goed te onthouden.",
    minimum=MIN_LENGTH,
)


class SignInForm(AppForm):
    email = Text(
        _l("E-mailadres"),
        [DataRequired(REQUIRED), Length(max=254, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "type": "email", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Wachtwoord"),
        [InputRequired(REQUIRED), Length(max=MAX_LENGTH, message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgotForm(AppForm):
    email = Text(
        _l("E-mailadres"),
        [DataRequired(REQUIRED), Length(max=254, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "type": "email", "spellcheck": "false"},
    )


class NewPasswordForm(AppForm):
    """Set a password with a one-time link."""

    new_password = PasswordField(
        _l("Nieuw wachtwoord"),
        [InputRequired(REQUIRED)],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    repeat_password = PasswordField(
        _l("Nieuw wachtwoord, nog een keer"),
        [
            InputRequired(REQUIRED),
            EqualTo("new_password", _l("De twee wachtwoorden zijn niet gelijk.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(AppForm):
    """Change the password of whoever is signed in: the old one is asked again."""

    password = PasswordField(
        _l("Huidig wachtwoord"),
        [InputRequired(REQUIRED), Length(max=MAX_LENGTH, message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        _l("Nieuw wachtwoord"),
        [InputRequired(REQUIRED)],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    repeat_password = PasswordField(
        _l("Nieuw wachtwoord, nog een keer"),
        [
            InputRequired(REQUIRED),
            EqualTo("new_password", _l("De twee wachtwoorden zijn niet gelijk.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
