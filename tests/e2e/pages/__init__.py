"""What a person can do on each kind of page, in roles and labels."""
