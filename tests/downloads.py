"""Reading the site's downloads as a program does."""

import csv
import io
import json
from typing import Any

from django.test import Client


def body(client: Client, address: str) -> bytes:
    """A download's bytes, streamed or not."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.getvalue()


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    """Rows of a CSV file; the byte order mark is required."""
    text = body(client, address).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def document(client: Client, address: str) -> Any:
    """A JSON file."""
    return json.loads(body(client, address))
