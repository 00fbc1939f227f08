"""What is broken on purpose, and counted. Each drill works in a folder of its own, on servers of its own."""
