"""What studies say of an effect, for and against, and how that became a rule of the model; knows text alone."""
