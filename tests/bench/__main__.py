"""`make bench`: what the site costs, beside its budgets. Prints; never passes or fails.

Times are given in units of this machine's own hello-world Django answer, so that figures from two machines can be
compared. The site is the real one: first edition, collected static files, DEBUG off, in a scratch directory.
"""

import os
import tempfile
from pathlib import Path

scratch = tempfile.TemporaryDirectory(prefix="mgsite-bench-")
os.environ.update(DJANGO_SETTINGS_MODULE="mgsite.settings", MGSITE_DATA_DIR=scratch.name)
for unwanted in ("DATABASE_URL", "MGSITE_URL", "MGSITE_DEBUG", "PORT", "HOST"):
    os.environ.pop(unwanted, None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import lighthouse, pages, rendering, replies, scale, scale_on_postgres, search, weight  # noqa: E402


def main() -> None:
    """Prepare the site, measure, print."""
    from articles.edition import load_articles
    from forms_catalog.edition import load_edition

    print("Preparing the site in a scratch directory ...", flush=True)
    call_command("migrate", verbosity=0)
    load_edition()
    load_articles()
    call_command("collectstatic", interactive=False, verbosity=0)

    hello = pages.hello_world_seconds()
    print(f"\nUnit: a hello-world Django answer takes {hello * 1e6:.0f} µs here ({1 / hello:,.0f} a second).\n")
    data_dir = Path(scratch.name)
    tables = (pages.measure(hello), rendering.measure(hello), weight.measure(data_dir), lighthouse.measure(data_dir))
    for table in tables:
        print(table, "\n", sep="")
    print(f"Adding made-up studies up to {scale.MANY:,} ...", flush=True)
    print(scale.measure(), "\n", sep="")
    print(search.measure(), "\n", sep="")
    print(f"Adding made-up replies up to {replies.MANY:,} ...", flush=True)
    print(replies.measure(), "\n", sep="")
    print("Studies on PostgreSQL ...", flush=True)
    print(scale_on_postgres.printed(), "\n", sep="")


if __name__ == "__main__":
    try:
        main()
    finally:
        scratch.cleanup()
