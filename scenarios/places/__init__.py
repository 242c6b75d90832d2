"""Swedish names and the register of a region's places, and their boundaries."""
