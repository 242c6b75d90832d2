"""The two experiments told: the page docs/experiment.md and its chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import vl_convert
from scipy.stats import t as student

from calibration.experiments.followed import FOLLOWED_SV
from calibration.experiments.years import ASSOCIATED, PUBLISHED, SPANS_SV
from calibration.lever_charts import FAINT, INK
from calibration.register_text import table_text
from scenarios.exhibits.charts import LOCALE_SV
from scenarios.text.swedish import number
from simulator.core.fields import Array

EXPERIMENT_PAGE = Path(__file__).parents[2] / "docs" / "experiment.md"
CHART_FILE = EXPERIMENT_PAGE.with_name("images") / "experiment.svg"
STUDIED, TRUE = range(2)
YEAR_ONE, YEAR_TWO = range(2)
NORWAY: dict[str, tuple[float, float, float] | None] = {
    "gp": (1.03, 1.02, 1.04), "emergency": (1.04, 0.99, 1.09), "admission": None, "planned": (1.03, 1.02, 1.04),
    "death": None,
}  # fmt: skip
"""Vinjerui et al., BMJ Qual Saf 2024 (abstract), the first year; emergency is out of hours there."""
NORWAY_IN_WORDS = {
    "admission": "omkring +3 % enligt en sammanfattning; intervallet är inte läst",
    "death": "ingen skillnad enligt en sammanfattning",
}
ASSOCIATED_SV = {"emergency": "Minst ett akutbesök", "admission": "Minst en akut inläggning", "death": "Död"}


class Range(NamedTuple):
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float

    def text_sv(self, decimals: int = 2) -> str:
        """The figure as a Swede writes it."""
        mean, low, high = (number(value, decimals) for value in self)
        return f"{mean} ({low}–{high})" if self.low >= 0.0 else f"{mean} ({low} till {high})"


@dataclass(frozen=True, slots=True)
class Experiments:
    """What the experiments gave: [replications, studied and true, outcomes, years or spans]."""

    exits: Array
    vacant: Array
    without_effect: Array
    half_effect: Array
    years: Array
    years_without_effect: Array
    tried: float
    shares: dict[str, float]


def range_of(values: Array) -> Range:
    """Mean over replications with a t interval."""
    n = len(values)
    error = float(student.ppf(0.975, n - 1) * values.std(ddof=1) / n**0.5)
    mean = float(values.mean())
    return Range(mean, mean - error, mean + error)


def implied(results: Experiments, outcome: str, published: tuple[float, float, float]) -> Range:
    """Share of the association that a published ratio after an exit implies, told again with Norway's continuity.

    The effect of an exit grows in proportion to the share: from the run without effect to that with half of it.
    """
    place = list(FOLLOWED_SV).index(outcome)
    nothing, half = (
        float(runs[:, TRUE, place, YEAR_ONE].mean()) for runs in (results.without_effect, results.half_effect)
    )
    return Range(*((ratio - nothing) / (half - nothing) * results.tried for ratio in published))


# --- the page ----------------------------------------------------------------------------------------------

_HEAD = """# Två naturliga experiment i simulatorn

<!-- Sidan och diagrammet är gjorda av `python -m calibration.experiments`; ändra inte här. -->

Hur mycket av sambandet mellan kontinuitet och akutvård är orsak? Två norska registerstudier ser ut att säga emot
varandra. Bland människor hänger många år med samma läkare ihop med mycket mindre akutvård (Sandvik m.fl. 2022). Men när
läkare slutar, utan att patienterna valt det, ökar akutvården bara några procent (Vinjerui m.fl. 2024). Här görs båda
studierna om på simulatorns invånare. **Modellen ska ge båda**: det starka sambandet och den lilla effekten. Norge
mätte besök hos jourläkare i primärvården, modellen räknar akutbesök på sjukhus.

![Båda experimenten bredvid de norska siffrorna](images/experiment.svg)
"""
_YEARS_HEAD = """
## Åren med samma läkare

Tre år in i dagens kurs räknas hur länge var och en haft sin namngivna läkare. Året därpå följs alla. Oddskvoter mot
dem som haft läkaren kortare än två år, rensade för ålder, kön, resursband och antal sjukdomar, så som ett register kan.
Den som behöver mer vård än andra lika byter läkare oftare (antagande, grad C); det ser registret inte. *Utan verkan* är
samma regression i en värld där relationen inte gör någonting alls: skillnaden mot den är vad som är orsak. *Rensat för
behovet* kan bara en simulator visa.
"""
_EXITS_HEAD = """
## Läkare som slutar

På en nyårsdag slutar var femte fast läkare. En ny tar genast över listan, som i Norge. De som hade läkaren följs i två
år mot dem vars läkare är kvar. *Som studien ser det* är förändringen från året före, mot de andras förändring (för döda
skillnaden, viktad till samma ålder, resursband och kön). *Sanningen* är samma människor i samma framtid, hade läkaren
stannat: den har ingen studie, och den är mycket säkrare. *Tjänsten vakant* är sanningen när ingen tar över: då är det
bristen på tider och inte brottet i relationen som syns.
"""
_SHARE_HEAD = """
## Vilken andel är orsak?

I modellen verkar en relation bara för den som träffar sin läkare, och omkring hälften av invånarna gör det så ofta att
de har en. Därför är ett läkarbyte mindre i modellen än på papperet. Samma uppsägningar gjordes om i ett
tänkt Kalmar med Norges kontinuitet (alla har en namngiven läkare och bokas hos den om det går), utan verkan och med
hälften av sambandet som orsak. Ur lutningen mellan dem följer vilken andel som skulle ge Norges siffra.
"""
_TAIL = """
**Så läses det.** Andelarna i modellen är satta mellan det norska och det danska resultatet, med spann som rymmer noll
och tvärsnitten; körs antagandena med i spannet (`--parameter-draws`) syns hur mycket ett resultat hänger på dem.
Hur mycket oftare den byter som behöver mer är inställt så att sambandet för akutbesök kommer nära Sandviks; att
inläggningar och död då hamnar nära sina, och att läkarbytet ger så lite, är inte inställt. Planerade kontakter ökar
mindre i modellen än i Norge: där skrev nya läkare fler remisser också flera år senare, och den vanan finns inte med.
Läkarbesöken ökar under första året men mindre än i Norge.
"""


def page(results: Experiments) -> str:
    """The page as Markdown."""
    n = len(results.exits)
    parts = [
        _HEAD,
        f"{n} replikationer av hela länet; 95-procentiga intervall för slumpen.\n",
        _YEARS_HEAD.lstrip("\n"),
        *(_years_table(results, place) for place in range(len(ASSOCIATED))),
        _EXITS_HEAD.lstrip("\n"),
        _exits_table(results),
        _SHARE_HEAD.lstrip("\n"),
        _shares_table(results),
        _TAIL.lstrip("\n"),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _years_table(results: Experiments, place: int) -> str:
    name = ASSOCIATED[place]
    published = {0: PUBLISHED[name][0], len(SPANS_SV) - 1: PUBLISHED[name][1]}
    rows = (
        (
            span,
            Range(*published[n]).text_sv() if n in published else "–",
            range_of(results.years[:, STUDIED, place, n]).text_sv(),
            range_of(results.years_without_effect[:, STUDIED, place, n]).text_sv(),
            range_of(results.years[:, TRUE, place, n]).text_sv(),
        )
        for n, span in enumerate(SPANS_SV)
    )
    heads = (ASSOCIATED_SV[name], "Sandvik 2022", "Modellen", "Utan verkan", "Rensat för behovet")
    return table_text(heads, rows)


def _exits_table(results: Experiments) -> str:
    heads = ("Kvot", "Norge, första året", "Som studien ser det", "Sanningen", "Andra året", "Tjänsten vakant")
    return table_text(heads, _exit_rows(results))


def _norwegian(name: str) -> str:
    """What was found in Norway, with what was measured where that is another thing."""
    published = NORWAY[name]
    if published is None:
        return NORWAY_IN_WORDS[name]
    return Range(*published).text_sv() + (" (besök hos jourläkare)" if name == "emergency" else "")


def _exit_rows(results: Experiments) -> Iterator[tuple[str, ...]]:
    for place, (name, label) in enumerate(FOLLOWED_SV.items()):
        yield (
            label,
            _norwegian(name),
            range_of(results.exits[:, STUDIED, place, YEAR_ONE]).text_sv(),
            range_of(results.exits[:, TRUE, place, YEAR_ONE]).text_sv(3),
            range_of(results.exits[:, TRUE, place, YEAR_TWO]).text_sv(3),
            range_of(results.vacant[:, TRUE, place, YEAR_ONE]).text_sv(),
        )


def _shares_table(results: Experiments) -> str:
    used = dict(zip(("emergency", "admission", "death"), results.shares.values(), strict=True))
    curve = {"emergency": "0,13–0,18 (−0,05 till 0,40)", "admission": "0,11–0,15"}
    rows = []
    for name, published in (("emergency", (1.04, 0.99, 1.09)), ("admission", (1.03, 1.03, 1.03))):
        share = implied(results, name, published)
        told = share.text_sv(1) if name == "emergency" else f"{number(share.mean, 1)} (intervallet är inte läst)"
        rows.append((FOLLOWED_SV[name], curve[name], told, number(used[name], 2)))
    rows.append(("Döda", "nära 0", "nära 0", number(used["death"], 2)))
    heads = ("Utfall", "Ur kurvan, 5–10 års relation", "Ur experimentet, Norges kontinuitet", "I modellen")
    return table_text(heads, rows)


# --- the chart ---------------------------------------------------------------------------------------------


def chart(results: Experiments) -> str:
    """The chart as SVG: odds ratios by years with the GP, and ratios after exits, beside the published ones."""
    drawn = alt.hconcat(
        _panel(_by_years(results), "År med samma läkare", "Oddskvot mot kortare än två år"),
        _panel(_after_exits(results), "Läkaren slutar", "Kvot mot andra, första året"),
        spacing=40,
    )
    drawn = drawn.properties(
        title=alt.TitleParams(
            "Starkt samband mellan människor, liten effekt av ett byte",
            subtitle="Punkt och streck: medel och 95-procentigt intervall", anchor="start", fontSize=15,
            subtitleFontSize=12, subtitleColor=FAINT, offset=14,
        ),
        background="white", padding=14,
    ).configure(font="Arial, sans-serif", locale=LOCALE_SV).configure_view(stroke=None)  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(drawn.to_json(), format_locale="sv-SE")
    return svg


def _point(where: str, who: str, values: tuple[float, float, float]) -> dict[str, Any]:
    return {"where": where, "who": who, "mean": values[0], "low": values[1], "high": values[2]}


def _by_years(results: Experiments) -> list[dict[str, Any]]:
    rows, place = [], ASSOCIATED.index("emergency")
    for n, span in enumerate(SPANS_SV):
        rows.append(_point(span, "Modellen", range_of(results.years[:, STUDIED, place, n])))
        rows.append(_point(span, "Modellen utan verkan", range_of(results.years_without_effect[:, STUDIED, place, n])))
    for span, published in zip((SPANS_SV[0], SPANS_SV[-1]), PUBLISHED["emergency"], strict=True):
        rows.append(_point(span, "Norsk studie", published))
    return rows


def _after_exits(results: Experiments) -> list[dict[str, Any]]:
    rows = []
    for place, (name, label) in enumerate(FOLLOWED_SV.items()):
        rows.append(_point(label, "Modellen", range_of(results.exits[:, TRUE, place, YEAR_ONE])))
        rows.append(_point(label, "Som studien ser det", range_of(results.exits[:, STUDIED, place, YEAR_ONE])))
        published = NORWAY[name]
        if published:
            rows.append(_point(label, "Norsk studie", published))
    return rows


COLOUR_OF = {
    "Norsk studie": "#a4343a",
    "Modellen": INK,
    "Modellen utan verkan": FAINT,
    "Som studien ser det": "#7aa6b2",
}


def _panel(rows: list[dict[str, Any]], title: str, axis: str) -> alt.LayerChart | alt.FacetChart:
    data, order = pd.DataFrame(rows), list(dict.fromkeys(row["where"] for row in rows))
    words = alt.Axis(labelAngle=0, labelExpr="split(datum.label, ' ')")
    # The same scale in both panels, so that a colour is one thing.
    colours = alt.Scale(domain=list(COLOUR_OF), range=list(COLOUR_OF.values()))
    base = alt.Chart(data).encode(
        x=alt.X("where:N", sort=order, title=None, axis=words),
        xOffset=alt.XOffset("who:N", sort=list(COLOUR_OF)),
        color=alt.Color("who:N", title=None, scale=colours, legend=alt.Legend(orient="top", labelLimit=260)),
    )
    y = alt.Y("low:Q", title=axis, scale=alt.Scale(zero=False))
    layers = (
        alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(color=FAINT, strokeDash=[4, 4]).encode(y="one:Q"),
        base.mark_rule(strokeWidth=2).encode(y=y, y2="high:Q"),
        base.mark_point(filled=True, size=55, opacity=1).encode(y=alt.Y("mean:Q", title=axis)),
    )
    heading = alt.TitleParams(title, anchor="start", fontSize=13, fontWeight="normal")
    return alt.layer(*layers).properties(width=420, height=260, title=heading)
