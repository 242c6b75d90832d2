"""Arrays, records, draws, time and compilation; knows no noun of care."""
