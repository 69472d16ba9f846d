"""Ways into the world. Each says *never* or *not now*; anything else is doubt."""
