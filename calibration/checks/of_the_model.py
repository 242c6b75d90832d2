"""Checks 1-24: theory, conservation, extremes, reproducibility."""

from __future__ import annotations

from calibration.checks.check import Check

THEORY, CONSERVATION, EXTREMES, REPRODUCIBILITY = "Teori", "Bevarande", "Ytterlägen", "Reproducerbarhet"
_VERIFICATION, _PROPERTIES, _CARE = "tests/verification", "tests/properties", "tests/simulator/care"

CHECKS_OF_THE_MODEL = (
    Check(
        number=1, area=THEORY,
        says_sv="Erlang C: 1, 5 och 20 platser vid belastning 0,5, 0,8, 0,9 och 0,95; teorin inom 99,9 %-intervallet.",
        tests=(f"{_VERIFICATION}/test_queueing_theory.py::test_erlang_c",),
        figure_sv="Längst från teorin i någon av de tolv cellerna: {away.most} av intervallets halva bredd; bredaste "
        "halva intervallet {width.most} % av teorins väntan.",
    ),
    Check(
        number=2, area=THEORY,
        says_sv="Pollaczek–Khinchine: en plats, tre varianser hos vårdtiden.",
        tests=(f"{_VERIFICATION}/test_queueing_theory.py::test_pollaczek_khinchine",),
        figure_sv="Längst från teorin: {away.most} av intervallets halva bredd; bredaste halva intervallet "
        "{width.most} %.",
    ),
    Check(
        number=3, area=THEORY,
        says_sv="Littles lag med randtermer i varje enhet.",
        tests=(f"{_VERIFICATION}/test_little.py",),
        figure_sv="Lika i hela sekunder, alltså exakt, i alla köer, akutmottagningar, vårdplatser och tidböcker: fem "
        "år i den minsta regionen.",
    ),
    Check(
        number=4, area=THEORY,
        says_sv="Kärnorna gör detsamma som en enkel SimPy-modell av samma regler, händelse för händelse, i 200 "
        "slumpade små system.",
        tests=(f"{_VERIFICATION}/test_reference.py",),
        figure_sv="{events.sum} händelser lika i 200 system, och lika i 100 system med sjukhus som tar emot varandras "
        "patienter; jämförelsen märker varje regel som ändras på prov.",
    ),
    Check(
        number=5, area=THEORY,
        says_sv="Varje ingående takt återfås ur det som händer, med provets styrka angiven.",
        tests=(
            f"{_VERIFICATION}/test_rates.py",
            f"{_VERIFICATION}/test_today.py::test_deaths_come_at_the_rates_of_the_pack_for_either_sex_at_every_age",
            f"{_VERIFICATION}/test_today.py::test_departures_and_births_come_at_the_rates_of_the_pack_in_every_municipality",
            f"{_VERIFICATION}/test_today.py::test_arrivals_number_what_the_pack_says_in_every_municipality",
            f"{_CARE}/test_causes.py::test_the_countys_shares_of_acuity_are_recovered_at_every_age",
            f"{_CARE}/test_causes.py::test_causes_and_acuities_have_their_shares",
            "tests/simulator/people/test_morbidity.py::test_drawn_conditions_have_the_prevalence_and_stay_with_the_person",
            "tests/simulator/people/test_demand.py::test_the_numbers_are_poisson_with_the_mean_of_the_rate",
            "tests/simulator/staff/test_workforce.py::test_leaving_and_recruiting_balance_at_the_given_vacancy",
        ),
        figure_sv="Fel som säkert (99,9 %) hittas: behovsströmmarna {needs_power.most} %, alla dödsfall "
        "{deaths_power.most} %, födslar {births_power.most} %, utflyttning {departures_power.most} %.",
        missing_sv="Behov, befolkning, sjuklighet, angelägenhet, orsaker och personalens omsättning återfås; övriga "
        "takter (bland annat inläggning, vårdtider, digital andel, sjukfrånvaro) prövas i sina egna regler och inte "
        "mot hela länets utfall. Dödstalen återfås för 2023–2024: därefter sjunker de i höga åldrar under tabellen, "
        "som modellsidan säger.",
    ),
    Check(
        number=6, area=THEORY,
        says_sv="10 000 frön ger inga dubbla slumpströmmar.",
        tests=(
            "tests/simulator/core/test_randomness.py::test_ten_thousand_seeds_share_no_stream",
            "tests/scenarios/running/test_runner.py::test_ten_thousand_seeds_are_all_different_and_fit_in_63_bits",
        ),
        figure_sv="{streams.sum} strömmar (10 000 frön gånger alla syften), alla olika; 10 000 replikationsfrön, alla "
        "olika.",
    ),
    Check(
        number=7, area=THEORY,
        says_sv="En sluten kohort följer sin dödlighetstabell.",
        tests=(f"{_VERIFICATION}/test_rates.py::test_a_closed_cohort_reproduces_its_life_table",),
        figure_sv="200 000 personer i 20 år: {cohort_away.most} % från tabellens överlevande, inom 99,9 "
        "%-intervallet.",
    ),
    Check(
        number=8, area=CONSERVATION,
        says_sv="Personer per kommun, exakt varje månad.",
        tests=(
            f"{_VERIFICATION}/test_conservation.py::test_people_by_municipality",
            f"{_VERIFICATION}/test_today.py::test_people_balance_in_every_municipality",
        ),
        commands=("sizes",),
        figure_sv="60 månader i den minsta regionen, utan och med alla strategier; åtta år i länet; av "
        "{sizes.five_counties_people} personer saknas {sizes.five_counties_people_lost}.",
    ),
    Check(
        number=9, area=CONSERVATION,
        says_sv="Begärd vård = given + väntande + hänvisad + avbruten, i varje enhet.",
        tests=(f"{_VERIFICATION}/test_conservation.py::test_requests_are_served_waiting_withdrawn_or_diverted",),
        commands=("sizes",),
        figure_sv="Exakt i varje enhet och månad; av {sizes.five_counties_requests} begärda saknas "
        "{sizes.five_counties_requests_lost}.",
    ),
    Check(
        number=10, area=CONSERVATION,
        says_sv="Minuter: efterfrågade, levererade, lediga och frånvarande går ihop.",
        tests=(
            f"{_VERIFICATION}/test_conservation.py::test_accounts_of_minutes_close_in_every_unit_and_month",
            f"{_VERIFICATION}/test_conservation.py::test_working_time_is_delivered_or_idle",
            "tests/simulator/staff/test_minutes.py",
        ),
        figure_sv="Största avvikelse i någon enhet, yrkesgrupp och månad: {minutes_off.most} av betald tid (minuter "
        "är decimaltal, så avrundning återstår).",
    ),
    Check(
        number=11, area=CONSERVATION,
        says_sv="Mått som går att summera ger samma summa längs varje dimension.",
        tests=(
            f"{_VERIFICATION}/test_conservation.py::test_additive_indicators_sum_equally_over_every_dimension",
            f"{_VERIFICATION}/test_conservation.py::test_beds_and_bed_days_by_ward_make_up_the_hospitals",
            f"{_VERIFICATION}/test_conservation.py::test_emergency_visits_and_their_waits_by_acuity",
            "tests/scenarios/measures/test_figures_by_place.py::test_measures_agree_with_the_indicators_of_the_county",
            f"{_CARE}/test_matrix.py",
        ),
    ),
    Check(
        number=12, area=CONSERVATION,
        says_sv="Inget händer den som är död; inga överlappande vårdtillfällen; tider ändliga och i ordning.",
        tests=(
            f"{_VERIFICATION}/test_conservation.py::test_nothing_begins_for_people_who_are_gone",
            f"{_VERIFICATION}/test_conservation.py::test_nobody_lies_in_two_beds",
            f"{_VERIFICATION}/test_conservation.py::test_events_lie_in_the_run_and_after_their_request",
            f"{_VERIFICATION}/test_conservation.py::test_each_treatment_ends_once_and_admissions_follow_decisions",
        ),
    ),
    Check(
        number=13, area=EXTREMES,
        says_sv="Ingen efterfrågan ger ingen vård.",
        tests=(f"{_VERIFICATION}/test_extremes.py::test_no_demand_no_care",),
    ),
    Check(
        number=14, area=EXTREMES,
        says_sv="Obegränsad kapacitet ger ingen väntan.",
        tests=(
            f"{_VERIFICATION}/test_extremes.py::test_plenty_of_capacity_no_waiting",
            f"{_VERIFICATION}/test_extremes.py::test_with_plenty_in_the_municipality_nobody_waits_for_it",
        ),
    ),
    Check(
        number=15, area=EXTREMES,
        says_sv="Ingen kapacitet: ingen får vård, och alla är redovisade.",
        tests=(
            f"{_VERIFICATION}/test_extremes.py::test_no_capacity_nobody_served_everybody_accounted_for",
            f"{_VERIFICATION}/test_extremes.py::test_when_everybody_is_ill_no_desk_serves",
            f"{_VERIFICATION}/test_extremes.py::test_without_home_help_nobody_is_received_at_home",
        ),
    ),
    Check(
        number=16, area=EXTREMES,
        says_sv="Varje spak i neutralt läge är nuläget, bit för bit.",
        tests=(
            f"{_PROPERTIES}/test_pairing.py::test_each_control_at_neutral_is_todays_course",
            f"{_PROPERTIES}/test_pairing.py::test_each_control_at_neutral_has_todays_value_in_every_month",
            "tests/scenarios/levers/test_levers.py::test_neutral_gives_no_change",
        ),
    ),
    Check(
        number=17, area=EXTREMES,
        says_sv="Varje spak i båda ytterlägena flyttar det väntade måttet åt det väntade hållet.",
        tests=(
            f"{_PROPERTIES}/test_signs.py",
            "tests/scenarios/levers/test_levers.py::test_a_bound_away_from_neutral_moves_the_control",
        ),
        commands=("signs",),
        figure_sv="I hela länet, varje spak ensam: {signs.expected} väntade samband säkert åt det väntade hållet, "
        "{signs.unsure} inte säkra åt något håll, {signs.against} åt det andra.",
    ),
    Check(
        number=18, area=EXTREMES,
        says_sv="Spakarnas ordning spelar ingen roll.",
        tests=(
            f"{_PROPERTIES}/test_pairing.py::test_the_order_of_changes_gives_the_same_values",
            f"{_PROPERTIES}/test_pairing.py::test_the_order_of_changes_gives_the_same_run",
        ),
    ),
    Check(
        number=19, area=EXTREMES,
        says_sv="Befolkningar på 0, 1, 247 000 och 1 000 000.",
        tests=(f"{_VERIFICATION}/test_extremes.py::test_nobody_and_somebody", f"{_VERIFICATION}/test_today.py"),
        commands=("sizes",),
        figure_sv="Till {sizes.until}: 0, 1, 6 000, {sizes.county_people} och {sizes.five_counties_people} personer; "
        "personer och begärd vård går ihop i alla. Den största tog {sizes.five_counties_seconds} s och "
        "{sizes.five_counties_megabytes} MB.",
    ),
    Check(
        number=20, area=REPRODUCIBILITY,
        says_sv="Samma bitar med tre hashfrön och 1, 2 och 4 processer, och för en allmän processor.",
        tests=(
            f"{_VERIFICATION}/test_golden.py::test_other_hashes_and_other_vectors_count_the_same",
            "tests/scenarios/running/test_runner.py::test_results_do_not_depend_on_the_number_of_workers",
        ),
        commands=("reproduction",),
        figure_sv="{reproduction.batches} körningar gav {reproduction.different_batches} resultat. Allmän processor i "
        "numba: {reproduction.generic_all}. Numpy utan breda vektorer (AVX-512): antal {reproduction.plain_counts}, "
        "decimaltal {reproduction.plain_all}.",
        missing_sv="På processorer utan AVX-512 har numpy andra exponentialer och logaritmer: andelar och personal "
        "kan skilja i sista siffran (högst 3 × 10⁻¹⁴ uppmätt). Allt som räknas i hela tal var detsamma, men det är "
        "uppmätt och inte bevisat.",
    ),
    Check(
        number=21, area=REPRODUCIBILITY,
        says_sv="En gyllene kontrollsumma för varje låst miljö, och rimliga tal i varje annan.",
        tests=(
            f"{_VERIFICATION}/test_golden.py::test_a_known_environment_gives_its_golden_bits",
            f"{_VERIFICATION}/test_golden.py::test_the_figures_are_in_their_ranges",
        ),
        figure_sv="{environments.most} kända miljöer.",
    ),
    Check(
        number=22, area=REPRODUCIBILITY,
        says_sv="En person till ändrar bara dem som hen påverkar.",
        tests=(
            f"{_PROPERTIES}/test_pairing.py::test_removing_one_person_changes_nobody_who_shares_no_queue",
            "tests/simulator/people/test_demand.py::test_removing_a_person_leaves_everybody_elses_needs",
        ),
    ),
    Check(
        number=23, area=REPRODUCIBILITY,
        says_sv="Körning med gränskontroller och utan kompilator ger samma bitar.",
        tests=(f"{_VERIFICATION}/test_modes.py",),
        figure_sv="Tolv slumpade system, alla fält i världen lika.",
    ),
    Check(
        number=24, area=REPRODUCIBILITY,
        says_sv="Varje publicerad tabell går att göra om från uppgifterna i sin fil.",
        tests=(
            "tests/scenarios/running/test_provenance.py",
            "tests/scenarios/report/test_origin.py",
            "tests/docs/test_registers.py::test_the_page_is_the_one_that_would_be_made_now",
            "tests/calibration/test_strategy_results.py",
        ),
        commands=("reproduction",),
        figure_sv="Ett resultat gjort om från kommandot i sin egen fil: {reproduction.again}.",
        missing_sv="Ett resultat av en egen strategifil bär strategins kontrollsumma men inte dess text: ändras filen "
        "går tabellen inte att göra om. Kommer med studier.",
    ),
)  # fmt: skip
