"""One person's life under two scenarios."""
