"""What the portal does by itself: gathers and keeps what people asked about their data, and ends what supporters asked."""
