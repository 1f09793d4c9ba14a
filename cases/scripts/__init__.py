"""What agents say and write in everyday situations, in both languages."""
