import pytest

from scenarios.strategies.labels import told_apart


@pytest.mark.parametrize("other", ["Nuläge", "nuläge", " Nuläge  ", "Nula\u0308ge", "Nu\uff4c\u00e4ge"])
def test_labels_that_look_the_same_are_told_apart_by_name(other):
    assert told_apart({"nulage": "Nuläge", "annat": other, "tredje": "Tredje"}) == {
        "nulage": "Nuläge (nulage)", "annat": f"{other} (annat)", "tredje": "Tredje",
    }  # fmt: skip


def test_labels_that_differ_stay_as_they_are():
    labels = {"a": "Kontinuitet", "b": "Kontinuitet, ändrad", "c": "Kontinuitet (nedskalad till 20 %)"}
    assert told_apart(labels) == labels
