"""Studies: one file says what is to be simulated, and a folder keeps every run until all are there."""
