"""A document as a file, one module for each form; each reads the content and nothing else."""
