"""Two witnesses of one number: the level above's figure and the computed one, and what makes them differ."""
