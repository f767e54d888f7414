"""Figures that units hand in (报送数): who owes which, the table they fill, and the door it comes back through."""
