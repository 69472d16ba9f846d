"""What every service may rely on: contracts, vocabulary, messaging, runtime. Nothing else, ever."""
