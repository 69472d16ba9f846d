"""What is true of people, their plans and those beside them. Pure: no I/O, no clock, no framework."""
