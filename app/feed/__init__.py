"""The log of events as others read it: in its order, with what they may know, and as soon as something happened."""
