"""`wakeel doctor`: is everything there, and what to do about what is not."""
