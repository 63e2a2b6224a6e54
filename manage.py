#!/usr/bin/env python
"""Django's command line. What an operator can mend ends with one sentence; `--traceback` shows the whole."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mgsite.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Cannot start: {error}")
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        from mgsite.management.commands.serve import one_line

        sys.exit(f"The database cannot be used: {one_line(error)}")


if __name__ == "__main__":
    main()
