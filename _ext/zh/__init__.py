"""What every Chinese part of the house needs. Pure."""
