"""What a reader would stumble over in a guide that can be read: one module for each kind of fault."""
