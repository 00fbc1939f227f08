"""Sharing: what a page gives along with its words. A picture of its name, a sheet to print, the same facts for machines."""
