"""Everything the environment can say is in the README's table, and nothing else is."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
READS = re.compile(
    r"""(?:flag|whole_number|words|host_names|site_url|data_dir|secret_key|database|mail|mail_address|environ\.get)\(\s*["']([A-Z_]+)["']"""
)
IN_TABLE = re.compile(r"^\|\s*`([A-Z_]+)`", re.MULTILINE)


def variables_read() -> set[str]:
    sources = [*BASE.joinpath("mgsite").rglob("*.py"), *BASE.joinpath("articles").rglob("*.py")]
    sources += [*BASE.joinpath("forms_catalog").rglob("*.py"), BASE / "tests/browser/browsers.py"]
    return {name for path in sources for name in READS.findall(path.read_text(encoding="utf-8"))}


def variables_of_commands() -> set[str]:
    """Django's own, for `make editor`, and the Makefile's."""
    return {"DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_EMAIL", "DJANGO_SUPERUSER_PASSWORD", "PYTHON"}


def test_the_readme_lists_every_variable_and_no_other() -> None:
    documented = set(IN_TABLE.findall((BASE / "README.md").read_text(encoding="utf-8")))
    assert variables_read() >= {"MGSITE_URL", "DATABASE_URL", "PORT", "HOST"}
    assert documented == variables_read() | variables_of_commands()


def test_the_readme_names_every_make_target() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (BASE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    readme = (BASE / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets if target != "help" and f"make {target}" not in readme] == []
