"""Who lives there, how ill they are, what they need; knows core and region."""
