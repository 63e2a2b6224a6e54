"""What the catalog's pages ask the database, in a number of queries that does not grow with the rows."""
