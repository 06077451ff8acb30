"""Forms: the shape of input only; choices are passed in, rules live in the services."""
