"""The application as a server or the `flask` command finds it."""

from vpt_regio import create_app

app = create_app()
