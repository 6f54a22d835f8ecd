"""Whether what is published is still true: when somebody should look again, reminders by mail, and their links."""
