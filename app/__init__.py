"""Into Words: a conversation that ends with words a client can say, send or hand to their therapist."""

__version__ = "0.1.0"
