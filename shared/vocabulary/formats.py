"""How information reaches somebody and in what form: methods, formats, and the Accessible Information Standard's own labels."""
