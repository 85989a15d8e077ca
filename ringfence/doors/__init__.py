"""Who may come in, and what leaves by an address of its own: the routes beside the app's pages."""
