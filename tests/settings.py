"""The site's own settings, in a throw-away data directory and without the slow parts.

What differs from production differs here, and nowhere else.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="mgsite-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)

# The suite must not depend on, or write to, what the developer's shell is set up for.
for _name in [name for name in os.environ if name.startswith("MGSITE_") and name != "MGSITE_BROWSER"]:
    del os.environ[_name]
for _name in ("HOST", "PORT"):
    os.environ.pop(_name, None)
os.environ["MGSITE_DATA_DIR"] = str(_scratch / "data")

from mgsite.settings import *  # noqa: E402, F403
from mgsite.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: the browser tests' server runs in threads, and memory hides every locking fault.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Collecting and hashing is tested in tests/integration/test_serve.py; elsewhere it would only cost time.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A public page that turns out to be personal fails its test instead of being quietly left out of caches.
PUBLIC_PAGES_STRICT = True

# Factories put records in without a word to anybody; tests/unit/test_remembered.py is about remembering.
REMEMBER_CATALOG = False
