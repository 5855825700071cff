"""The one process that writes to the store of a running service, and how others hand it their work."""
