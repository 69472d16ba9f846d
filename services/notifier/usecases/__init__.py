"""What the notifier can do. Asking for a message, making it and handing it over are three acts, with a stored state between."""
