"""One synthetic person of a run, lived again in all its worlds: chosen fairly, and told."""
