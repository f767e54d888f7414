"""The nouns and the arithmetic every other room stands on; knows no other room."""
