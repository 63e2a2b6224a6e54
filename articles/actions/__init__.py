"""What people do to articles and replies: one function for each. Import from the modules."""
