"""The same thing from two sources: decisions on who is whom, the rules that make them, and belief under them."""
