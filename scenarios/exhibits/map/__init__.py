"""The county, its municipalities and health centres, drawn."""
