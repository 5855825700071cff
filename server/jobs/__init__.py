"""Computations that would freeze the service: each in a process of its own, which can be killed."""
