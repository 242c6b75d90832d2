"""A piece of HTML taken apart, and texts that would do harm if they were taken for HTML."""

from html.parser import HTMLParser

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b", "</td></tr>")


class Parsed(HTMLParser):
    """Tags of a piece of HTML with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(str(text).split("</style>")[-1])

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def names(parsed):
    return [tag for tag, _ in parsed.tags]
