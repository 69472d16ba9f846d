"""Forms a message can take. Each renders the same content whole; none adds or leaves out meaning."""
