"""From published figures to a pack's derived tables and the start; and the pages and pictures that are generated."""
