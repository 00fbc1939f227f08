"""The only road from the record to a surface: a row and an audience become a frozen Published… form, or nothing."""
