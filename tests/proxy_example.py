"""What `docs/drift/nginx.conf` says, for those who hold it against the app."""

import base64
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "drift" / "nginx.conf"


def headers():
    """Return the headers that the proxy adds to every answer."""
    return dict(
        re.findall(r'^ +add_header (\S+) "([^"]*)" always;$', EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    )


def policy():
    """Return the content security policy: what each directive allows."""
    parts = [part.split() for part in headers()["Content-Security-Policy"].split(";")]
    return {directive: set(allowed) for directive, *allowed in parts}


def checksum(script):
    """Return what a policy calls a script that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
