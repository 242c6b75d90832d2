"""Today's course beside what has been observed: the figures, what each is compared with, and the table."""
