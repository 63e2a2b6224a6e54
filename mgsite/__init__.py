"""Project package. Importing it puts a safe SQLite in place before Django loads one."""

from mgsite import sqlite

sqlite.install()
