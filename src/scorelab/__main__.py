"""``python -m scorelab`` is the command ``scorelab``."""

from scorelab.cli.app import main

if __name__ == "__main__":
    main()
