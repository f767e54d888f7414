"""Pictures of all pages, for people to look at."""
