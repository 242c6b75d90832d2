import hashlib
import json
from dataclasses import replace

from scenarios.documents.papers import DocumentOrder
from scenarios.documents.writers.manifest import manifest_of


def test_it_tells_the_origin_whole_and_every_file(made):
    told = json.loads(manifest_of(made, {"b.pdf": b"b", "a.docx": b"a"}))
    assert told["scenarios"]["battre"] == f"{11:064x}"
    assert (told["seed"], told["region"], told["replications"]) == ("7", "kalmar", 6)
    assert told["command"] == "naravard run nulage battre --out first"
    sums = {name: file["sha256"] for name, file in told["files"].items()}
    assert sums == {"a.docx": hashlib.sha256(b"a").hexdigest(), "b.pdf": hashlib.sha256(b"b").hexdigest()}
    assert DocumentOrder.read(told["files"]["a.docx"]["asked"]) == DocumentOrder()


def test_other_files_of_the_same_results_are_kept_in_it_and_of_others_not(made):
    before = json.loads(manifest_of(made, {"a.docx": b"a"}))
    assert list(json.loads(manifest_of(made, {"b.pdf": b"b"}, before))["files"]) == ["a.docx", "b.pdf"]
    other = replace(made, origin=replace(made.origin, seed="8"))
    assert list(json.loads(manifest_of(other, {"b.pdf": b"b"}, before))["files"]) == ["b.pdf"]
