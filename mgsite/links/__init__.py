"""Link care: every address that a public page names is asked for, inside the site always, outside on demand."""
