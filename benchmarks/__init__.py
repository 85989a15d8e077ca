"""What Ringfence must be fast at, measured beside its peers in one run: `python -m benchmarks`."""
