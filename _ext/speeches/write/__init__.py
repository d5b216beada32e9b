"""What is filled in when pages are written."""
