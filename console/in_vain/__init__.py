"""What parents asked in vain: grouped, made into drafts and names, asked again, settled."""
