"""Means, intervals, pairs, variance: arrays in, arrays out; knows nothing else."""
