"""The pages of the law: every limit and method, one in full, what differs between two days."""
