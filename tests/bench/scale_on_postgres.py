"""The measurement of scale on a PostgreSQL of its own, in a process of its own: a process has one database.

`python -m tests.bench.scale_on_postgres` is run with DATABASE_URL and MGSITE_DATA_DIR set; `printed` does that.
"""

import os
import subprocess
import sys
import tempfile

from tests.postgres import server


def printed() -> str:
    """The table, from a server that is gone afterwards."""
    with server() as url, tempfile.TemporaryDirectory(prefix="mgsite-bench-") as scratch:
        site = {"DATABASE_URL": url, "MGSITE_DATA_DIR": scratch, "DJANGO_SETTINGS_MODULE": "mgsite.settings"}
        command = [sys.executable, "-m", "tests.bench.scale_on_postgres"]
        done = subprocess.run(command, env={**os.environ, **site}, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout


def main() -> None:
    """Prepare a site in the database that is given, measure, print."""
    import django

    django.setup()

    from django.core.management import call_command

    from articles.edition import load_articles
    from forms_catalog.edition import load_edition
    from tests.bench import scale

    call_command("migrate", verbosity=0)
    load_edition()
    load_articles()
    call_command("collectstatic", interactive=False, verbosity=0)
    print(scale.measure())


if __name__ == "__main__":
    main()
