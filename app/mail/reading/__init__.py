"""Reading mail: from raw bytes to what Casey decides on, in a process of its own, which imports only this package."""
