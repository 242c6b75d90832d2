"""What happens to a need: how it is routed, where it waits, who sees it, and what comes of it."""
