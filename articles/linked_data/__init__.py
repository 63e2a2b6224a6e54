"""Facts for machines about articles and replies, made with `forms_catalog.linked_data` (ADR 12)."""
