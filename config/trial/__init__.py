"""The trial: everything on this machine, for whoever wants to try it. Production never comes here."""
