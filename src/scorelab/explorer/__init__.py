"""The explorer: a scheme is opened, changed and lived in a page of this machine."""
