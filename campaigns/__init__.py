"""For whom, about what, by doing what: defenders, cases, the gate, campaigns, actions."""
