"""A report in the forms in which people and programs read it: Report → str, nothing else."""
