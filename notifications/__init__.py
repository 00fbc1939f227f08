"""Who must hear, and did they: alerts, notices, deliveries, the engine and its channels."""
