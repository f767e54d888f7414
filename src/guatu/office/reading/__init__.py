"""The reading review: a notice uploaded, read, looked at field by field, checked off, and only then the plan."""
