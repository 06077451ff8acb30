"""Whether the database is there and up to date."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from vpt_regio.extensions import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def is_migrated() -> bool:
    """Return whether the database has the newest migration."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    context = MigrationContext.configure(db.session.connection())
    return context.get_current_revision() == newest
