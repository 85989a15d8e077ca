"""How few people are told of in words only: somebody might be known by a smaller number, or by what it comes to."""

FEWEST_SHOWN = 5
NOT_SHOWN = f"Not shown: fewer than {FEWEST_SHOWN}"
"""In the place of pounds that are of so few."""
