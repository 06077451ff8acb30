"""What stands between HTTP and the use cases."""
