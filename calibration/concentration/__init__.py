"""How care gathers in few people, and whether they are the same next year: measured, and beside what has been read."""
