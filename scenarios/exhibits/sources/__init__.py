"""Where figures come from and how they compare with what was observed, as tables."""
