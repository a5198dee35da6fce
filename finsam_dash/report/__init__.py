"""The only place where store meets judgement: stored figures in, one frozen Report out."""
