"""Serve with waitress: `python -m vpt_regio.serve`."""

import os

from waitress import serve

from wsgi import app

if __name__ == "__main__":
    serve(
        app,
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        threads=16,
        ident=None,
    )
