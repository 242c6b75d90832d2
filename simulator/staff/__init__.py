"""Who works, and what time that gives; knows core, region, people and care."""
