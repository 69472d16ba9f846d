"""How a service lives: settings, logs, database, SQL by name, HTTP problems. Here because all four need the same."""
