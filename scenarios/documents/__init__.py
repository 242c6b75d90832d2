"""From results to a finished document: what it says, described once, and a writer for each form of file."""
