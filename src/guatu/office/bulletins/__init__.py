"""Bulletins in the pages: made, kept with what they were made of, handed out to those who may see them."""
