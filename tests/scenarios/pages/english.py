"""Words that give away an English text on a page."""

import re

ENGLISH = re.compile(
    r"\b(the|and|with|choose|select|download|error|failed|loading|value|year|difference|none|nan|undefined)\b", re.I
)
