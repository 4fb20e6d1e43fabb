"""`wakeel up`: everything for one person, from one command."""
