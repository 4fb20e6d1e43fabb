"""One service each: its account, its errors, its steps and triggers. Connectors see `wakeel.sdk` and nothing else."""
