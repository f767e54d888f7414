"""The pages of problems, objects and letters."""
