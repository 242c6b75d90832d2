"""From published figures to a pack's derived tables and its start, and all pages and pictures that are generated."""
