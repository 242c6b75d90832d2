"""The follow-up board, drawn."""
