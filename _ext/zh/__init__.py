"""What every Chinese part of the project needs and none should copy. Pure: imports neither sphinx nor docutils."""
