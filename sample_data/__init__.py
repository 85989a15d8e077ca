"""An invented provider, built by code through the same actions that people use."""
