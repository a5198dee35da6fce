"""Numbers and verdicts in, Swedish text out: what a user reads is made here and nowhere else."""
