"""Subject access: the records about a child, with what belongs to other people taken out."""
