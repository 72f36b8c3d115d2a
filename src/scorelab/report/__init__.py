"""The report: a run told to lay readers, on one page that needs nothing but itself."""
