"""A record of an effect that keeps every rule, as a file has it, and ways to break it."""

from copy import deepcopy

import yaml

STUDY = {
    "side": "for", "cite": "A et al. J 2024;1:2", "doi": "10.1000/1", "design": "trial", "country_sv": "Norge",
    "people": 100, "population_sv": "alla", "outcome_sv": "jourbesök", "value": 0.7, "low": 0.6, "high": 0.8,
    "unit_sv": "OR", "follow_up_sv": "ett år", "read": "abstract", "grade": "A", "finding_sv": "Färre besök.",
}  # fmt: skip
AGAINST = {**STUDY, "side": "against", "cite": "B et al. J 2023;2:3"}
WHY = "Jourläkaren tar emot det mesta akuta i Norge, så besöken där läses som besök på akutmottagning."
RECORD = {
    "key": "made.up",
    "label_sv": "Samma läkare och akutbesök",
    "rule_sv": "Den som har samma läkare söker mer sällan akut.",
    "parameters": ["continuity.naming_effect"],
    "outcome": {"measured": "out_of_hours_visit", "model": "emergency_visit", "why_sv": WHY},
    "population": {"measured": "everybody_listed", "model": "everybody_listed"},
    "unit": {"measured": "odds_ratio", "model": "odds_ratio"},
    "design": "trial",
    "time_to_effect_sv": "Ett år.",
    "follow_up_sv": "Fem år.",
    "reasoning_sv": "Det mätta läses som det räknade. " * 6,
    "studies": [STUDY, AGAINST],
}


class Plain(yaml.SafeDumper):
    """Writes what stands twice out twice: a file of effects has no anchors."""

    def ignore_aliases(self, _):
        return True


def written(*records):
    """Return the content of a file of records."""
    return yaml.dump(list(records), Dumper=Plain, allow_unicode=True, sort_keys=False).encode()


def changed(path, value):
    """Return the record with one field set, at a path of names and places; None takes it away."""
    record = deepcopy(RECORD)
    place = record
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return record
