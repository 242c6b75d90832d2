"""All about a lever: what it is, what it costs, whom it reaches, what speaks for it, where it stands today."""
