"""The style guide: tokens and components as the site really has them, read from its own files."""
