"""What Lectern shows in Slack: pure functions from what the store says to blocks."""
