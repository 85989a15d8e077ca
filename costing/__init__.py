"""What support costs: from a wage to a price, each figure knowing how it was made. Pure: no files, no database."""
