"""Text in and out: Swedish numbers and words, problems told to people, strict YAML; knows nothing else."""
