"""What `make bench` measures: ours and its baseline in the same run, on this machine, one JSON object a line."""
