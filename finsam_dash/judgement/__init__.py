"""What may be said: policy (every threshold), verdicts against a target or riket, röjandekontroll."""
