"""Many runs: replications, draws, workers, progress, and the results on disk."""
