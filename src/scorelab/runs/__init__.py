"""Living a run: its folder, its counties on threads, and going on after an interruption.

The package is called ``runs`` because ``scorelab.run`` is a function.
"""
