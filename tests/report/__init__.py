"""Every form in which a report is written."""
