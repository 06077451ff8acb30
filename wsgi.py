"""The application as a server or the `flask` command finds it."""

from vpt_regio import create_app
from vpt_regio.demo.accounts import refuse_in_production

app = create_app()
refuse_in_production(app)
