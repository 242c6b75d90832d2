"""Behind the app: courses simulated once, kept on disk, shared by all who ask, and put together as answers."""
