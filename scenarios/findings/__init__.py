"""What results say: comparison, attribution, what binds, the structure matrix, the board."""
