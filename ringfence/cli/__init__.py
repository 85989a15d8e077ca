"""The `ringfence` command: the same actions, by name."""
