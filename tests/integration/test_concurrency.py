"""Several writers on one SQLite file, with the options the site uses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

WRITERS, WRITES = 6, 30

# Each write reads first: with deferred transactions that is what fails at once, whatever the timeout.
WRITER = """
import sys
from django.db import transaction
import django
django.setup()
from forms_catalog.actions import public_content_changed, public_version
sys.stdin.readline()
for _ in range(int(sys.argv[1])):
    with transaction.atomic():
        public_version()
        public_content_changed()
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's locks")
def test_six_processes_that_read_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mgsite.settings",
        "MGSITE_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    _, complaint = start("manage.py", "migrate", "--skip-checks", "--verbosity", "0").communicate()
    assert not complaint

    writers = [start("-c", WRITER, str(WRITES)) for _ in range(WRITERS)]
    for writer in writers:  # all are waiting at the line before any begins
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    complaints = [writer.communicate()[1] for writer in writers]

    assert complaints == [""] * WRITERS
    ask = "import django; django.setup(); from forms_catalog.actions import public_version; print(public_version())"
    counted, _ = start("-c", ask).communicate()
    assert int(counted) == 1 + WRITERS * WRITES
