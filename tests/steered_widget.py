"""Finding a widget of the app's by its name: its key changes whenever something else has given it a value."""


def widget(elements, name):
    """Return the one of some elements of an app that is drawn under a name; raises KeyError when there is none."""
    found = [element for element in elements if str(element.key).rpartition("~")[0] == name]
    if len(found) != 1:
        raise KeyError(name)
    return found[0]
