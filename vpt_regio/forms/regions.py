"""Forms for regions."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, LongText, Text, VagueDateField


class RegionForm(AppForm):
    """What may change of a region; its record gives the values by these names."""

    name = Text(_l("Naam"), [DataRequired(_l("Vul de naam van de regio in.")), Length(max=200)])
    territory_type = SelectField(
        _l("Soort gebied"),
        [InputRequired(_l("Kies het soort gebied."))],
    )
    tile_codes = SelectMultipleField(
        _l("Gebied op de kaart"),
        [Optional()],
        description=_l("Kies elk vak waarin de regio ligt. Limburg ligt in twee vakken."),
    )
    former_names = Text(
        _l("Eerdere namen"),
        [Optional(), Length(max=500)],
        description=_l("Zet een puntkomma tussen de namen."),
    )
    designated = VagueDateField(
        _l("Aangewezen op"),
        [Optional()],
        description=_l("Zo precies als bekend is: 15 maart 2012, of voorjaar 2010."),
    )
    portfolio_holder = Text(
        _l("Portefeuillehouder"),
        [Optional(), Length(max=200)],
        description=_l("Noem de functie, bijvoorbeeld: korpsbeheerder."),
    )
    source = LongText(
        _l("Bron"), [Optional(), Length(max=2000)], description=_l("Waar deze gegevens staan.")
    )


class NewRegionForm(RegionForm):
    code = Text(
        _l("Code"),
        [DataRequired(_l("Vul een code in.")), Length(max=60)],
        description=_l(
            "Kleine letters, cijfers en streepjes, bijvoorbeeld noord-holland."
            " De code staat in adressen en bestanden en verandert nooit meer."
        ),
    )


class RegionStatusForm(AppForm):
    step = RadioField(_l("Wat legt u vast?"), [InputRequired(_l("Maak een keuze."))])
    note = LongText(_l("Toelichting"), [Optional(), Length(max=2000)])
