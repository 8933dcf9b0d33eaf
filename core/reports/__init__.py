"""What leaves the record as a file: put together here, set in type, written down, handed out."""
