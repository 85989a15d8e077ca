"""Files in: each reader returns what is certain and a list of problems, and loses nothing."""
