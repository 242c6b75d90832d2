"""One person's two paths, drawn and told."""
