"""What is assumed about the places themselves, where figures by municipality rest on it."""

GP_SV = (
    "Hur läkarbristen vid start fördelar sig mellan kommunerna är ett antagande (grad C), till hälften efter en enkät "
    "från 2017."
)
RECEPTION_SV = (
    "Hur många som varje kommun kan ta emot från sjukhus om dagen är ett antagande (grad C), i proportion till "
    "invånarna som är 80 år och äldre."
)
HOUSING_SV = "Antalet platser i särskilt boende i varje kommun är ett antagande (grad C)."
STAFF_SV = "Tjänsternas fördelning mellan kommunerna är ett antagande (grad C), efter invånarnas ålder."
HABITS_SV = (
    "Att rökning och fetma är lika vanliga i alla kommuner är ett antagande (grad C), eftersom inget tal per kommun är "
    "läst; det som skiljer är slump."
)
GREAT_RISK_SV = (
    "Regionen har ännu ingen definition av gruppen. Modellen räknar vuxna med få eller inga vårdkontakter som röker "
    "dagligen eller har fetma; att det är lika vanligt i alla kommuner är ett antagande (grad C)."
)
