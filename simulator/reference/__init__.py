"""The rules told again in plain SimPy, to check the engine against; nothing in the engine knows it."""
