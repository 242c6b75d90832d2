"""What if: levers, strategies, running many scenarios, comparing them, and the command line."""
