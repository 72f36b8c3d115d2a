"""Published figures that the model is held to: what each is, how it is read off a run, and what became of it."""
