"""Four services. None imports another; they meet only in shared.contracts."""
