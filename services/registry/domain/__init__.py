"""What is true of a PA's profile. No I/O, no clock, no framework."""
