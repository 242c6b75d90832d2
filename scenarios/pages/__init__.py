"""The app: what is shown on a screen, and what works behind it so that the screen never waits."""
