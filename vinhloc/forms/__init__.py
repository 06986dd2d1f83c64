"""Forms that departments fill in: office files, read as they stand."""
