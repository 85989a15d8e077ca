"""Who owes us: support delivered, its rating, and what is asked of each funder. Pure."""
