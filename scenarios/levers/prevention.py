"""Prevention: levers on exercise against falls, health dialogues, link workers, smoking and weight."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import assumed
from scenarios.levers.lever import REACH_AGES, REACH_PEOPLE, Area, Lever, Mark, Price
from scenarios.levers.reached import FROM_65, at_home, by_group, people_of, smokers, with_obesity
from simulator.core.fields import Array
from simulator.region.axes import DIALOGUE_AGES, DIALOGUE_MINUTES
from simulator.region.pack import Region

AREA = Area(
    name="prevention",
    label_sv="Hälsofrämjande och förebyggande",
    aim_sv=(
        "Utvecklingsområde: hälsofrämjande, förebyggande och tidiga insatser. Prioriterad grupp: invånare som löper"
        " stor risk för ohälsa"
    ),
    about_sv="Insatser innan behovet uppstår. Underlaget är svagt för flera av dem: läs det vid varje spak.",
)


def _aged_65_at_home(region: Region) -> float:
    return float((by_group(region.population) * at_home(region))[:, FROM_65:].sum())


def _trained(region: Region, share: Array) -> float:
    """People aged 65 and over in their own home who take part in exercise against falls."""
    people = people_of(region) * at_home(region)[:, None]
    return float((share * people)[:, FROM_65:].sum())


def _dialogue_nurses(region: Region, share: Array) -> float:
    """FTE of nurses for health dialogues."""
    invited = np.zeros_like(region.population)
    invited[:, :, DIALOGUE_AGES] = region.population[:, :, DIALOGUE_AGES]
    return prices.fte(region, float((share.mean(axis=2) * by_group(invited)).sum()) * DIALOGUE_MINUTES)


def _link_users(region: Region, share: Array) -> float:
    """People without complex needs who see a link worker in a year."""
    return float((share * people_of(region))[..., :3].sum()) * region.parameters["prevention.link_worker_use"]


def _supported(region: Region, share: Array) -> float:
    """Daily smokers who have support to stop in a year."""
    return float((share * smokers(region)).sum())


def _in_weight_programme(region: Region, share: Array) -> float:
    """People with obesity in a weight programme."""
    return float((share * with_obesity(region)).sum())


RECORDS = (
    Lever(
        name="fall_prevention",
        number=39,
        area=AREA,
        label_sv="Fallprevention",
        description_sv=(
            "Andel av invånarna 65 år och äldre i eget boende som deltar i fallförebyggande träning. De som bor i"
            " särskilt boende omfattas inte, för där är effekten inte prövad."
        ),
        unit="andel av 65+ i eget boende",
        control="fall_prevention",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=24,
        reach=REACH_PEOPLE,
        expected=(("fall_admissions", -1),),
        today=today.none_yet(
            "Ingen deltar i modellen; omkring {} invånare 65 år och äldre bor i eget boende.",
            "deltagare",
            _aged_65_at_home,
        ),
        marks=(
            Mark("low", 0.1, "Var tionde"),
            Mark("likely", 0.25, "Var fjärde"),
            Mark("high", 0.4, "Fyra av tio"),
        ),
        prices=prices.work("fall_training_year", _trained, {"rehab_year": "fysioterapeuter"}),
        cost_sv=(
            "Omkring fem timmar (2,5-10; antagande) av en fysioterapeut per deltagare och år. Regionen betalar; lokaler"
            " och resor räknas inte."
        ),
        staffing_sv="Fysioterapeuter. " + prices.BEYOND,
        effects=("prevention.falls",),
    ),
    Lever(
        name="health_dialogue",
        number=40,
        area=AREA,
        label_sv="Hälsosamtal vid 40, 50, 60 och 70 år",
        description_sv=(
            "Andel av dem som är 40, 50, 60 eller 70 år som kommer till ett hälsosamtal. Varje samtal tar en timme av"
            " en sjuksköterska. Effekten på insjuknande antas vara noll och skulle annars dröja omkring åtta år."
        ),
        unit="andel av inbjudna",
        control="health_dialogue",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=12,
        reach=REACH_AGES,
        expected=(("contacts", 1),),
        today=today.none_yet(
            "Inga hälsosamtal finns i modellen; omkring {} invånare fyller 40, 50, 60 eller 70 år på ett år.",
            "samtal om året",
            lambda region: float(region.population[:, :, DIALOGUE_AGES].sum()),
        ),
        marks=(
            Mark("low", 0.2, "Var femte inbjuden kommer"),
            Mark("likely", 0.5, "Hälften kommer"),
            Mark("high", 0.7, "Sju av tio kommer"),
        ),
        prices=(Price("nurse_year", "sjukskötersketjänster för hälsosamtal", _dialogue_nurses),),
        cost_sv=(
            "Sjukskötersketid, som räknas som kontakter på hälsocentralen. En budget prissätter den som nya tjänster; i"
            " utfallet tas den av de tjänster som finns."
        ),
        staffing_sv="En timme av en sjuksköterska på hälsocentralen per samtal (antagande), som tas från andra besök.",
        effects=("prevention.dialogue_onset", "prevention.dialogue_death"),
    ),
    Lever(
        name="social_prescribing",
        number=41,
        area=AREA,
        label_sv="Hälsolots",
        description_sv=(
            "Andel av invånarna utan komplexa behov som har tillgång till en hälsolots (social förskrivning). Antas"
            " inte ändra behovet av läkare; registrets intervall visar hur mycket det skulle kunna vara."
        ),
        unit="andel",
        control="social_prescribing",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        today=today.none_yet(
            "Ingen har tillgång till hälsolots i modellen; omkring {} invånare har inte komplexa behov.",
            "invånare med tillgång",
            lambda region: float(region.population.sum()) - region.parameters["segment.complex"],
        ),
        marks=(
            Mark("low", 0.25, "En fjärdedel av länet"),
            Mark("likely", 0.5, "Halva länet"),
            Mark("high", 0.75, "Tre fjärdedelar av länet"),
        ),
        prices=prices.work("link_worker_year", _link_users, {"link_worker_year": "hälsolotsar"}),
        cost_sv=(
            "Omkring två av hundra som har tillgång till en hälsolots möter den ett år (1-5; antagande), fem timmar var"
            " (3,3-8,3; antagande). En hälsolots kostar omkring 0,6 miljoner om året (antagande). Kommunen betalar."
        ),
        staffing_sv="En hälsolots för omkring 200 personer om året, räknad som psykosocial resurs. " + prices.BEYOND,
        effects=("prevention.social",),
        evidence=(assumed("Ingen effekt på vårdbehovet antas: studierna som fann en saknade jämförelsegrupp."),),
    ),
    Lever(
        name="quit_smoking",
        number=57,
        area=AREA,
        label_sv="Stöd att sluta röka",
        description_sv=(
            "Andel av dem som röker dagligen som får och tar emot stöd att sluta under ett år. Av hundra som får stöd"
            " slutar omkring tio fler än annars. Risken för sjukdom sjunker sedan långsamt, till hälften på omkring fem"
            " år: till 2030 syns färre rökare, men knappt något i vården."
        ),
        unit="andel av dagligrökarna per år",
        control="quit_smoking",
        operation="add",
        neutral=0,
        low=0,
        high=0.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("daily_smokers", -1),),
        today=today.none_yet(
            "Det stöd som ges i dag ingår i läget; inget utöver det finns i modellen. Omkring {} vuxna röker dagligen.",
            "rökare med stöd om året",
            lambda region: float(smokers(region).sum()),
        ),
        marks=(
            Mark("low", 0.05, "En av tjugo rökare om året"),
            Mark("likely", 0.1, "En av tio"),
            Mark("high", 0.3, "Tre av tio"),
        ),
        prices=prices.work("quit_support", _supported, {"nurse_year": "sjukskötersketjänster för stöd att sluta röka"}),
        cost_sv=(
            "Omkring två timmar (40 minuter till fyra timmar; antagande) av en sjuksköterska per rökare som får stöd."
            " Regionen betalar; läkemedel räknas inte."
        ),
        staffing_sv="Sjuksköterskor. " + prices.BEYOND,
        effects=("prevention.smoking",),
    ),
    Lever(
        name="weight_programme",
        number=58,
        area=AREA,
        label_sv="Viktprogram",
        description_sv=(
            "Andel av dem som har fetma som deltar i ett program för levnadsvanor. I modellen minskar det bara nya fall"
            " av diabetes bland deltagarna, så länge de deltar; ett stort försök fann ingen effekt på hjärta och kärl,"
            " och vikten själv ändras inte i modellen. Till 2030 syns lite i vården."
        ),
        unit="andel av dem med fetma",
        control="weight_programme",
        operation="add",
        neutral=0,
        low=0,
        high=0.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("new_diabetes", -1),),
        today=today.none_yet(
            "Inga program finns i modellen; omkring {} vuxna har fetma.",
            "deltagare",
            lambda region: float(with_obesity(region).sum()),
        ),
        marks=(
            Mark("low", 0.05, "En av tjugo"),
            Mark("likely", 0.1, "En av tio"),
            Mark("high", 0.3, "Tre av tio"),
        ),
        prices=prices.work(
            "weight_programme_year", _in_weight_programme, {"nurse_year": "sjukskötersketjänster för viktprogram"}
        ),
        cost_sv=(
            "Omkring fyra timmar (2-10; antagande) av en sjuksköterska per deltagare och år. Regionen betalar."
            " Läkemedel och operationer ingår inte."
        ),
        staffing_sv="Sjuksköterskor. " + prices.BEYOND,
        effects=("prevention.weight",),
    ),
)
