"""What is unlikely in a region pack whose every cell is allowed: figures against reference, each other and time."""
