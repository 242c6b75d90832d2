"""The strategy document: what results say, from the page for leadership to how they are made again."""

from __future__ import annotations

from scenarios.documents.certainty import certainty
from scenarios.documents.content import Paper
from scenarios.documents.course_told import course_told
from scenarios.documents.foot import foot_of
from scenarios.documents.gains import gains
from scenarios.documents.grounds import grounds
from scenarios.documents.limits_told import limits_told
from scenarios.documents.places_told import places_told
from scenarios.documents.question import question
from scenarios.documents.results_read import Material
from scenarios.documents.summary import summary
from scenarios.exhibits.wording import counted
from scenarios.report.about import REPORT_TITLE
from scenarios.text.swedish import dated

DOCUMENT_NAME = "strategidokument"
CAUTION_SV = "Modellen jämför möjliga utvecklingar. Den är ingen prognos för en enskild enhet eller ett enskilt år."


def strategy_document(material: Material) -> Paper:
    """Return the strategy document of some results."""
    sections = (
        summary(material), question(material), course_told(material), *gains(material), places_told(material),
        limits_told(material), certainty(material), *grounds(material),
    )  # fmt: skip
    return Paper(
        DOCUMENT_NAME, f"{REPORT_TITLE}: {material.region.name_sv}", subtitle(material), about(material), sections,
        material.origin, material.created, foot_of(material.origin),
    )  # fmt: skip


def subtitle(material: Material) -> str:
    """Return which strategies are compared, in one line."""
    labels = [material.label(name) for name in material.strategies]
    if not labels:
        return f"{material.label(material.baseline)} till {material.last}"
    if len(labels) > 4:
        return f"{counted(len(labels), 'strategi', 'strategier').capitalize()} jämförda till {material.last}"
    compared = "jämförd" if len(labels) == 1 else "jämförda"
    return f"{', '.join(labels)} {compared} med {material.course} till {material.last}"


def about(material: Material) -> tuple[str, ...]:
    """Return the lines of the title page."""
    runs = counted(material.answer.replications, "replikation", "replikationer")
    drawn = f", {counted(material.draws, 'framtid', 'framtider')} med varierade antaganden" if material.draws else ""
    made = f"Resultat från {dated(material.created.date())}: {runs}{drawn}, frö {material.origin.seed}."
    return made, CAUTION_SV
