"""The demo network: invented people, places and events, seeded by `manage.py seed_demo`."""
