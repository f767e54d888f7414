"""The page of data coming in: files looked at, confirmed and taken back."""
