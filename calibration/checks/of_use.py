"""Checks 25-45: bad input, batches, the app."""

from __future__ import annotations

from calibration.checks.check import Check

INPUT, BATCH, THE_APP = "Felaktig indata", "Körning", "Appen"
_FAULTS, _LIVE, _RUNNING = "tests/faults", "tests/scenarios/live", "tests/scenarios/running"
_STRATEGIES, _PAGES, _BROWSER = "tests/scenarios/strategies", "tests/scenarios/pages", "tests/browser"

CHECKS_OF_USE = (
    Check(
        number=25, area=INPUT,
        says_sv="60 felaktiga scenariofiler: var och en nekas med plats, värde, tillåtet och närmaste namn, alla fel "
        "på en gång, utan felspårning.",
        tests=(
            f"{_FAULTS}/test_scenario_files.py::test_a_bad_file_is_refused_with_place_value_range_and_nearest_name",
            f"{_FAULTS}/test_scenario_files.py::test_the_command_tells_of_sixty_bad_files_without_a_traceback",
            f"{_FAULTS}/test_scenario_files.py::test_all_problems_come_at_once",
        ),
        figure_sv="{files.most} filer nekade, var och en med sina ord prövade.",
    ),
    Check(
        number=26, area=INPUT,
        says_sv="Slumpade scenarier är giltiga eller ett scenariofel, aldrig något annat.",
        tests=(
            f"{_FAULTS}/test_scenario_files.py::test_anything_at_all_is_valid_or_a_scenario_error",
            "tests/scenarios/text/test_strict_yaml.py::test_any_bytes_are_read_or_refused",
            "tests/scenarios/text/test_strict_yaml.py::test_any_yaml_like_text_is_read_or_refused",
        ),
        figure_sv="100 slumpade innehåll, 100 slumpade filer och 100 slumpade texter vid varje körning av proven, nya "
        "var gång.",
    ),
    Check(
        number=27, area=INPUT,
        says_sv="Felaktiga värden på varje spak.",
        tests=(
            f"{_FAULTS}/test_bad_values.py::test_no_lever_takes_what_is_no_number",
            f"{_FAULTS}/test_bad_values.py::test_no_lever_takes_a_number_beyond_its_bounds",
            f"{_FAULTS}/test_bad_values.py::test_a_slider_refuses_what_a_file_does",
        ),
        figure_sv="{values.sum} felaktiga värden på {values.count} spakar nekade, i fil och på reglage.",
    ),
    Check(
        number=28, area=INPUT,
        says_sv="15 slags skador på varje fil i ett regionpaket: alla upptäcks.",
        tests=(
            f"{_FAULTS}/test_region_pack.py::test_every_kind_of_damage_to_every_table_is_caught",
            f"{_FAULTS}/test_region_pack.py::test_a_broken_pack_is_refused_and_the_message_says_where",
            f"{_FAULTS}/test_pack_mutations.py",
        ),
        figure_sv="16 slags skador på varje tabell: alla upptäckta. Av {slips.most} sannolika felskrivningar i den "
        "minsta regionen nekas eller varnas för {noticed.most} % av dem som spelar roll. Fler frön och regioner: "
        "python -m calibration.pack_mutations.",
    ),
    Check(
        number=29, area=INPUT,
        says_sv="Omöjliga datum.",
        tests=(
            f"{_FAULTS}/test_bad_values.py::test_a_date_that_cannot_be_is_refused_in_its_place",
            "tests/simulator/test_simulation.py::test_a_date_that_cannot_be_reached_is_refused",
        ),
    ),
    Check(
        number=30, area=BATCH,
        says_sv="100 SIGKILL under 200 körningar: inget förlorat eller dubblerat, slutresultatet detsamma.",
        tests=(
            f"{_FAULTS}/test_kills.py",
            f"{_FAULTS}/test_study_kills.py::test_a_study_killed_twenty_times_is_what_it_is_undisturbed",
        ),
        commands=("faults",),
        figure_sv="{faults.kills} arbetsprocesser dödade under {faults.runs} körningar av den minsta regionen: "
        "{faults.lost} förlorade, {faults.doubled} dubblerade, {faults.different} andra än utan avbrott. Skrivande "
        "process dödad {kills_while_writing.most} gånger: alltid ett helt resultat. Hela kommandot dödat "
        "{faults.stops} gånger: {faults.stops_neither} halva resultat.",
        missing_sv="En studie fortsätter där den var; en körning (naravard run) vars huvudprocess dödas görs om från "
        "början.",
    ),
    Check(
        number=31, area=BATCH,
        says_sv="Full eller skrivskyddad disk: felkod, och det gamla resultatet orört.",
        tests=(
            f"{_FAULTS}/test_kills.py::test_a_file_that_may_grow_no_further_leaves_the_old_results",
            f"{_FAULTS}/test_runs.py::test_a_full_disk_is_one_message_and_the_old_results_stand",
            f"{_RUNNING}/test_results.py::test_where_results_cannot_be_is_told_before_anything_is_run",
            "tests/scenarios/text/test_files.py::test_what_was_there_stays_when_writing_fails",
            f"{_FAULTS}/test_study_kills.py::test_a_disk_that_is_full_stops_the_study_and_room_lets_it_go_on",
            f"{_FAULTS}/test_study_kills.py::test_a_file_that_may_grow_no_further_is_the_system_s_own_refusal",
            f"{_FAULTS}/test_study_kills.py::test_a_folder_that_takes_nothing_is_refused_before_anything_is_simulated",
        ),
        commands=("faults",),
        figure_sv="En liten disk i minnet fylld: {faults.full_disk}. Samma disk skrivskyddad: {faults.closed_disk}.",
    ),
    Check(
        number=32, area=BATCH,
        says_sv="Skadade resultat upptäcks av kontrollsumman och räknas om.",
        tests=(
            f"{_RUNNING}/test_results.py::test_damage_is_found_by_the_checksum",
            f"{_FAULTS}/test_runs.py::test_damaged_results_are_told",
            f"{_LIVE}/test_shelf.py::test_a_book_with_any_bit_turned_is_deleted_and_counts_as_not_there",
            f"{_LIVE}/test_service.py::test_a_damaged_book_is_dropped_and_counts_as_missing",
            f"{_LIVE}/test_crew.py::test_what_was_deleted_is_done_again",
            "tests/simulator/test_checkpoint.py::test_a_bit_that_is_turned_is_noticed_or_changes_nothing",
            f"{_FAULTS}/test_study_kills.py::test_runs_that_were_spoiled_are_found_and_done_again",
        ),
        figure_sv="Appens mellanlagrade resultat med vilken bit som helst vänd: alla upptäckta.",
        missing_sv="I en studie görs bara det skadade om; resultatet av en körning (naravard run) nekas med uppmaning "
        "att köra om.",
    ),
    Check(
        number=33, area=BATCH,
        says_sv="En körning som misslyckas: de andra slutförs, felkod 1.",
        tests=(
            f"{_FAULTS}/test_runs.py::test_one_failing_run_is_reported_with_its_place_and_whole_replications_are_kept",
            f"{_RUNNING}/test_runner.py::test_one_failing_run_is_reported_and_the_others_finish",
        ),
    ),
    Check(
        number=34, area=BATCH,
        says_sv="En arbetsprocess som hänger sig eller dödas: ett nytt försök, sedan sägs det.",
        tests=(
            f"{_RUNNING}/test_runner.py::test_a_dead_worker_costs_nobody_else_and_its_replication_is_tried_once_more",
            f"{_RUNNING}/test_runner.py::test_a_worker_that_hangs_is_ended_and_told",
            f"{_LIVE}/test_crew.py::test_a_lost_worker_is_tried_once_more",
            f"{_FAULTS}/test_ending.py",
        ),
    ),
    Check(
        number=35, area=BATCH,
        says_sv="En andra körning till samma mapp nekas.",
        tests=(f"{_RUNNING}/test_batch_lock.py",),
    ),
    Check(
        number=36, area=BATCH,
        says_sv="Att fortsätta efter en ändring av kod eller data nekas, med skillnaden.",
        tests=(
            f"{_RUNNING}/test_runner.py::test_region_data_that_changed_since_the_start_stop_a_replication",
            "tests/simulator/test_checkpoint.py::test_another_region_pack_is_refused",
            "tests/simulator/region/test_region_parameters.py::test_a_checkpoint_does_not_fit_other_parameters",
            f"{_FAULTS}/test_study_kills.py::test_a_change_of_code_data_or_study_is_refused_and_named",
        ),
        figure_sv="En studie nekas med det som skiljer; ändras regionens data under en körning avbryts den.",
    ),
    Check(
        number=37, area=THE_APP,
        says_sv="30 användare med 20 ändringar var på två kärnor: inga fel, 95:e percentilen angiven; lång drift utan "
        "att minnet växer.",
        tests=(f"{_LIVE}/test_crew.py::test_thirty_users_who_move_side_by_side_all_get_their_last_answer",),
        commands=("app",),
        figure_sv="{app.users} användare med {app.moves} ändringar var, {app.answers} svar, {app.errors} fel: första "
        "svaret efter {app.p50} s (median) och {app.p95} s (95:e percentilen), ensam {app.alone_p50} s, vid medellast "
        "{app.load}. Därefter {app.soak_minutes} minuter och {app.soak_answers} svar, {app.soak_errors} fel: appen "
        "{app.soak_app_early} MB och sedan {app.soak_app_late} MB, simulatorerna {app.soak_workers_early} MB och "
        "sedan {app.soak_workers_late} MB.",
        missing_sv="Mätt med färre ändringar än 20 och kortare än tio minuter om det står så; vid medellast över två "
        "delade andra på kärnorna, och tiderna är då för långa. Så korta minuter skiljer inte simulatorernas "
        "uppvärmning (historik som tas i minnet) från minne som växer. Mäts om på en ledig maskin: python "
        "benchmarks/app.py --skip-moves. Användarna frågar tjänsten bakom sidorna, inte var sin webbläsare.",
    ),
    Check(
        number=38, area=THE_APP,
        says_sv="Lika förfrågningar ger en enda beräkning.",
        tests=(
            f"{_LIVE}/test_crew.py::test_what_two_want_is_done_once",
            f"{_LIVE}/test_crew.py::test_what_is_there_is_not_done_again",
        ),
    ),
    Check(
        number=39, area=THE_APP,
        says_sv="Sessioner ser inte varandras utkast.",
        tests=(f"{_PAGES}/test_workshop.py::test_sessions_do_not_see_each_others_drafts",),
    ),
    Check(
        number=40, area=THE_APP,
        says_sv="Varje spak i lägsta, neutralt och högsta läge, och fientliga adresser: aldrig ett rått fel.",
        tests=(
            f"{_PAGES}/test_levers_panel.py::test_every_lever_can_be_put_at_both_bounds_and_back",
            f"{_PAGES}/test_workshop.py::test_a_hostile_link_gives_a_message_and_todays_course",
            f"{_STRATEGIES}/test_link.py",
            f"{_BROWSER}/test_app.py::test_a_hostile_address_gives_a_message_and_no_traceback",
        ),
    ),
    Check(
        number=41, area=THE_APP,
        says_sv="Fientliga scenarionamn (../, NUL, con, radbyte) hittas med nyckel, aldrig som sökväg.",
        tests=(
            f"{_STRATEGIES}/test_saved.py::test_hostile_labels_stay_in_the_folder",
            f"{_STRATEGIES}/test_saved.py::test_a_name_is_never_a_path",
            f"{_LIVE}/test_shelf.py::test_a_path_is_never_made_of_anything_but_a_key_and_a_plain_name",
            f"{_PAGES}/test_workshop.py::test_hostile_names_are_saved_under_harmless_ones",
        ),
    ),
    Check(
        number=42, area=THE_APP,
        says_sv="Uppladdning: bara YAML, högst 256 kB; för stora, förklädda, nästlade och alias-bomber nekas inom en "
        "sekund.",
        tests=(
            f"{_STRATEGIES}/test_upload.py::test_what_is_no_strategy_is_one_swedish_message_and_soon",
            f"{_STRATEGIES}/test_upload.py::test_the_name_of_a_file_is_only_ever_repeated",
        ),
        figure_sv="Den långsammaste nekades efter {refused_after.most} s processortid.",
    ),
    Check(
        number=43, area=THE_APP,
        says_sv="Ingen pickle, yaml.load eller eval.",
        tests=(
            "tests/architecture/test_nothing_is_executed.py",
            "tests/simulator/test_checkpoint.py::test_nothing_in_the_file_is_an_object",
            "tests/simulator/core/test_private_folder.py",
        ),
        figure_sv="{sources.most} källfiler genomsökta. Egna arbetsprocesser talar med varandra i pickle, som ingen "
        "annan kan skriva; numbas kompilerade kärnor läses ur en mapp som bara användaren själv når.",
    ),
    Check(
        number=44, area=THE_APP,
        says_sv="Bakom en inloggande proxy: förfalskade huvuden ger inget; feldetaljer avstängda; HTML i titlar och "
        "formler i exporter oskadliggjorda.",
        tests=(
            "tests/architecture/test_nothing_is_executed.py::test_no_source_makes_code_of_data",
            "tests/scenarios/commands/test_app_command.py",
            "tests/docs/test_proxy_example.py",
            f"{_BROWSER}/test_outsiders.py",
            "tests/scenarios/text/test_cells.py",
            "tests/scenarios/report/test_workbook.py",
            "tests/scenarios/report/test_hostile_texts.py",
            "tests/scenarios/exhibits/test_html_table.py",
            "tests/scenarios/exhibits/test_cards.py",
            "tests/scenarios/text/test_records.py::test_every_cell_and_heading_passes_the_gate",
        ),
        figure_sv="Appen läser inga huvuden om vem någon är: ingen källfil får göra det.",
    ),
    Check(
        number=45, area=THE_APP,
        says_sv="WCAG 2.1 AA med axe i en riktig webbläsare, och tangentbord ensamt.",
        tests=(f"{_BROWSER}/test_app.py", f"{_BROWSER}/test_views.py", f"{_BROWSER}/test_keyboard.py"),
        figure_sv="Inga allvarliga eller kritiska fynd på någon sida eller vy, i två bredder, ljust och mörkt; från "
        "första sidan till ett svar och tillbaka med tangentbordet ensamt, med synligt fokus.",
        missing_sv="axe hittar det som en maskin kan se; ingen med skärmläsare har prövat appen.",
    ),
)  # fmt: skip
