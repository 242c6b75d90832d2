"""Natural experiments inside the simulator: GPs who leave, and people who have had theirs for long or short."""
