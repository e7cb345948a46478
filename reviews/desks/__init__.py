"""What each role's start page adds to the day: what slips, what changed, what the log tells, what needs upkeep."""
