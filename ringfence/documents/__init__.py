"""Files out: statements and invoices as PDF and as HTML, from one record each. Nothing here computes."""
