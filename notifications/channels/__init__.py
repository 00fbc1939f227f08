"""Ways to reach a person, each behind one contract."""
