"""From published figures to region tables and parameters: the start population, flows, needs."""
