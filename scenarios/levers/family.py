"""Those closest, and the end of life: levers on support of carers, talks, and palliative care at home."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import assumed
from scenarios.levers.lever import REACH_MUNICIPALITIES, REACH_PEOPLE, Area, Evidence, Lever, Mark, marks_on
from scenarios.levers.reached import by_group, people_of
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="family",
    label_sv="Anhöriga och livets slut",
    aim_sv="Utvecklingsområde: person- och familjecentrerade arbetssätt",
    about_sv="Stöd till dem som vårdar sin partner, samtal om vad den döende önskar, och palliativ vård hemma.",
)

PLACES_IN_THE_COUNTRY = Evidence(
    finding_sv=(
        "Specialiserade palliativa platser per tusen döda i högsta regionen, mot 7 i lägsta; rätt nivå är inte känd."
    ),
    source="Regionala cancercentrum, vårdprogram palliativ vård 2016",
    grade="A",
    effect=107,
    unit="platser per tusen döda",
)


ILL_BANDS = 3
"""First resource band of those with a condition such as dementia."""


def _carers_in_dementia(region: Region, share: Array) -> float:
    """People who care for a partner with dementia and home nursing, who is of the resource bands of the ill."""
    from simulator.people.households import partner_share  # noqa: PLC0415  (numba is slow to import)
    from simulator.people.morbidity import prevalence_by_age  # noqa: PLC0415

    codes, ages = [condition.code for condition in region.conditions], region.population.shape[2]
    with_partner = prevalence_by_age(region)[codes.index("dementia"), :, :ages] * partner_share(region)[:, :ages]
    bands = region.rub_share[:, ILL_BANDS:]
    nursed = (bands * region.home_nursing_share[:, ILL_BANDS:]).sum(axis=1) / np.maximum(bands.sum(axis=1), 1e-9)
    return float((share[:, None] * by_group(region.population * with_partner) * nursed).sum())


def _talks(region: Region, share: Array) -> float:
    """Talks a year beyond today's, before deaths that can be foreseen; those who die are counted as ill."""
    p = region.parameters
    dying = by_group(region.population * -np.expm1(-region.mortality[:, : region.population.shape[2]]))
    ill = people_of(region)[..., 2:]
    of_the_ill = (share[..., 2:] * ill).sum(axis=-1) / np.maximum(ill.sum(axis=-1), 1e-9)
    added = np.minimum(of_the_ill, 1.0 - p["dying.conversation_share"])
    return float((dying * added).sum()) * p["dying.foreseeable_share"]


def _place_days(_: Region, places: Array) -> float:
    """Days a year that places stand open."""
    return float(places.sum()) * prices.DAYS


RECORDS = (
    Lever(
        name="carer_support",
        number=53,
        area=AREA,
        label_sv="Stöd till anhöriga vid demens",
        description_sv=(
            "Andel av dem som vårdar en partner med demens och hemsjukvård som får avlösning och samtal utöver dagens."
            " Stödet antas skjuta upp en del flyttar till särskilt boende; studierna är oense och spannet når ingen"
            " effekt. Bara partner räknas, inte barn och andra anhöriga."
        ),
        unit="andel av anhöriga",
        control="carer_support",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("cost_municipality", 1),),
        today=today.in_words("Dagens stöd ligger i det som är; hur många anhöriga som får stöd i dag är inte läst."),
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Hälften"),
            Mark("high", 1, "Alla"),
        ),
        prices=prices.work(
            "carer_support_year", _carers_in_dementia, {"home_help_year": "undersköterskor för avlösning"}
        ),
        cost_sv="Omkring hundra timmar (33-200; antagande) avlösning och samtal per anhörig och år. Kommunen betalar.",
        staffing_sv="Undersköterskor. " + prices.BEYOND,
        effects=("carers.relief", "carers.strain", "carers.loss", "carers.hours"),
    ),
    Lever(
        name="end_of_life_talks",
        number=51,
        area=AREA,
        label_sv="Samtal om vård i livets slut",
        description_sv=(
            "Så mycket större del av de väntade dödsfallen har föregåtts av ett samtal där önskan blir känd. Den som"
            " vill dö där den bor förs då något mer sällan till sjukhus. Samtalen i dag ingår i dagens nivå."
        ),
        unit="andel av väntade dödsfall",
        control="end_of_life_talks",
        operation="add",
        neutral=0,
        low=0,
        high=0.3,
        step=0.05,
        in_points=True,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("wish_known", 1), ("deaths_in_hospital", -1)),
        today=today.percent(
            "dying.conversation_share", "av de väntade dödsfallen antas ha föregåtts av ett samtal, som i landet"
        ),
        marks=marks_on(
            "Antagande: landets nivå 2015–2017 gäller länet; inget underlag säger hur långt det går.",
            (0.1, "Drygt tre av fyra"),
            (0.2, "Mer än åtta av tio"),
            (0.3, "Nästan alla"),
        ),
        prices=prices.work(
            "end_of_life_talk",
            _talks,
            {"gp_year": "läkartjänster för samtal", "municipal_nurse_year": "sjuksköterskor i kommunen för samtal"},
        ),
        cost_sv="Omkring 45 minuter (20-90; antaganden) av en läkare och lika mycket av en sjuksköterska per samtal.",
        staffing_sv="Läkare på hälsocentral och sjuksköterskor i kommunen. " + prices.BEYOND,
        effects=("dying.wish", "dying.conversation"),
        evidence=(
            assumed(
                "Sju av tio dödsfall antas gå att förutse; plötsliga dödsfall och korta akuta sjukdomar gör det inte."
            ),
        ),
    ),
    Lever(
        name="palliative_home_places",
        number=52,
        area=AREA,
        label_sv="Palliativ hemsjukvård, platser",
        description_sv=(
            "Platser per sjukhus i specialiserad palliativ hemsjukvård utöver dagens. Den som bor hemma, vill dö där"
            " och vars död går att förutse får en plats till slutet, så länge det finns någon ledig."
        ),
        unit="platser per sjukhus",
        control="palliative_home_places",
        operation="add",
        neutral=0,
        low=0,
        high=30,
        step=1,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("deaths_with_palliative_home", 1), ("deaths_in_hospital", -1)),
        today=today.none_yet(
            "Dagens palliativa hemsjukvård ingår i dagens nivå; bara platser utöver den räknas.",
            "platser i länet utöver dagens",
            lambda region: float(len(region.hospitals)),
        ),
        marks=(
            Mark("low", 5, "15 platser i länet"),
            Mark("likely", 10, "30 platser i länet"),
            Mark("high", 20, "60 platser i länet"),
        ),
        prices=prices.work(
            "palliative_place_day",
            _place_days,
            {
                "hospital_nurse_year": "sjuksköterskor i palliativ hemsjukvård",
                "hospital_physician_year": "läkare i palliativ hemsjukvård",
            },
        ),
        cost_sv=(
            "Per plats och dygn omkring en timme (30-120 minuter; antagande) av en sjuksköterska och 20 minuter (10-40)"
            " av en läkare, använd eller ej. Regionen betalar; läkemedel och kommunens tid räknas inte."
        ),
        staffing_sv="Sjuksköterskor och läkare i palliativa team. " + prices.BEYOND,
        effects=("dying.palliative_home",),
        evidence=(PLACES_IN_THE_COUNTRY,),
    ),
)
