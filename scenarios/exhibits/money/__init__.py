"""Cost, bills and what is had for them, drawn."""
