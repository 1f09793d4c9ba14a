"""What agents say and write in the situations that come every day, in both languages."""
